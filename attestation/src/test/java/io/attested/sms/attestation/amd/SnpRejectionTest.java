package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.*;
import static io.attested.sms.attestation.amd.SnpFixtures.AMD;
import static io.attested.sms.attestation.amd.SnpFixtures.AT;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.NOW;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;
import static io.attested.sms.attestation.amd.SnpFixtures.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.simulated.AmdCertificateTerms;
import io.attested.sms.attestation.simulated.AmdCrlTerms;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedAuthority;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import io.attested.sms.attestation.simulated.SimulatedP384Key;
import io.attested.sms.attestation.simulated.SimulatedRsaKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each report or collateral here differs from an accepted one in the one thing that its name says. */
class SnpRejectionTest {
    private static final Instant PAST = NOW.minusSeconds(60);
    private static final Instant FUTURE = NOW.plusSeconds(60);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
    private static final Instant FAR = NOW.plus(Duration.ofDays(60));
    private static final SimulatedAmd FOREIGN = SimulatedAmd.foreign(NOW, AmdProduct.MILAN);
    private static final SimulatedAuthority ASK = AMD.authority(SigningKey.VCEK);
    private static final SimulatedAuthority ASVK = AMD.authority(SigningKey.VLEK);
    private static final SimulatedRsaKey OTHER = SimulatedRsaKey.named("other-ask");
    private static final AmdCertificateTerms VCEK = AMD.signerTerms(SigningKey.VCEK);
    private static final AmdCertificateTerms VLEK = AMD.signerTerms(SigningKey.VLEK);
    private static final SnpCollateral OF_PROVIDER = AMD.collateral(SigningKey.VLEK);
    private static final byte[] ONE = {2, 1, 1};

    @SuppressWarnings("ArrayRecordComponent")
    record Case(String name, RejectionReason reason, byte[] report, SnpCollateral collateral) {
        @Override
        public String toString() {
            return name + " -> " + reason;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDifferenceIsRefusedWithItsReason(Case one) {
        assertThat(VERIFIER.verify(one.report, one.collateral, AT)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(one.reason);
            assertThat(rejected.detail()).isNotBlank();
        });
    }

    static Stream<Case> cases() {
        return Stream.of(layout(), reserved(), chain(), issuers(), signers(), dates(), lists(), extensions(), binding())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> layout() {
        byte[] report = GUEST.report(REPORT_DATA);
        return Stream.of(
                sent("empty", MALFORMED_QUOTE, new byte[0]),
                sent("a byte short", MALFORMED_QUOTE, Arrays.copyOf(report, report.length - 1)),
                sent("a byte more", MALFORMED_QUOTE, Arrays.copyOf(report, report.length + 1)),
                changed("version 0", UNSUPPORTED_QUOTE_VERSION, r -> r[0] = 0),
                changed("version 1", UNSUPPORTED_QUOTE_VERSION, r -> r[0] = 1),
                changed("version 6", UNSUPPORTED_QUOTE_VERSION, r -> r[0] = 6),
                changed("version 3 plus 2^24", UNSUPPORTED_QUOTE_VERSION, r -> r[3] = 1),
                changed("algorithm 0", UNSUPPORTED_KEY_TYPE, r -> r[0x34] = 0),
                changed("algorithm 2", UNSUPPORTED_KEY_TYPE, r -> r[0x34] = 2),
                changed("signing key 2", UNSUPPORTED_KEY_TYPE, r -> r[0x48] = 2 << 2),
                changed("not signed", UNSUPPORTED_KEY_TYPE, r -> r[0x48] = 7 << 2),
                changed("policy bit 17 clear", MALFORMED_QUOTE, r -> r[0x0a] &= ~2),
                changed("VMPL 4", MALFORMED_QUOTE, r -> r[0x30] = 4),
                changed("asked for by the host", MALFORMED_QUOTE, r -> Arrays.fill(r, 0x30, 0x34, (byte) 0xff)));
    }

    private static Stream<Case> reserved() {
        byte[] signatureEnd = GUEST.report(REPORT_DATA);
        signatureEnd[SnpReport.LENGTH - 1] = 1;
        byte[] longNumber = GUEST.report(REPORT_DATA);
        longNumber[SnpReport.SIGNED_LENGTH + 48] = 1;
        return Stream.of(
                changed("key flag bit 5", MALFORMED_QUOTE, r -> r[0x48] |= 1 << 5),
                changed("after the key flags", MALFORMED_QUOTE, r -> r[0x4f] = 1),
                changed("processor family in version 2", MALFORMED_QUOTE, r -> r[0] = 2),
                changed("after the processor family", MALFORMED_QUOTE, r -> r[0x18b] = 1),
                changed("before CHIP_ID", MALFORMED_QUOTE, r -> r[0x19f] = 1),
                changed("after the current version", MALFORMED_QUOTE, r -> r[0x1eb] = 1),
                changed("after the committed version", MALFORMED_QUOTE, r -> r[0x1ef] = 1),
                changed("mitigations in version 3", MALFORMED_QUOTE, r -> r[0x1f8] = 1),
                changed("after the mitigations", MALFORMED_QUOTE, r -> {
                    r[0] = 5;
                    r[0x208] = 1;
                }),
                changed("last signed byte", MALFORMED_QUOTE, r -> r[0x29f] = 1),
                sent("last byte of the signature", MALFORMED_QUOTE, signatureEnd),
                sent("r beyond 48 bytes", REPORT_SIGNATURE_INVALID, longNumber));
    }

    private static Stream<Case> chain() {
        String root = AMD.root().pem();
        String thrice = ASK.pem() + ASVK.pem() + root;
        return Stream.of(
                collateral("foreign AMD", CERT_CHAIN_UNTRUSTED, FOREIGN.collateral(SigningKey.VCEK)),
                chain(
                        "foreign root",
                        CERT_CHAIN_UNTRUSTED,
                        ASK.pem() + FOREIGN.root().pem()),
                chain("no root", CERT_CHAIN_UNTRUSTED, ASK.pem()),
                chain("no issuer", CERT_CHAIN_INVALID, root),
                chain("issuer of the other kind", CERT_CHAIN_INVALID, ASVK.pem() + root),
                chain("issuer twice", CERT_CHAIN_INVALID, ASK.pem() + ASK.pem() + root),
                chain("root twice", CERT_CHAIN_INVALID, ASK.pem() + root + root),
                chain("four certificates", CERT_CHAIN_INVALID, thrice + ASVK.pem()),
                chain("no PEM", CERT_CHAIN_INVALID, ""),
                chain("text before", CERT_CHAIN_INVALID, "x" + thrice),
                chain("space inside", CERT_CHAIN_INVALID, thrice.replaceFirst("A", "A ")),
                collateral("signer is no DER", CERT_CHAIN_INVALID, signer(ByteString.copyOf(ONE))),
                collateral("signer is empty", CERT_CHAIN_INVALID, signer(ByteString.copyOf(new byte[0]))),
                collateral("signer is 9 KiB", CERT_CHAIN_INVALID, signer(ByteString.copyOf(new byte[9 * 1024]))));
    }

    private static Stream<Case> issuers() {
        AmdCertificateTerms terms = AMD.authorityTerms(SigningKey.VCEK);
        return Stream.of(
                issuer("issuer of another name", CERT_CHAIN_UNTRUSTED, terms.named("SEV-Genoa"), ASK.key()),
                issuer("issuer is no authority", CERT_CHAIN_INVALID, terms.authority(false), ASK.key()),
                issuer("issuer may not certify", CERT_CHAIN_INVALID, terms.using(KeyUsage.cRLSign), ASK.key()),
                issuer("issuer expired", CERT_EXPIRED, terms.valid(LONG_AGO, PAST), ASK.key()),
                issuer("issuer not yet valid", CERT_NOT_YET_VALID, terms.valid(FUTURE, FAR), ASK.key()),
                issuer(
                        "issuer's key is no RSA key",
                        CERT_CHAIN_INVALID,
                        terms.keyed(AMD.signerTerms(SigningKey.VCEK).key()),
                        ASK.key()),
                chain(
                        "issuer of the same name by a foreign root",
                        CERT_CHAIN_INVALID,
                        FOREIGN.authority(SigningKey.VCEK).pem() + AMD.root().pem()));
    }

    private static Stream<Case> signers() {
        ByteString good = COLLATERAL.signer();
        byte[] flipped = good.toByteArray();
        flipped[flipped.length - 1] ^= 1;
        return Stream.of(
                collateral("signer's signature flipped", CERT_CHAIN_INVALID, signer(ByteString.copyOf(flipped))),
                collateral("signer forged", CERT_CHAIN_INVALID, signer(ASK.issueForged(VCEK, OTHER))),
                collateral("signed with SHA-256", CERT_CHAIN_INVALID, signer(ASK.issueWeakly(VCEK))),
                signer("signer of another name", CERT_CHAIN_UNTRUSTED, VCEK.named("SEV-VCEK2")),
                signer("signer is an authority", CERT_CHAIN_INVALID, VCEK.authority(true)),
                signer("signer may not sign", CERT_CHAIN_INVALID, VCEK.using(KeyUsage.keyCertSign)),
                signer(
                        "signer has an RSA key",
                        CERT_CHAIN_INVALID,
                        VCEK.keyed(AMD.authorityTerms(SigningKey.VCEK).key())),
                collateral(
                        "VCEK by the ASVK",
                        CERT_CHAIN_UNTRUSTED,
                        new SnpCollateral(ASVK.issue(VCEK), OF_PROVIDER.chainPem(), Optional.empty())),
                collateral(
                        "VLEK by the ASK",
                        CERT_CHAIN_UNTRUSTED,
                        new SnpCollateral(ASK.issue(VLEK), COLLATERAL.chainPem(), Optional.empty())),
                collateral(
                        "VCEK by the root",
                        CERT_CHAIN_UNTRUSTED,
                        new SnpCollateral(AMD.root().issue(VCEK), COLLATERAL.chainPem(), Optional.empty())));
    }

    private static Stream<Case> dates() {
        return Stream.of(
                signer("signer expired", CERT_EXPIRED, VCEK.valid(LONG_AGO, PAST)),
                signer("signer not yet valid", CERT_NOT_YET_VALID, VCEK.valid(FUTURE, FAR)));
    }

    private static Stream<Case> lists() {
        BigInteger ask = AMD.authorityTerms(SigningKey.VCEK).serial();
        byte[] flipped = AMD.listTerms().sign().toByteArray();
        flipped[flipped.length - 1] ^= 1;
        return Stream.of(
                list("ASK revoked", INTERMEDIATE_REVOKED, l -> l.revoking(ask)),
                list("VCEK revoked", REPORT_SIGNER_REVOKED, l -> l.revoking(BigInteger.ZERO)),
                new Case(
                        "VLEK revoked",
                        REPORT_SIGNER_REVOKED,
                        GUEST.withProviderKey().report(REPORT_DATA),
                        listed(
                                OF_PROVIDER,
                                AMD.listTerms().revoking(VLEK.serial()).sign())),
                new Case(
                        "ASVK revoked",
                        INTERMEDIATE_REVOKED,
                        GUEST.withProviderKey().report(REPORT_DATA),
                        listed(
                                OF_PROVIDER,
                                AMD.listTerms()
                                        .revoking(AMD.authorityTerms(SigningKey.VLEK)
                                                .serial())
                                        .sign())),
                list("list expired", CRL_EXPIRED, l -> l.valid(LONG_AGO, PAST)),
                list("list of the future", CRL_INVALID, l -> l.valid(FUTURE, FAR)),
                list("list by the ASK", CRL_INVALID, l -> l.by(ASK)),
                list("list forged", CRL_INVALID, l -> l.signedBy(OTHER)),
                list("list with a critical extension", CRL_INVALID, AmdCrlTerms::asCritical),
                collateral("list flipped", CRL_INVALID, listed(COLLATERAL, ByteString.copyOf(flipped))),
                collateral("list empty", CRL_INVALID, listed(COLLATERAL, ByteString.copyOf(new byte[0]))),
                collateral("a certificate as list", CRL_INVALID, listed(COLLATERAL, COLLATERAL.signer())));
    }

    private static Stream<Case> extensions() {
        byte[] genoa = {0x16, 5, 'G', 'e', 'n', 'o', 'a'};
        byte[] like = {0x16, 6, 'M', 'i', 'l', 'a', 'n', 'o'};
        byte[] utf8 = {0x0c, 5, 'M', 'i', 'l', 'a', 'n'};
        return Stream.of(
                signer("product missing", CERT_CHAIN_INVALID, VCEK.without("2")),
                signer("another product", CERT_CHAIN_INVALID, VCEK.with("2", genoa)),
                signer("a similar product", CERT_CHAIN_INVALID, VCEK.with("2", like)),
                signer("product in UTF-8", CERT_CHAIN_INVALID, VCEK.with("2", utf8)),
                signer("boot loader missing", CERT_CHAIN_INVALID, VCEK.without("3.1")),
                signer("microcode missing", CERT_CHAIN_INVALID, VCEK.without("3.8")),
                signer("component of Turin", CERT_CHAIN_INVALID, VCEK.with("3.9", ONE)),
                signer("component of 256", CERT_CHAIN_INVALID, VCEK.with("3.1", new byte[] {2, 2, 1, 0})),
                signer("negative component", CERT_CHAIN_INVALID, VCEK.with("3.1", new byte[] {2, 1, -1})),
                signer("component is a string", CERT_CHAIN_INVALID, VCEK.with("3.1", new byte[] {4, 1, 3})),
                signer("component is nothing", CERT_CHAIN_INVALID, VCEK.with("3.1", new byte[0])),
                signer("hardware id missing", CERT_CHAIN_INVALID, VCEK.without("4")),
                signer("hardware id of 63 bytes", CERT_CHAIN_INVALID, VCEK.with("4", new byte[63])),
                signer("VCEK with a provider", CERT_CHAIN_INVALID, VCEK.with("5", like)),
                provider("VLEK with a hardware id", VLEK.with("4", AMD.chipId())),
                provider("VLEK without a provider", VLEK.without("5")));
    }

    private static Stream<Case> binding() {
        byte[] zeros = GUEST.report(REPORT_DATA);
        Arrays.fill(zeros, SnpReport.SIGNED_LENGTH, SnpReport.LENGTH, (byte) 0);
        byte[] othersReport = GUEST.report(REPORT_DATA, r -> {}, SimulatedP384Key.derive("other"));
        SimulatedAmd turin = SimulatedAmd.of(NOW, AmdProduct.TURIN);
        return Stream.of(
                new Case("VLEK's report with a VCEK", REPORT_SIGNER_MISMATCH, vlekReport(), COLLATERAL),
                collateral("VCEK's report with a VLEK", REPORT_SIGNER_MISMATCH, OF_PROVIDER),
                signer("TCB of the certificate lower", REPORT_SIGNER_MISMATCH, VCEK.with("3.8", ONE)),
                signer("reserved TCB component", REPORT_SIGNER_MISMATCH, VCEK.with("3.4", ONE)),
                changed("TCB of the report higher", REPORT_SIGNER_MISMATCH, r -> r[0x187]++),
                changed("another chip", REPORT_SIGNER_MISMATCH, r -> r[0x1df] ^= 1),
                signer("another chip's certificate", REPORT_SIGNER_MISMATCH, VCEK.with("4", new byte[64])),
                sent("signed by another key", REPORT_SIGNATURE_INVALID, othersReport),
                signer("key off the curve", REPORT_SIGNATURE_INVALID, VCEK.keyed(point(1))),
                signer("key (0, 0)", REPORT_SIGNATURE_INVALID, VCEK.keyed(point(0))),
                sent("r = s = 0", REPORT_SIGNATURE_INVALID, zeros),
                signer(
                        "certificate of another key",
                        REPORT_SIGNATURE_INVALID,
                        VCEK.keyed(AMD.signerTerms(SigningKey.VLEK).key())),
                new Case(
                        "report of Turin with Milan's certificate",
                        REPORT_SIGNER_MISMATCH,
                        SimulatedGuest.of(turin, GUEST.measurement().toByteArray())
                                .report(REPORT_DATA),
                        COLLATERAL));
    }

    /** A key whose coordinates are zero and {@code y}: no point of the curve. */
    private static SubjectPublicKeyInfo point(int y) {
        byte[] point = new byte[P384.POINT_LENGTH];
        point[0] = 4;
        point[point.length - 1] = (byte) y;
        return new SubjectPublicKeyInfo(VCEK.key().getAlgorithm(), point);
    }

    private static byte[] vlekReport() {
        return GUEST.withProviderKey().report(REPORT_DATA);
    }

    private static Case sent(String name, RejectionReason reason, byte[] report) {
        return new Case(name, reason, report, COLLATERAL);
    }

    private static Case changed(String name, RejectionReason reason, Consumer<byte[]> change) {
        return sent(name, reason, GUEST.report(REPORT_DATA, change));
    }

    private static Case collateral(String name, RejectionReason reason, SnpCollateral collateral) {
        return new Case(name, reason, GUEST.report(REPORT_DATA), collateral);
    }

    private static Case chain(String name, RejectionReason reason, String pem) {
        return collateral(name, reason, new SnpCollateral(COLLATERAL.signer(), pem, COLLATERAL.revocationList()));
    }

    /** An issuer with other terms and a signer below it. */
    private static Case issuer(String name, RejectionReason reason, AmdCertificateTerms terms, SimulatedRsaKey key) {
        SimulatedAuthority issuer = AMD.root().issueAuthority(terms, key);
        return collateral(
                name,
                reason,
                new SnpCollateral(issuer.issue(VCEK), issuer.pem() + AMD.root().pem(), COLLATERAL.revocationList()));
    }

    private static Case signer(String name, RejectionReason reason, AmdCertificateTerms terms) {
        return collateral(name, reason, signer(ASK.issue(terms)));
    }

    private static SnpCollateral signer(ByteString der) {
        return new SnpCollateral(der, COLLATERAL.chainPem(), COLLATERAL.revocationList());
    }

    private static Case provider(String name, AmdCertificateTerms terms) {
        return new Case(
                name,
                CERT_CHAIN_INVALID,
                vlekReport(),
                new SnpCollateral(ASVK.issue(terms), OF_PROVIDER.chainPem(), Optional.empty()));
    }

    private static Case list(String name, RejectionReason reason, UnaryOperator<AmdCrlTerms> change) {
        return collateral(
                name, reason, listed(COLLATERAL, change.apply(AMD.listTerms()).sign()));
    }

    private static SnpCollateral listed(SnpCollateral collateral, ByteString list) {
        return new SnpCollateral(collateral.signer(), collateral.chainPem(), Optional.of(list));
    }
}
