package io.attested.sms.worker.ethereum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A secp256k1 signature of 65 bytes: r (32) ‖ s (32) ‖ v (1), v being 27 or 28.
 *
 * @param hex {@code 0x} and 130 lower-case hex digits
 */
public record EthereumSignature(String hex) {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{130}");
    private static final int SCALAR = 32;

    /** Checks the form, not the numbers inside. Text of unknown origin goes through {@link #parse}. */
    public EthereumSignature {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected 0x and 130 lower-case hex digits");
        }
    }

    /** Reads 130 hex digits of either case, with or without {@code 0x}; anything else is nothing. */
    public static Optional<EthereumSignature> parse(String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        String candidate = "0x" + digits.toLowerCase(Locale.ROOT);
        return FORM.matcher(candidate).matches() ? Optional.of(new EthereumSignature(candidate)) : Optional.empty();
    }

    static EthereumSignature of(BigInteger r, BigInteger s, int recovery) {
        byte[] bytes = new byte[2 * SCALAR + 1];
        System.arraycopy(Secp256k1.scalar(r), 0, bytes, 0, SCALAR);
        System.arraycopy(Secp256k1.scalar(s), 0, bytes, SCALAR, SCALAR);
        bytes[2 * SCALAR] = (byte) (27 + recovery);
        return new EthereumSignature("0x" + HexFormat.of().formatHex(bytes));
    }

    /** The 65 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    /**
     * Who signed {@code digest} (SEC 1 section 4.1.6). Nothing when v is neither 27 nor 28, when r or s is out of range,
     * when s is in the upper half of the group order (EIP-2), or when no public key fits.
     */
    public Optional<EthereumAddress> signerOf(Bytes32 digest) {
        byte[] bytes = bytes();
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, SCALAR));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, SCALAR, 2 * SCALAR));
        int recovery = (bytes[2 * SCALAR] & 0xff) - 27;
        boolean inRange = r.signum() > 0
                && r.compareTo(Secp256k1.ORDER) < 0
                && s.signum() > 0
                && s.compareTo(Secp256k1.HALF_ORDER) <= 0;
        if (!inRange || (recovery != 0 && recovery != 1)) {
            return Optional.empty();
        }
        return Secp256k1.pointWithX(r, recovery == 1)
                .map(point -> publicKey(point, r, s, digest))
                .filter(key -> !key.isInfinity())
                .map(Secp256k1::address);
    }

    private static ECPoint publicKey(ECPoint point, BigInteger r, BigInteger s, Bytes32 digest) {
        BigInteger inverse = r.modInverse(Secp256k1.ORDER);
        BigInteger e = new BigInteger(1, digest.bytes());
        BigInteger onGenerator = e.negate().multiply(inverse).mod(Secp256k1.ORDER);
        BigInteger onPoint = s.multiply(inverse).mod(Secp256k1.ORDER);
        return ECAlgorithms.sumOfTwoMultiplies(Secp256k1.GENERATOR, onGenerator, point, onPoint)
                .normalize();
    }

    @Override
    public String toString() {
        return hex;
    }
}
