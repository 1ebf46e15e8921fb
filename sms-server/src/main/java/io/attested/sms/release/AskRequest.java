package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.WalletSignature;
import java.util.Optional;

/**
 * A request for a challenge: the workerpool's authorisation and the worker's ask.
 *
 * @param poolSignature absent when what was sent is no signature at all
 * @param askSignature likewise
 */
public record AskRequest(
        Bytes32 chainTaskId,
        Address worker,
        Address enclaveChallenge,
        Optional<WalletSignature> poolSignature,
        Ask ask,
        Optional<WalletSignature> askSignature) {}
