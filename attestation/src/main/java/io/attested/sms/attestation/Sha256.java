package io.attested.sms.attestation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) over parts, one after another. */
public final class Sha256 {
    private Sha256() {}

    /** The digest of the parts' concatenation, 32 bytes. */
    public static ByteString of(ByteString... parts) {
        MessageDigest digest = digest();
        for (ByteString part : parts) {
            digest.update(part.toByteArray());
        }
        return ByteString.copyOf(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
