package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static io.attested.sms.attestation.RejectionReason.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.CertificateTerms;
import io.attested.sms.attestation.simulated.CollateralDraft;
import io.attested.sms.attestation.simulated.QuoteDraft;
import io.attested.sms.attestation.simulated.SimulatedCertificate;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each quote here differs from an accepted one in the one thing that its name says. */
class RejectionTest {
    private static final Instant PAST = NOW.minusSeconds(60);
    private static final Instant FUTURE = NOW.plusSeconds(60);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
    private static final Instant FAR = NOW.plus(Duration.ofDays(60));
    private static final SimulatedIntel OTHER = SimulatedIntel.ofSeed(NOW, filled(32, 9));
    private static final CertificateTerms PCK = INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true);

    @SuppressWarnings("ArrayRecordComponent")
    record Case(String name, RejectionReason reason, byte[] quote, Collateral collateral) {
        @Override
        public String toString() {
            return name + " -> " + reason;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDifferenceIsRefusedWithItsReason(Case one) {
        Verdict verdict = new QuoteVerifier(INTEL.trustRoot()).verify(one.quote, one.collateral, NOW);
        assertThat(verdict).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(one.reason);
            assertThat(rejected.detail()).isNotBlank();
        });
    }

    @Test
    void theTwinOfAllCasesIsAccepted() {
        Verdict verdict =
                new QuoteVerifier(INTEL.trustRoot()).verify(ENCLAVE.quote(REPORT_DATA), INTEL.collateral(), NOW);
        assertThat(verdict).isInstanceOf(Verified.class);
    }

    @Test
    void everyReasonOfIntelHasACase() {
        Set<RejectionReason> covered = Stream.concat(cases(), TrustDomainRejectionTest.cases())
                .map(Case::reason)
                .collect(Collectors.toSet());
        Set<RejectionReason> ofOthers = EnumSet.of(
                REPORT_SIGNER_MISMATCH,
                REPORT_SIGNER_REVOKED,
                REPORT_SIGNATURE_INVALID,
                RATLS_CERTIFICATE_INVALID,
                RATLS_KEY_NOT_BOUND);
        assertThat(covered).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(ofOthers)));
    }

    static Stream<Case> cases() {
        return Stream.of(layout(), chain(), lists(), signer(), tcbInfo(), qeIdentity(), quoteSignatures(), status())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> layout() {
        byte[] quote = ENCLAVE.quote(REPORT_DATA);
        return Stream.of(
                quote("empty", MALFORMED_QUOTE, new byte[0]),
                quote("header only", MALFORMED_QUOTE, Arrays.copyOf(quote, 48)),
                quote("last byte missing", MALFORMED_QUOTE, Arrays.copyOf(quote, quote.length - 1)),
                quote("over 64 KiB", MALFORMED_QUOTE, Arrays.copyOf(quote, 64 * 1024 + 1)),
                drafted(
                        "over 16 KiB without trailing bytes",
                        MALFORMED_QUOTE,
                        d -> d.authenticationData(new byte[16 * 1024])),
                drafted("PPID data one byte short", MALFORMED_QUOTE, d -> d.certification(1, new byte[35])),
                drafted("version 2", UNSUPPORTED_QUOTE_VERSION, d -> d.header(h -> h[0] = 2)),
                drafted("SGX of version 3 called version 4", MALFORMED_QUOTE, d -> d.header(h -> h[0] = 4)),
                drafted("SGX of version 3 called version 5", UNSUPPORTED_TEE_TYPE, d -> d.header(h -> h[0] = 5)),
                drafted("version 6", UNSUPPORTED_QUOTE_VERSION, d -> d.header(h -> h[0] = 6)),
                drafted("P-384 key", UNSUPPORTED_KEY_TYPE, d -> d.header(h -> h[2] = 3)),
                drafted("TDX in version 3", UNSUPPORTED_TEE_TYPE, d -> d.header(h -> h[4] = (byte) 0x81)),
                drafted(
                        "SGX called TDX in version 4",
                        MALFORMED_QUOTE,
                        d -> d.header(h -> {
                            h[0] = 4;
                            h[4] = (byte) 0x81;
                        })),
                drafted("other vendor", UNKNOWN_QE_VENDOR, d -> d.header(h -> h[12] ^= 1)));
    }

    private static Stream<Case> chain() {
        SimulatedCertificate platform = INTEL.platformAuthority();
        SimulatedCertificate good = platform.issue(PCK);
        String issuers = platform.pem() + INTEL.rootPem();
        return Stream.of(
                quote("all under another root", CERT_CHAIN_UNTRUSTED, otherEnclave(), OTHER.collateral()),
                drafted(
                        "another edition of the root with the same key",
                        CERT_CHAIN_UNTRUSTED,
                        d -> chain(
                                d,
                                good.pem()
                                        + platform.pem()
                                        + otherEditionOfRoot().pem())),
                pck("foreign leaf name", CERT_CHAIN_UNTRUSTED, platform.issue(PCK.named("Intel SGX"))),
                drafted(
                        "TCB signer as PCK CA",
                        CERT_CHAIN_UNTRUSTED,
                        d -> chain(
                                d,
                                INTEL.tcbSigner().issue(PCK).pem()
                                        + INTEL.tcbSigner().pem()
                                        + INTEL.rootPem())),
                pck("leaf signed by another key", CERT_CHAIN_INVALID, platform.issueForged(PCK, OTHER.key("x"))),
                pck(
                        "leaf of the other CA",
                        CERT_CHAIN_INVALID,
                        INTEL.processorAuthority().issue(PCK)),
                pck("leaf is an authority", CERT_CHAIN_INVALID, platform.issue(PCK.asAuthority(0))),
                pck("leaf may not sign", CERT_CHAIN_INVALID, platform.issue(PCK.using(KeyUsage.keyEncipherment))),
                pck("PCK extension is empty", CERT_CHAIN_INVALID, platform.issue(PCK.withPckExtension(new byte[] {
                    0x30, 0
                }))),
                drafted("two certificates", CERT_CHAIN_INVALID, d -> chain(d, good.pem() + platform.pem())),
                drafted("no certificate", CERT_CHAIN_INVALID, d -> chain(d, "")),
                drafted("four certificates", CERT_CHAIN_INVALID, d -> chain(d, good.pem() + issuers + INTEL.rootPem())),
                drafted("text before", CERT_CHAIN_INVALID, d -> chain(d, "\n" + good.pem() + issuers)),
                drafted("text after", CERT_CHAIN_INVALID, d -> chain(d, good.pem() + issuers + "x")),
                drafted("two line feeds after", CERT_CHAIN_INVALID, d -> chain(d, good.pem() + issuers + "\n")),
                drafted(
                        "carriage returns",
                        CERT_CHAIN_INVALID,
                        d -> chain(d, (good.pem() + issuers).replace("\n", "\r\n"))),
                drafted("certification type 4", CERT_CHAIN_INVALID, d -> d.certification(4, new byte[10])),
                drafted("certification type 7", CERT_CHAIN_INVALID, d -> d.certification(7, new byte[10])),
                pck("leaf expired", CERT_EXPIRED, platform.issue(PCK.valid(LONG_AGO, PAST))),
                pck("leaf not yet valid", CERT_NOT_YET_VALID, platform.issue(PCK.valid(FUTURE, FAR))));
    }

    /** Another certificate for the root's own key, as Intel's first edition is one for today's key. */
    private static SimulatedCertificate otherEditionOfRoot() {
        return INTEL.root()
                .issue(new CertificateTerms(
                        "Intel SGX Root CA",
                        INTEL.root().key(),
                        LONG_AGO,
                        FAR,
                        Optional.of(1),
                        KeyUsage.keyCertSign | KeyUsage.cRLSign,
                        Optional.empty()));
    }

    private static Stream<Case> lists() {
        SimulatedCertificate pck = INTEL.platformAuthority().issue(PCK);
        return Stream.of(
                with("PCK certificate revoked", PCK_REVOKED, c -> c.pckCrl(crl -> crl.revoking(pck.serial()))),
                with(
                        "PCK CA revoked",
                        INTERMEDIATE_REVOKED,
                        c -> c.rootCrl(
                                crl -> crl.revoking(INTEL.platformAuthority().serial()))),
                with(
                        "TCB signer revoked",
                        TCB_SIGNER_REVOKED,
                        c -> c.rootCrl(crl -> crl.revoking(INTEL.tcbSigner().serial()))),
                with("PCK list forged", CRL_INVALID, c -> c.pckCrl(crl -> crl.signedBy(OTHER.key("x")))),
                with("root list forged", CRL_INVALID, c -> c.rootCrl(crl -> crl.signedBy(OTHER.key("x")))),
                with("root list by the PCK CA", CRL_INVALID, c -> c.rootCrl(crl -> crl.by(INTEL.platformAuthority()))),
                with("PCK list of the future", CRL_INVALID, c -> c.pckCrl(crl -> crl.valid(FUTURE, FAR))),
                with("PCK list without number", CRL_INVALID, c -> c.pckCrl(crl -> crl.withoutNumber())),
                with("PCK list expired", CRL_EXPIRED, c -> c.pckCrl(crl -> crl.valid(LONG_AGO, PAST))),
                with("root list expired", CRL_EXPIRED, c -> c.rootCrl(crl -> crl.valid(LONG_AGO, PAST))),
                with(
                        "list of the other CA",
                        CRL_ISSUER_MISMATCH,
                        c -> c.pckCrl(crl -> crl.by(INTEL.processorAuthority()))),
                quote(
                        "collateral of the other CA",
                        CRL_ISSUER_MISMATCH,
                        ENCLAVE.withProcessorCa().quote(REPORT_DATA),
                        INTEL.collateral()));
    }

    private static Stream<Case> signer() {
        CertificateTerms terms = INTEL.tcbSignerTerms();
        return Stream.of(
                with("PCK CA as signer", TCB_SIGNER_INVALID, c -> c.tcbSigner(INTEL.platformAuthority())),
                with(
                        "signer of another name",
                        TCB_SIGNER_INVALID,
                        c -> c.tcbSigner(INTEL.root().issue(terms.named("Intel SGX TCB Signer")))),
                with(
                        "signer is an authority",
                        TCB_SIGNER_INVALID,
                        c -> c.tcbSigner(INTEL.root().issue(terms.asAuthority(0)))),
                with(
                        "signer below the PCK CA",
                        TCB_SIGNER_INVALID,
                        c -> c.tcbSigner(INTEL.platformAuthority().issue(terms))),
                with(
                        "signer expired",
                        CERT_EXPIRED,
                        c -> c.tcbSigner(INTEL.root().issue(terms.valid(LONG_AGO, PAST)))),
                with(
                        "signer not yet valid",
                        CERT_NOT_YET_VALID,
                        c -> c.tcbSigner(INTEL.root().issue(terms.valid(FUTURE, FAR)))));
    }

    private static Stream<Case> tcbInfo() {
        Collateral good = INTEL.collateral();
        return Stream.of(
                quote(
                        "TCB info edited after signing",
                        TCB_INFO_SIGNATURE_INVALID,
                        ENCLAVE.quote(REPORT_DATA),
                        Edited.tcbInfo(good, "OutOfDate", "UpToDate")),
                quote(
                        "TCB info with a space",
                        TCB_INFO_SIGNATURE_INVALID,
                        ENCLAVE.quote(REPORT_DATA),
                        Edited.tcbInfo(good, "\"version\":3", "\"version\": 3")),
                with("TCB info expired", TCB_INFO_EXPIRED, c -> c.tcbInfo(json -> dated(json, LONG_AGO, PAST))),
                with(
                        "TCB info of the future",
                        TCB_INFO_NOT_YET_VALID,
                        c -> c.tcbInfo(json -> dated(json, FUTURE, FAR))),
                with(
                        "another FMSPC",
                        TCB_INFO_MISMATCH,
                        c -> c.tcbInfo(json -> json.replace("00C0DE000001", "00C0DE000002"))),
                with(
                        "another PCEID",
                        TCB_INFO_MISMATCH,
                        c -> c.tcbInfo(json -> json.replace("\"pceId\":\"0000\"", "\"pceId\":\"0001\""))),
                with(
                        "TCB info of TDX",
                        TCB_INFO_MISMATCH,
                        c -> c.tcbInfo(json -> INTEL.tdxCollateralDraft().tcbInfo())),
                with("unknown status", COLLATERAL_MALFORMED, c -> c.tcbInfo(json -> json.replace("UpToDate", "Fine"))),
                with(
                        "version 4",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replace("\"version\":3", "\"version\":4"))),
                with(
                        "tcbType 1",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replace("\"tcbType\":0", "\"tcbType\":1"))),
                with(
                        "a member twice",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replace("\"tcbType\":0", "\"tcbType\":0,\"tcbType\":0"))));
    }

    private static Stream<Case> qeIdentity() {
        Collateral good = INTEL.collateral();
        return Stream.of(
                quote(
                        "QE identity edited after signing",
                        QE_IDENTITY_SIGNATURE_INVALID,
                        ENCLAVE.quote(REPORT_DATA),
                        Edited.qeIdentity(good, "OutOfDate", "UpToDate")),
                with(
                        "QE identity expired",
                        QE_IDENTITY_EXPIRED,
                        c -> c.qeIdentity(json -> dated(json, LONG_AGO, PAST))),
                with(
                        "QE identity of the future",
                        QE_IDENTITY_NOT_YET_VALID,
                        c -> c.qeIdentity(json -> dated(json, FUTURE, FAR))),
                with(
                        "QE identity of TDX",
                        QE_IDENTITY_MISMATCH,
                        c -> c.qeIdentity(json -> json.replace("\"QE\"", "\"TD_QE\""))),
                with(
                        "status no QE has",
                        COLLATERAL_MALFORMED,
                        c -> c.qeIdentity(json -> json.replace("OutOfDate", "SWHardeningNeeded"))),
                drafted("QE of another signer", QE_IDENTITY_MISMATCH, d -> d.qeReport(r -> r[128] ^= 1)),
                drafted("QE in debug mode", QE_IDENTITY_MISMATCH, d -> d.qeReport(r -> r[48] |= 2)),
                drafted("another product", QE_IDENTITY_MISMATCH, d -> d.qeReport(r -> r[256] = 2)),
                drafted("another MISCSELECT", QE_IDENTITY_MISMATCH, d -> d.qeReport(r -> r[19] = 1)));
    }

    private static Stream<Case> quoteSignatures() {
        byte[] zeroSignature = ENCLAVE.quote(REPORT_DATA);
        Arrays.fill(zeroSignature, 436, 436 + 64, (byte) 0);
        byte[] offCurve = INTEL.key("attestation").publicKey();
        offCurve[63] ^= 1;
        return Stream.of(
                drafted("QE report by another key", QE_REPORT_SIGNATURE_INVALID, d -> d.qeReportSigner(OTHER.key("x"))),
                drafted("key nobody vouches for", QE_REPORT_DATA_MISMATCH, d -> d.unvouchedKey(OTHER.key("x"))),
                drafted("quote by another key", QUOTE_SIGNATURE_INVALID, d -> d.quoteSigner(OTHER.key("x"))),
                quote("r = s = 0", QUOTE_SIGNATURE_INVALID, zeroSignature),
                drafted("key off the curve", QUOTE_SIGNATURE_INVALID, d -> d.vouchedPoint(offCurve)),
                drafted("key (0, 0)", QUOTE_SIGNATURE_INVALID, d -> d.vouchedPoint(new byte[64])),
                drafted("key beyond the field", QUOTE_SIGNATURE_INVALID, d -> d.vouchedPoint(filled(64, 0xff))));
    }

    private static Stream<Case> status() {
        return Stream.of(
                quote(
                        "platform revoked",
                        TCB_REVOKED,
                        ENCLAVE.withTcb(SimulatedTcb.REVOKED).quote(REPORT_DATA)),
                drafted("QE revoked", TCB_REVOKED, d -> d.qeReport(r -> r[258] = 1)),
                drafted("QE below every level", TCB_NOT_SUPPORTED, d -> d.qeReport(r -> r[258] = 0)),
                with(
                        "platform below every level",
                        TCB_NOT_SUPPORTED,
                        c -> c.tcbInfo(json -> json.replace("\"pcesvn\":", "\"pcesvn\":1"))));
    }

    private static byte[] otherEnclave() {
        return SimulatedEnclave.of(OTHER, filled(32, 0x11)).quote(REPORT_DATA);
    }

    private static QuoteDraft chain(QuoteDraft draft, String pem) {
        return draft.certification(5, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static String dated(String json, Instant from, Instant to) {
        return json.replaceAll("\"issueDate\":\"[^\"]*\"", "\"issueDate\":\"" + from + "\"")
                .replaceAll("\"nextUpdate\":\"[^\"]*\"", "\"nextUpdate\":\"" + to + "\"");
    }

    private static Case quote(String name, RejectionReason reason, byte[] quote) {
        return new Case(name, reason, quote, INTEL.collateral());
    }

    private static Case quote(String name, RejectionReason reason, byte[] quote, Collateral collateral) {
        return new Case(name, reason, quote, collateral);
    }

    private static Case drafted(String name, RejectionReason reason, UnaryOperator<QuoteDraft> change) {
        return quote(name, reason, change.apply(ENCLAVE.draft(REPORT_DATA)).sign());
    }

    private static Case pck(String name, RejectionReason reason, SimulatedCertificate certificate) {
        String issuers = INTEL.platformAuthority().pem() + INTEL.rootPem();
        return quote(
                name, reason, ENCLAVE.draft(REPORT_DATA, certificate, issuers).sign());
    }

    private static Case with(String name, RejectionReason reason, UnaryOperator<CollateralDraft> change) {
        return quote(
                name,
                reason,
                ENCLAVE.quote(REPORT_DATA),
                change.apply(INTEL.collateralDraft()).sign());
    }
}
