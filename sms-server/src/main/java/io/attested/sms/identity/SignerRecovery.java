package io.attested.sms.identity;

import io.attested.sms.chain.Address;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Recovers who signed a digest: public-key recovery of SEC 1 section 4.1.6 on secp256k1.
 *
 * <p>Guarantee: the answer is the address of the key that made the signature over exactly this digest. The zero address
 * is never an answer.
 */
public final class SignerRecovery {
    private SignerRecovery() {}

    /**
     * Whether {@code signature} over {@code digest} was made by {@code expected}. The zero address equals nobody.
     *
     * @param digest 32 bytes
     */
    public static boolean isSignedBy(Address expected, byte[] digest, Optional<WalletSignature> signature) {
        return !expected.isZero()
                && signature
                        .flatMap(given -> signer(digest, given))
                        .filter(expected::equals)
                        .isPresent();
    }

    /**
     * The signer, or nothing when no key fits.
     *
     * @param digest 32 bytes
     */
    public static Optional<Address> signer(byte[] digest, WalletSignature signature) {
        BigInteger n = WalletSignature.CURVE.getN();
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + signature.yParity());
        byte[] x = to32Bytes(signature.r());
        System.arraycopy(x, 0, compressed, 1, x.length);
        ECPoint ephemeral;
        try {
            ephemeral = WalletSignature.CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException notOnCurve) {
            return Optional.empty();
        }
        BigInteger inverse = signature.r().modInverse(n);
        BigInteger e = new BigInteger(1, digest);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(
                        WalletSignature.CURVE.getG(),
                        inverse.multiply(n.subtract(e.mod(n))).mod(n),
                        ephemeral,
                        inverse.multiply(signature.s()).mod(n))
                .normalize();
        return key.isInfinity() ? Optional.empty() : Optional.of(addressOf(key)).filter(found -> !found.isZero());
    }

    private static Address addressOf(ECPoint key) {
        byte[] uncompressed = key.getEncoded(false);
        byte[] hash = Keccak256.of(Arrays.copyOfRange(uncompressed, 1, 65));
        return Address.of(Arrays.copyOfRange(hash, 12, 32));
    }

    private static byte[] to32Bytes(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(signed.length, 32);
        System.arraycopy(signed, signed.length - length, bytes, 32 - length, length);
        return bytes;
    }
}
