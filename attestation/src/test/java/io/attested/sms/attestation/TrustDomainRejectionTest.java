package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.RejectionReason.*;
import static io.attested.sms.attestation.simulated.SimulatedTrustDomain.svn;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.RejectionTest.Case;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.CollateralDraft;
import io.attested.sms.attestation.simulated.QuoteDraft;
import io.attested.sms.attestation.simulated.QuoteForm;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each quote here differs from an accepted one of a trust domain in the one thing that its name says. */
class TrustDomainRejectionTest {
    private static final ByteString CURRENT = SimulatedTrustDomain.CURRENT_MODULE;
    private static final SimulatedIntel OTHER = SimulatedIntel.ofSeed(NOW, Fixtures.filled(32, 9));

    @ParameterizedTest
    @MethodSource("cases")
    void oneDifferenceIsRefusedWithItsReason(Case one) {
        Verdict verdict = new QuoteVerifier(INTEL.trustRoot()).verify(one.quote(), one.collateral(), NOW);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .as(rejected.detail())
                                .isEqualTo(one.reason()));
    }

    static Stream<Case> cases() {
        return Stream.of(layout(), module(), otherTee(), status(), signatures()).flatMap(cases -> cases);
    }

    private static Stream<Case> layout() {
        return Stream.of(
                drafted("TDX in version 3", UNSUPPORTED_TEE_TYPE, QuoteForm.TDX_V4, d -> d.header(h -> h[0] = 3)),
                drafted("called SGX", MALFORMED_QUOTE, QuoteForm.TDX_V4, d -> d.header(h -> h[4] = 0)),
                drafted("QE report not wrapped as type 6", MALFORMED_QUOTE, QuoteForm.TDX_V4, d -> d.wrapper(5)),
                patched("body type 1 in a TDX quote", MALFORMED_QUOTE, QuoteForm.TDX_V5_1_0, 48, 1),
                patched("body type 4", UNSUPPORTED_TEE_TYPE, QuoteForm.TDX_V5_1_0, 48, 4),
                patched("1.0 called 1.5", MALFORMED_QUOTE, QuoteForm.TDX_V5_1_0, 48, 3),
                patched("1.5 called 1.0", MALFORMED_QUOTE, QuoteForm.TDX_V5_1_5, 48, 2),
                patched("body one byte longer", MALFORMED_QUOTE, QuoteForm.TDX_V5_1_5, 50, 0x89));
    }

    private static Stream<Case> module() {
        return Stream.of(
                domain("module of an unknown version", TDX_MODULE_MISMATCH, DOMAIN.withModules(svn(3, 4, 6), CURRENT)),
                drafted("module of another signer", TDX_MODULE_MISMATCH, d -> d.report(r -> r[64] ^= 1)),
                drafted("module with SEAMATTRIBUTES", TDX_MODULE_MISMATCH, d -> d.report(r -> r[112] = 1)),
                with(
                        "TCB info of another module signer",
                        TDX_MODULE_MISMATCH,
                        c -> c.tcbInfo(json -> json.replace("00".repeat(48), "01" + "00".repeat(47)))),
                with(
                        "TCB info that expects SEAMATTRIBUTES",
                        TDX_MODULE_MISMATCH,
                        c -> c.tcbInfo(json -> json.replace(
                                "\"attributes\":\"0000000000000000\"", "\"attributes\":\"0100000000000000\""))),
                new Case(
                        "module of version 0 of another signer",
                        TDX_MODULE_MISMATCH,
                        DOMAIN.withModules(svn(5, 0, 6), CURRENT)
                                .draft(REPORT_DATA)
                                .report(r -> r[111] ^= 1)
                                .sign(),
                        INTEL.tdxCollateral()),
                with(
                        "no module identities",
                        TDX_MODULE_MISMATCH,
                        c -> c.tcbInfo(json -> json.replace("tdxModuleIdentities", "tdxModuleOthers"))),
                with(
                        "module status no module has",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(
                                json -> json.replace(
                                        "\"isvsvn\":2},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"OutOfDate\"",
                                        "\"isvsvn\":2},\"tcbDate\":\"2025-08-13T00:00:00Z\",\"tcbStatus\":\"ConfigurationNeeded\""))),
                with(
                        "TCB info without tdxModule",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replace("\"tdxModule\"", "\"tdxMODULE\""))),
                with(
                        "levels without TDX components",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replace("tdxtcbcomponents", "tdxcomponents"))));
    }

    private static Stream<Case> otherTee() {
        byte[] domain = DOMAIN.quote(REPORT_DATA);
        CollateralDraft sgx = INTEL.collateralDraft();
        CollateralDraft tdx = INTEL.tdxCollateralDraft();
        return Stream.of(
                new Case("all collateral of SGX", TCB_INFO_MISMATCH, domain, sgx.sign()),
                with("TCB info of SGX", TCB_INFO_MISMATCH, c -> c.tcbInfo(json -> sgx.tcbInfo())),
                with("QE identity of SGX", QE_IDENTITY_MISMATCH, c -> c.qeIdentity(json -> sgx.qeIdentity())),
                with(
                        "QE identity of SGX called TD_QE",
                        QE_IDENTITY_MISMATCH,
                        c -> c.qeIdentity(json -> sgx.qeIdentity().replace("\"QE\"", "\"TD_QE\""))),
                drafted(
                        "quoted by the QE of SGX",
                        QE_IDENTITY_MISMATCH,
                        d -> d.qeReport(qe -> System.arraycopy(sgxQe(), 128, qe, 128, 130))),
                new Case(
                        "enclave with all collateral of TDX",
                        TCB_INFO_MISMATCH,
                        ENCLAVE.quote(REPORT_DATA),
                        INTEL.tdxCollateral()),
                new Case(
                        "enclave with QE identity of TDX",
                        QE_IDENTITY_MISMATCH,
                        ENCLAVE.quote(REPORT_DATA),
                        sgx.qeIdentity(json -> tdx.qeIdentity()).sign()),
                with(
                        "TCB info of TDX in version 2",
                        COLLATERAL_MALFORMED,
                        c -> c.tcbInfo(json -> json.replaceFirst("\"version\":3", "\"version\":2"))));
    }

    /** The QE report out of an enclave's quote: its signer and product are those of SGX. */
    private static byte[] sgxQe() {
        byte[] quote = ENCLAVE.quote(REPORT_DATA);
        return java.util.Arrays.copyOfRange(quote, 436 + 128, 436 + 128 + 384);
    }

    private static Stream<Case> status() {
        return Stream.of(
                domain("platform revoked", TCB_REVOKED, DOMAIN.withTcb(SimulatedTcb.REVOKED)),
                domain("module revoked", TCB_REVOKED, DOMAIN.withModules(svn(1, 3, 6), CURRENT)),
                domain(
                        "module revoked, a current one runs",
                        TCB_REVOKED,
                        DOMAIN.withForm(QuoteForm.TDX_V5_1_5).withModules(svn(1, 3, 6), CURRENT)),
                domain("module below every level", TCB_NOT_SUPPORTED, DOMAIN.withModules(svn(0, 3, 6), CURRENT)),
                domain("SEAM loader below every level", TCB_NOT_SUPPORTED, DOMAIN.withModules(svn(3, 3, 0), CURRENT)),
                domain(
                        "module of version 0 below every level",
                        TCB_NOT_SUPPORTED,
                        DOMAIN.withModules(svn(0, 0, 6), CURRENT)),
                drafted("QE revoked", TCB_REVOKED, d -> d.qeReport(qe -> qe[258] = 1)));
    }

    private static Stream<Case> signatures() {
        return Stream.of(
                drafted("quote by another key", QUOTE_SIGNATURE_INVALID, d -> d.quoteSigner(OTHER.key("x"))),
                drafted("key nobody vouches for", QE_REPORT_DATA_MISMATCH, d -> d.unvouchedKey(OTHER.key("x"))),
                drafted("QE report by another key", QE_REPORT_SIGNATURE_INVALID, d -> d.qeReportSigner(OTHER.key("x"))),
                new Case(
                        "another RTMR3 than the signed one",
                        QUOTE_SIGNATURE_INVALID,
                        flipped(DOMAIN.quote(REPORT_DATA), 48 + 328 + 3 * 48),
                        INTEL.tdxCollateral()));
    }

    private static byte[] flipped(byte[] quote, int offset) {
        quote[offset] ^= 1;
        return quote;
    }

    private static Case domain(String name, RejectionReason reason, SimulatedTrustDomain domain) {
        return new Case(name, reason, domain.quote(REPORT_DATA), INTEL.tdxCollateral());
    }

    private static Case drafted(String name, RejectionReason reason, UnaryOperator<QuoteDraft> change) {
        return drafted(name, reason, QuoteForm.TDX_V4, change);
    }

    private static Case drafted(String name, RejectionReason reason, QuoteForm form, UnaryOperator<QuoteDraft> change) {
        QuoteDraft draft = DOMAIN.withForm(form).draft(REPORT_DATA);
        return new Case(name, reason, change.apply(draft).sign(), INTEL.tdxCollateral());
    }

    private static Case patched(String name, RejectionReason reason, QuoteForm form, int offset, int value) {
        byte[] quote = DOMAIN.withForm(form).quote(REPORT_DATA);
        quote[offset] = (byte) value;
        return new Case(name, reason, quote, INTEL.tdxCollateral());
    }

    private static Case with(String name, RejectionReason reason, UnaryOperator<CollateralDraft> change) {
        Collateral collateral = change.apply(INTEL.tdxCollateralDraft()).sign();
        return new Case(name, reason, DOMAIN.quote(REPORT_DATA), collateral);
    }
}
