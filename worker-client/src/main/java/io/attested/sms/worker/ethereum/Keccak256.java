package io.attested.sms.worker.ethereum;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 with the original padding, as Ethereum uses it (not SHA3-256 of FIPS 202). */
public final class Keccak256 {
    private Keccak256() {}

    /** The hash of the parts one after the other. */
    public static Bytes32 of(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[Bytes32.LENGTH];
        digest.doFinal(hash, 0);
        return Bytes32.of(hash);
    }

    /** The hash of the UTF-8 bytes of {@code text}. */
    public static Bytes32 ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
