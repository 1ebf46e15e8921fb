package io.attested.sms.audit;

import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash chain of the log: {@code hash_n = SHA-256("sms-log/1" ‖ 0 ‖ hash_(n-1) ‖ SHA-256(entry_n))}; before the
 * first entry the hash is 32 zero bytes.
 */
public final class HashChain {
    /** The hash of a log without entries. */
    public static final Bytes32 GENESIS = Bytes32.of(new byte[32]);

    private static final byte[] DOMAIN = "sms-log/1".getBytes(StandardCharsets.US_ASCII);

    private HashChain() {}

    /** The hash after an entry, given its canonical bytes and the hash before. */
    public static Bytes32 next(Bytes32 previous, byte[] entry) {
        MessageDigest digest = sha256();
        byte[] ofEntry = digest.digest(entry);
        digest.update(DOMAIN);
        digest.update((byte) 0);
        digest.update(previous.bytes());
        return Bytes32.of(digest.digest(ofEntry));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
