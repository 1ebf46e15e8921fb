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
            part.update(digest);
        }
        return ByteString.copyOf(digest.digest());
    }

    /** The digest of the parts, each after its length as four big-endian bytes, so that no part can run into the next. */
    public static ByteString ofFramed(ByteString... parts) {
        MessageDigest digest = digest();
        for (ByteString part : parts) {
            int length = part.length();
            digest.update((byte) (length >>> 24));
            digest.update((byte) (length >>> 16));
            digest.update((byte) (length >>> 8));
            digest.update((byte) length);
            part.update(digest);
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
