package io.attested.sms.attestation.ratls;

import static io.attested.sms.attestation.ratls.RaTlsFixtures.ENCLAVE;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.KEY;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.RATLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.simulated.SimulatedRaTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger chooses key and signature of an RA-TLS certificate: numbers that are none are refused, whatever they cost. */
class BadKeyTest {
    private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(60_000).subtract(BigInteger.ONE);
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    record Key(String name, SubjectPublicKeyInfo info, ASN1ObjectIdentifier algorithm) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Key> keys() {
        return Stream.concat(points(), moduli());
    }

    private static Stream<Key> points() {
        record Curve(ASN1ObjectIdentifier id, int octets) {}
        return Stream.of(
                        new Curve(SECObjectIdentifiers.secp256r1, 32),
                        new Curve(SECObjectIdentifiers.secp384r1, 48),
                        new Curve(SECObjectIdentifiers.secp521r1, 66),
                        new Curve(SECObjectIdentifiers.secp256k1, 32),
                        new Curve(new ASN1ObjectIdentifier("1.2.3.4"), 32))
                .flatMap(curve -> Stream.of(
                                point(4, 2 * curve.octets, 0),
                                point(4, 2 * curve.octets, 1),
                                point(4, 2 * curve.octets, 0xff),
                                point(2, curve.octets, 0),
                                point(2, curve.octets, 0xff),
                                point(0, 0, 0),
                                point(4, 0, 0),
                                point(4, 20_000, 7),
                                new byte[0])
                        .map(point -> elliptic(curve.id, point)));
    }

    private static Stream<Key> moduli() {
        BigInteger good = BigInteger.ONE.shiftLeft(2047).setBit(0);
        List<BigInteger> moduli = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.ONE.negate(),
                good.negate(),
                good.clearBit(0),
                HUGE,
                BigInteger.ONE.shiftLeft(20_000));
        List<BigInteger> exponents = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.valueOf(-3),
                BigInteger.ONE.shiftLeft(64),
                good.subtract(BigInteger.TWO),
                HUGE);
        return Stream.concat(
                moduli.stream().map(modulus -> rsa(modulus, BigInteger.valueOf(65537))),
                exponents.stream().map(exponent -> rsa(good, exponent)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysThatAreNoneAreRefused(Key key) {
        for (byte[] signature : List.of(
                pair(BigInteger.ZERO, BigInteger.ZERO),
                pair(BigInteger.ONE, BigInteger.ONE),
                new byte[256],
                new byte[0])) {
            SimulatedRaTls ratls =
                    new SimulatedRaTls(ENCLAVE, key.info, () -> new FixedSignature(key.algorithm, signature));
            requireRefused(ratls.gramine());
            requireRefused(ratls.gramineLegacy());
            requireRefused(ratls.intelLegacy());
        }
    }

    @Test
    void signatureValuesOutOfRangeAreRefused() {
        List<BigInteger> numbers = List.of(
                BigInteger.ZERO, BigInteger.ONE.negate(), ORDER, ORDER.add(BigInteger.ONE), HUGE, HUGE.negate());
        for (BigInteger r : numbers) {
            for (BigInteger s : numbers) {
                requireRefused(signed(pair(r, s)));
            }
        }
        for (byte[] value :
                List.of(new byte[0], new byte[] {0x30, 0}, new byte[] {0x30, -128, 0, 0}, new byte[40_000])) {
            requireRefused(signed(value));
        }
    }

    private static byte[] signed(byte[] signature) {
        return new SimulatedRaTls(
                        ENCLAVE,
                        SimulatedRaTls.of(ENCLAVE, KEY).key(),
                        () -> new FixedSignature(X9ObjectIdentifiers.ecdsa_with_SHA256, signature))
                .certificate(Map.of(SimulatedRaTls.GRAMINE_LEGACY, RATLS.quoteOver(RATLS.keyDer())));
    }

    private static void requireRefused(byte[] certificate) {
        assertThat(RaTlsCertificate.read(certificate)).isInstanceOf(RaTlsReading.Refused.class);
    }

    private static byte[] point(int form, int length, int value) {
        byte[] point = new byte[1 + length];
        Arrays.fill(point, (byte) value);
        point[0] = (byte) form;
        return point;
    }

    private static Key elliptic(ASN1ObjectIdentifier curve, byte[] point) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        String name = point.length == 0 ? "nothing" : point.length + " bytes of " + point[point.length - 1];
        return new Key(
                name + " on " + curve,
                new SubjectPublicKeyInfo(algorithm, point),
                X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    private static Key rsa(BigInteger modulus, BigInteger exponent) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new Key(
                "RSA " + modulus.signum() * modulus.bitLength() + ", " + exponent.signum() * exponent.bitLength(),
                new SubjectPublicKeyInfo(algorithm, pair(modulus, exponent)),
                PKCSObjectIdentifiers.sha256WithRSAEncryption);
    }

    private static byte[] pair(BigInteger first, BigInteger second) {
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(new ASN1Integer(first));
        pair.add(new ASN1Integer(second));
        try {
            return new DERSequence(pair).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs everything with the same bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record FixedSignature(ASN1ObjectIdentifier algorithm, byte[] value) implements ContentSigner {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm.equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                    ? new AlgorithmIdentifier(algorithm)
                    : new AlgorithmIdentifier(algorithm, DERNull.INSTANCE);
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }

        @Override
        public byte[] getSignature() {
            return value.clone();
        }
    }
}
