package io.attested.sms.identity;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A worker's typed request for a challenge, native protocol section 2.
 *
 * <p>Unlike iExec's authorisation it has a time, an audience and a chain.
 *
 * @param stage the stage whose secrets are wanted
 * @param deadline after this instant the request means nothing; whole seconds
 */
public record Ask(Bytes32 chainTaskId, String stage, Address worker, Address enclaveChallenge, Instant deadline) {
    private static final byte[] TYPE_HASH = Keccak256.ofUtf8(
            "Ask(bytes32 chainTaskId,string stage,address worker,address enclaveChallenge,uint256 deadline)");

    /** The EIP-712 digest the worker's wallet signs; 32 bytes. */
    public byte[] digest(IntentDomain domain) {
        byte[] struct = Keccak256.of(
                TYPE_HASH,
                chainTaskId.bytes(),
                Keccak256.ofUtf8(stage),
                IntentDomain.word(worker),
                IntentDomain.word(enclaveChallenge),
                IntentDomain.word(BigInteger.valueOf(deadline.getEpochSecond())));
        return domain.digest(struct);
    }
}
