package io.attested.sms.contracts;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The members of {@code viewDeal} that the service reads.
 *
 * @param app application
 * @param dataset dataset, the zero address for none
 * @param workerpool workerpool
 * @param trust required trust
 * @param category category id
 * @param tag 32 bytes
 * @param requester address
 * @param beneficiary address
 * @param callback address, zero for none
 * @param params the requester's text
 * @param startTime Unix seconds
 * @param botFirst index of the first task
 * @param botSize number of tasks
 * @param sponsor who pays, the requester unless sponsored; empty on hubs whose deals have no such member
 */
public record DealView(
        AssetView app,
        AssetView dataset,
        AssetView workerpool,
        BigInteger trust,
        BigInteger category,
        byte[] tag,
        String requester,
        String beneficiary,
        String callback,
        String params,
        BigInteger startTime,
        BigInteger botFirst,
        BigInteger botSize,
        Optional<String> sponsor) {}
