package io.attested.sms.release;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.identity.Ask;
import io.attested.sms.identity.SentSignature;
import java.util.Optional;

/**
 * A request for a challenge: the workerpool's authorisation and the worker's ask.
 *
 * @param deal where the authorisation says that the task belongs; nobody signs it
 * @param poolSignature absent when what was sent is no signature at all
 * @param askSignature likewise
 */
public record AskRequest(
        Bytes32 chainTaskId,
        Address worker,
        Address enclaveChallenge,
        Optional<DealClaim> deal,
        Optional<SentSignature> poolSignature,
        Ask ask,
        Optional<SentSignature> askSignature) {}
