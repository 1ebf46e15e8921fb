package io.attested.sms.attestation.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 9180 section 5.1, base mode, on the JDK's HMAC: a second opinion on the library's key schedule. */
final class KeySchedule {
    private static final int KEM_X25519 = 0x0020;
    private static final int KDF_SHA256 = 0x0001;

    private KeySchedule() {}

    static byte[] key(byte[] sharedSecret, byte[] info, int aead, int length) throws GeneralSecurityException {
        return expanded(sharedSecret, info, aead, "key", length);
    }

    static byte[] baseNonce(byte[] sharedSecret, byte[] info, int aead) throws GeneralSecurityException {
        return expanded(sharedSecret, info, aead, "base_nonce", 12);
    }

    private static byte[] expanded(byte[] sharedSecret, byte[] info, int aead, String label, int length)
            throws GeneralSecurityException {
        byte[] empty = new byte[0];
        byte[] context = joined(
                new byte[] {0},
                extract(empty, suite(aead), "psk_id_hash", empty),
                extract(empty, suite(aead), "info_hash", info));
        byte[] secret = extract(sharedSecret, suite(aead), "secret", empty);
        byte[] block = hmac(
                secret,
                joined(new byte[] {0, (byte) length}, ascii("HPKE-v1"), suite(aead), ascii(label), context, new byte[] {
                    1
                }));
        return Arrays.copyOf(block, length);
    }

    private static byte[] extract(byte[] salt, byte[] suite, String label, byte[] input)
            throws GeneralSecurityException {
        return hmac(salt, joined(ascii("HPKE-v1"), suite, ascii(label), input));
    }

    private static byte[] suite(int aead) {
        return joined(ascii("HPKE"), new byte[] {0, KEM_X25519, 0, KDF_SHA256, 0, (byte) aead});
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        // HMAC pads its key with zeros, so an empty salt and one zero byte are the same key.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
