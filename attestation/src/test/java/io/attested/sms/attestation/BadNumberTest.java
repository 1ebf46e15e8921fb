package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.NativeP256;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.simulated.SimulatedCertificate;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that are no points, signatures out of range and huge numbers, in each place, with each provider of P-256. */
class BadNumberTest {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final int QUOTE_SIGNATURE = 432 + 4;
    private static final int QE_REPORT_SIGNATURE = QUOTE_SIGNATURE + 64 + 64 + 384;

    private static final SimulatedCertificate AUTHORITY = INTEL.platformAuthority();
    private static final SimulatedCertificate PCK = AUTHORITY.issue(INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true));

    static Stream<P256> providers() {
        return Stream.of(new BouncyCastleP256(), NativeP256.orPortable());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void signaturesOutOfRangeAreRefusedInEveryPlace(P256 p256) {
        Collateral good = INTEL.collateral();
        byte[] quote = ENCLAVE.quote(REPORT_DATA);
        for (ByteString signature : signaturesOutOfRange(ByteString.copyOf(quote, QUOTE_SIGNATURE, 64))) {
            requireRefused(p256, RejectionReason.QUOTE_SIGNATURE_INVALID, put(quote, QUOTE_SIGNATURE, signature), good);
        }
        for (ByteString signature : signaturesOutOfRange(ByteString.copyOf(quote, QE_REPORT_SIGNATURE, 64))) {
            byte[] changed = put(quote, QE_REPORT_SIGNATURE, signature);
            requireRefused(p256, RejectionReason.QE_REPORT_SIGNATURE_INVALID, changed, good);
        }
        for (ByteString signature : signaturesOutOfRange(good.tcbInfoSignature())) {
            Collateral changed = signed(good, signature, good.qeIdentitySignature());
            requireRefused(p256, RejectionReason.TCB_INFO_SIGNATURE_INVALID, quote, changed);
        }
        for (ByteString signature : signaturesOutOfRange(good.qeIdentitySignature())) {
            Collateral changed = signed(good, good.tcbInfoSignature(), signature);
            requireRefused(p256, RejectionReason.QE_IDENTITY_SIGNATURE_INVALID, quote, changed);
        }
    }

    /** The QE vouches for the key and the PCK CA certifies it: nothing but the key itself is wrong. */
    @ParameterizedTest
    @MethodSource("providers")
    void keysThatAreNoPointsAreRefusedInEveryPlace(P256 p256) {
        for (byte[] point : noPoints()) {
            byte[] attested = ENCLAVE.draft(REPORT_DATA).vouchedPoint(point).sign();
            requireRefused(p256, RejectionReason.QUOTE_SIGNATURE_INVALID, attested, INTEL.collateral());
            byte[] certified = quoteOf(pck(BigInteger.TEN, uncompressed(point)));
            requireRefused(p256, RejectionReason.QE_REPORT_SIGNATURE_INVALID, certified, INTEL.collateral());
            SimulatedCertificate signer = INTEL.root().reissue(INTEL.tcbSigner(), BigInteger.TEN, uncompressed(point));
            Collateral collateral = INTEL.collateralDraft().tcbSigner(signer).sign();
            requireRefused(p256, RejectionReason.TCB_INFO_SIGNATURE_INVALID, ENCLAVE.quote(REPORT_DATA), collateral);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void keysInOtherFormsAreRefused(P256 p256) {
        byte[] good = PCK.key().publicKey();
        for (byte[] point : List.of(
                new byte[0],
                new byte[1],
                new byte[65],
                joined(new byte[] {2}, ByteString.copyOf(good, 0, 32).toByteArray()),
                joined(new byte[] {6}, good),
                joined(new byte[] {4}, good, new byte[1]),
                filled(2000, 4))) {
            byte[] quote = quoteOf(pck(BigInteger.TEN, info(point)));
            requireRefused(p256, RejectionReason.CERT_CHAIN_INVALID, quote, INTEL.collateral());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void certificatesWithSignaturesOutOfRangeAreRefused(P256 p256) {
        SimulatedCertificate pck = pck(BigInteger.TEN, uncompressed(PCK.key().publicKey()));
        BigInteger huge = BigInteger.ONE.shiftLeft(30_000);
        List<BigInteger> numbers = List.of(
                BigInteger.ZERO, BigInteger.ONE.negate(), ORDER, ORDER.add(BigInteger.ONE), huge, huge.negate());
        for (BigInteger r : numbers) {
            for (BigInteger s : numbers) {
                byte[] quote = quoteOf(pck.withSignature(pair(r, s)));
                requireRefused(p256, RejectionReason.CERT_CHAIN_INVALID, quote, INTEL.collateral());
            }
        }
        for (byte[] value : List.of(new byte[0], new byte[] {0x30, 0}, new byte[4000])) {
            requireRefused(
                    p256, RejectionReason.CERT_CHAIN_INVALID, quoteOf(pck.withSignature(value)), INTEL.collateral());
        }
    }

    /** RFC 5280 allows 20 bytes; a longer number does no harm and can be revoked like any other. */
    @ParameterizedTest
    @MethodSource("providers")
    void hugeSerialNumbersAreComparedAsTheyAre(P256 p256) {
        for (BigInteger serial : List.of(
                BigInteger.ZERO,
                BigInteger.ONE.negate(),
                BigInteger.ONE.shiftLeft(20_000),
                BigInteger.ONE.shiftLeft(20_000).negate())) {
            Collateral revoking = INTEL.collateralDraft()
                    .pckCrl(list -> list.revoking(serial))
                    .sign();
            Collateral revokingAnother = INTEL.collateralDraft()
                    .pckCrl(list -> list.revoking(serial.add(BigInteger.ONE)))
                    .sign();
            byte[] quote = quoteOf(pck(serial, uncompressed(PCK.key().publicKey())));
            assertThat(verify(p256, quote, revokingAnother)).isInstanceOf(Verified.class);
            requireRefused(p256, RejectionReason.PCK_REVOKED, quote, revoking);
        }
    }

    private static void requireRefused(P256 p256, RejectionReason reason, byte[] quote, Collateral collateral) {
        assertThat(verify(p256, quote, collateral))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .as(rejected.detail())
                                .isEqualTo(reason));
    }

    private static Verdict verify(P256 p256, byte[] quote, Collateral collateral) {
        return new QuoteVerifier(INTEL.trustRoot(), p256).verify(quote, collateral, NOW);
    }

    /** r and s of a good signature, each replaced by what is no number from 1 to the order less 1. */
    private static List<ByteString> signaturesOutOfRange(ByteString good) {
        List<String> numbers = List.of(
                "00".repeat(32), ORDER.toString(16), ORDER.add(BigInteger.ONE).toString(16), "ff".repeat(32));
        List<ByteString> signatures = new ArrayList<>();
        for (String number : numbers) {
            signatures.add(ByteString.ofHex(number + good.hex().substring(64)));
            signatures.add(ByteString.ofHex(good.hex().substring(0, 64) + number));
            for (String other : numbers) {
                signatures.add(ByteString.ofHex(number + other));
            }
        }
        return signatures;
    }

    private static List<byte[]> noPoints() {
        byte[] offCurve = PCK.key().publicKey();
        offCurve[63] ^= 1;
        byte[] xOnly = PCK.key().publicKey();
        Arrays.fill(xOnly, 32, 64, (byte) 0);
        return List.of(new byte[64], offCurve, xOnly, filled(64, 0xff));
    }

    private static SimulatedCertificate pck(BigInteger serial, SubjectPublicKeyInfo key) {
        return AUTHORITY.reissue(PCK, serial, key);
    }

    private static byte[] quoteOf(SimulatedCertificate pck) {
        return ENCLAVE.draft(REPORT_DATA, pck, AUTHORITY.pem() + INTEL.rootPem())
                .sign();
    }

    private static SubjectPublicKeyInfo uncompressed(byte[] point) {
        return info(joined(new byte[] {4}, point));
    }

    private static SubjectPublicKeyInfo info(byte[] point) {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1), point);
    }

    private static Collateral signed(Collateral good, ByteString tcbInfo, ByteString qeIdentity) {
        return new Collateral(
                good.tcbInfo(),
                tcbInfo,
                good.tcbInfoIssuerChain(),
                good.qeIdentity(),
                qeIdentity,
                good.qeIdentityIssuerChain(),
                good.rootCaCrl(),
                good.pckCrl(),
                good.pckCrlIssuerChain(),
                good.pckCertificateChain());
    }

    private static byte[] put(byte[] quote, int offset, ByteString signature) {
        byte[] changed = quote.clone();
        System.arraycopy(signature.toByteArray(), 0, changed, offset, signature.length());
        return changed;
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(new ASN1Integer(r));
        pair.add(new ASN1Integer(s));
        try {
            return new DERSequence(pair).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
