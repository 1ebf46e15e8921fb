package io.attested.sms.identity;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;

/**
 * The digests iExec's clients sign.
 *
 * <p>None of them names a chain, a service or a time; what keeps their replay harmless is state in this server.
 */
public final class IexecDigests {
    private static final byte[] DOMAIN = Keccak256.ofUtf8("IEXEC_SMS_DOMAIN");

    private IexecDigests() {}

    /** Challenge of a dataset key: {@code H(DOMAIN ‖ address ‖ H(value))}. */
    public static Bytes32 datasetKey(Address dataset, byte[] value) {
        return Bytes32.of(Keccak256.of(DOMAIN, dataset.bytes(), Keccak256.of(value)));
    }

    /**
     * Challenge of an account, requester or app secret: {@code H(DOMAIN ‖ address ‖ H(key) ‖ H(value))}.
     *
     * @param key the name exactly as sent; {@code 1} for an app secret
     */
    public static Bytes32 namedSecret(Address holder, String key, byte[] value) {
        return Bytes32.of(Keccak256.of(DOMAIN, holder.bytes(), Keccak256.ofUtf8(key), Keccak256.of(value)));
    }

    /**
     * Authorisation of an execution: {@code H(worker ‖ task ‖ enclaveChallenge)}.
     *
     * @param worker 20 bytes, or none for the request of a challenge
     * @param enclaveChallenge 20 bytes, or none
     */
    public static byte[] authorization(byte[] worker, Bytes32 task, byte[] enclaveChallenge) {
        return Keccak256.of(worker, task.bytes(), enclaveChallenge);
    }

    /** The same for a request that names no task at all. */
    public static byte[] authorizationOfNoTask(byte[] worker, byte[] enclaveChallenge) {
        return Keccak256.of(worker, enclaveChallenge);
    }

    /** What a wallet signs for a 32-byte digest: the EIP-191 personal message over its raw bytes. */
    public static byte[] personalMessage(byte[] digest) {
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + digest.length).getBytes(StandardCharsets.US_ASCII);
        return Keccak256.of(prefix, digest);
    }
}
