package io.attested.sms.worker.ethereum;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The curve secp256k1 (SEC 2 section 2.4.1), in BouncyCastle's implementation made for this curve. */
final class Secp256k1 {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    static final ECPoint GENERATOR = CURVE.getG();
    static final BigInteger ORDER = CURVE.getN();
    static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private Secp256k1() {}

    static byte[] scalar(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(Bytes32.LENGTH, value);
    }

    static Optional<ECPoint> pointWithX(BigInteger x, boolean odd) {
        byte[] compressed = new byte[Bytes32.LENGTH + 1];
        compressed[0] = (byte) (odd ? 3 : 2);
        System.arraycopy(scalar(x), 0, compressed, 1, Bytes32.LENGTH);
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
    }

    static EthereumAddress address(ECPoint publicKey) {
        byte[] uncompressed = publicKey.getEncoded(false);
        byte[] hash = Keccak256.of(Arrays.copyOfRange(uncompressed, 1, uncompressed.length))
                .bytes();
        return EthereumAddress.of(Arrays.copyOfRange(hash, 12, hash.length));
    }
}
