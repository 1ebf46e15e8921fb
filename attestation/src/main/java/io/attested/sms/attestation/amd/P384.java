package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** ECDSA verification on P-384 with SHA-384 (FIPS 186-5). */
final class P384 {
    /** Length of an uncompressed point. */
    static final int POINT_LENGTH = 97;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp384r1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private P384() {}

    /**
     * Whether the signature holds; false for numbers out of range and keys off the curve.
     *
     * @param point uncompressed point
     * @param r little-endian number of any length
     * @param s little-endian number of any length
     */
    static boolean verifies(ByteString point, ByteString message, ByteString r, ByteString s) {
        try {
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(point.toByteArray()), DOMAIN));
            return verifier.verifySignature(sha384(message), number(r), number(s));
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
    }

    private static BigInteger number(ByteString littleEndian) {
        byte[] bytes = new byte[littleEndian.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) littleEndian.unsigned(i);
        }
        return new BigInteger(1, bytes);
    }

    private static byte[] sha384(ByteString message) {
        try {
            return MessageDigest.getInstance("SHA-384").digest(message.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every supported Java platform has SHA-384", e);
        }
    }
}
