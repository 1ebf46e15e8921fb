package io.attested.sms.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * A key's recoverable secp256k1 signature, exactly 65 bytes {@code r ‖ s ‖ v} with v 27 or 28, in canonical form.
 *
 * <p>A high s is replaced by its low twin (EIP-2), so two spellings of one signature become one value. Shorter, longer or
 * otherwise malformed input is no signature of a key.
 *
 * @param r in [1, n-1]
 * @param s in [1, n/2]
 * @param yParity 0 or 1: parity of the y coordinate of the ephemeral point
 */
public record WalletSignature(BigInteger r, BigInteger s, int yParity) {
    static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private static final int LENGTH = 65;

    /** Reads hex digits, with or without {@code 0x}; nothing when they are not a well-formed signature. */
    public static Optional<WalletSignature> parse(String hex) {
        return SentSignature.parse(hex).flatMap(SentSignature::ofKey);
    }

    /** The signature these bytes are, if they are one. */
    static Optional<WalletSignature> of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        int v = bytes[64] & 0xff;
        BigInteger n = CURVE.getN();
        if ((v != 27 && v != 28) || !inRange(r, n) || !inRange(s, n)) {
            return Optional.empty();
        }
        boolean high = s.compareTo(n.shiftRight(1)) > 0;
        return Optional.of(new WalletSignature(r, high ? n.subtract(s) : s, high ? 28 - v : v - 27));
    }

    private static boolean inRange(BigInteger value, BigInteger n) {
        return value.signum() > 0 && value.compareTo(n) < 0;
    }
}
