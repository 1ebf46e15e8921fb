package io.attested.sms.identity;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256, the hash of Ethereum (not the padded SHA3-256 of FIPS 202). */
public final class Keccak256 {
    private Keccak256() {}

    /** Hashes the concatenation of {@code parts}; 32 bytes. */
    public static byte[] of(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** Hashes the UTF-8 bytes of {@code text}; 32 bytes. */
    public static byte[] ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
