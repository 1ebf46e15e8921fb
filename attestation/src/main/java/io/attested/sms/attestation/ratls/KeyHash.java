package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.ByteString;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A hash of a public key, CBOR [algorithm, hash].
 *
 * @param algorithm Java's name
 * @param value the hash
 */
record KeyHash(String algorithm, ByteString value) {
    /** IANA's named information hash algorithms (RFC 6920) of full length; the hash is of this many bytes. */
    static KeyHash read(ByteString content) throws IOException {
        CborReader in = new CborReader(content);
        in.array(2);
        int id = in.number();
        ByteString value = in.bytes();
        in.requireEnd();
        String algorithm = switch (id) {
            case 1 -> "SHA-256";
            case 7 -> "SHA-384";
            case 8 -> "SHA-512";
            default -> throw new IOException("hash algorithm is " + id + ", expected 1, 7 or 8");
        };
        return new KeyHash(algorithm, value);
    }

    /** Whether this is the hash of {@code keyInfo}. */
    boolean isOf(ByteString keyInfo) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(keyInfo.toByteArray());
            return value.equals(ByteString.copyOf(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every supported Java platform has " + algorithm, e);
        }
    }
}
