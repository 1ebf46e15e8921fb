package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.REPORT_SIGNATURE_INVALID;
import static io.attested.sms.attestation.amd.SnpFixtures.AMD;
import static io.attested.sms.attestation.amd.SnpFixtures.AT;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;
import static io.attested.sms.attestation.amd.SnpFixtures.VERIFIER;
import static io.attested.sms.attestation.amd.SnpFixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.simulated.AmdCertificateTerms;
import io.attested.sms.attestation.simulated.SimulatedAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** Keys that are no keys and signatures out of range, where AMD's own issuers signed everything else. */
class BadSnpNumberTest {
    private static final BigInteger ORDER = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);
    private static final byte[] REPORT = GUEST.report(REPORT_DATA);

    @Test
    void reportSignaturesOutOfRangeAreRefused() {
        List<BigInteger> numbers =
                List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(384), all(72));
        for (BigInteger number : numbers) {
            requireRefused(REPORT_SIGNATURE_INVALID, with(REPORT, SnpReport.SIGNED_LENGTH, number), COLLATERAL);
            requireRefused(REPORT_SIGNATURE_INVALID, with(REPORT, SnpReport.SIGNED_LENGTH + 72, number), COLLATERAL);
            for (BigInteger other : numbers) {
                byte[] both = with(with(REPORT, SnpReport.SIGNED_LENGTH, number), SnpReport.SIGNED_LENGTH + 72, other);
                requireRefused(REPORT_SIGNATURE_INVALID, both, COLLATERAL);
            }
        }
    }

    @Test
    void signersKeysThatAreNoPointsAreRefused() {
        byte[] offCurve =
                AMD.signerTerms(SigningKey.VCEK).key().getPublicKeyData().getBytes();
        offCurve[96] ^= 1;
        byte[] zero = new byte[97];
        zero[0] = 4;
        byte[] beyond = filled(97, 0xff);
        beyond[0] = 4;
        for (byte[] point : List.of(offCurve, zero, beyond)) {
            requireRefused(REPORT_SIGNATURE_INVALID, REPORT, signedFor(point));
        }
        byte[] compressed = Arrays.copyOf(offCurve, 49);
        compressed[0] = 2;
        for (byte[] point : List.of(compressed, new byte[1], new byte[0], new byte[97], filled(4000, 4))) {
            requireRefused(CERT_CHAIN_INVALID, REPORT, signedFor(point));
        }
    }

    /** The root signs an issuer with such a key; the issuer's signature on the signer cannot hold under it. */
    @Test
    void issuersKeysThatAreNoneAreRefused() {
        BigInteger good = BigInteger.ONE.shiftLeft(4095).setBit(0);
        BigInteger usual = BigInteger.valueOf(65537);
        for (BigInteger modulus : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                good.negate(),
                good.clearBit(0),
                BigInteger.ONE.shiftLeft(4096),
                BigInteger.ONE.shiftLeft(30_000))) {
            requireRefused(CERT_CHAIN_INVALID, REPORT, issuedUnder(modulus, usual));
        }
        for (BigInteger exponent : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.valueOf(-3),
                BigInteger.ONE.shiftLeft(65),
                good.subtract(BigInteger.TWO),
                BigInteger.ONE.shiftLeft(30_000))) {
            requireRefused(CERT_CHAIN_INVALID, REPORT, issuedUnder(good, exponent));
        }
    }

    @Test
    void hugeSerialNumbersCanBeRevoked() {
        AmdCertificateTerms vcek = AMD.signerTerms(SigningKey.VCEK);
        BigInteger serial = BigInteger.ONE.shiftLeft(30_000);
        AmdCertificateTerms terms = new AmdCertificateTerms(
                vcek.commonName(),
                vcek.key(),
                serial,
                vcek.notBefore(),
                vcek.notAfter(),
                vcek.authority(),
                vcek.usage(),
                vcek.vendorExtensions());
        SnpCollateral collateral = new SnpCollateral(
                AMD.authority(SigningKey.VCEK).issue(terms),
                COLLATERAL.chainPem(),
                Optional.of(AMD.listTerms().revoking(serial).sign()));
        requireRefused(RejectionReason.REPORT_SIGNER_REVOKED, REPORT, collateral);
    }

    private static void requireRefused(RejectionReason reason, byte[] report, SnpCollateral collateral) {
        assertThat(VERIFIER.verify(report, collateral, AT))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .as(rejected.detail())
                                .isEqualTo(reason));
    }

    private static SnpCollateral signedFor(byte[] point) {
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1);
        AmdCertificateTerms terms = AMD.signerTerms(SigningKey.VCEK).keyed(new SubjectPublicKeyInfo(algorithm, point));
        return new SnpCollateral(
                AMD.authority(SigningKey.VCEK).issue(terms), COLLATERAL.chainPem(), COLLATERAL.revocationList());
    }

    private static SnpCollateral issuedUnder(BigInteger modulus, BigInteger exponent) {
        SimulatedAuthority usual = AMD.authority(SigningKey.VCEK);
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        try {
            SubjectPublicKeyInfo info = new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(modulus, exponent));
            SimulatedAuthority odd = AMD.root()
                    .issueAuthority(AMD.authorityTerms(SigningKey.VCEK).keyed(info), usual.key());
            return new SnpCollateral(COLLATERAL.signer(), odd.pem() + AMD.root().pem(), COLLATERAL.revocationList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The report with this number at {@code offset}, 72 bytes, little-endian. */
    private static byte[] with(byte[] report, int offset, BigInteger number) {
        byte[] changed = report.clone();
        for (int i = 0; i < 72; i++) {
            changed[offset + i] = number.shiftRight(8 * i).byteValue();
        }
        return changed;
    }

    private static BigInteger all(int octets) {
        return BigInteger.ONE.shiftLeft(8 * octets).subtract(BigInteger.ONE);
    }
}
