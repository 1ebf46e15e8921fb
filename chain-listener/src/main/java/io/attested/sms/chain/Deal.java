package io.attested.sms.chain;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * A deal as the hub's {@code viewDeal} gives it. A deal never changes once matched.
 *
 * @param id deal id
 * @param app the application
 * @param dataset the dataset, empty when the deal names none (zero address)
 * @param workerpool the workerpool; its owner at match signs the authorisations
 * @param tag 256 bits, the lowest nibble names the TEE: 3 SCONE, 5 Gramine, 9 TDX
 * @param requester who pays
 * @param beneficiary whose key encrypts the result
 * @param callback contract called with the result, or zero
 * @param params the requester's text, by convention JSON; any content
 * @param startTime instant of the match, whole seconds
 * @param botFirst index of the first task
 * @param botSize number of tasks
 * @param category category id
 * @param trust required trust
 */
public record Deal(
        Bytes32 id,
        Asset app,
        Optional<Asset> dataset,
        Asset workerpool,
        Bytes32 tag,
        Address requester,
        Address beneficiary,
        Address callback,
        String params,
        Instant startTime,
        long botFirst,
        long botSize,
        long category,
        BigInteger trust) {}
