package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static io.attested.sms.attestation.simulated.SimulatedTrustDomain.svn;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.QuoteForm;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of trust domains is accepted, with which claims and which status. */
class TrustDomainTest {
    private static final ByteString CURRENT = SimulatedTrustDomain.CURRENT_MODULE;
    private static final ByteString OLD = svn(2, 3, 6);

    private final QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());

    @ParameterizedTest
    @EnumSource(
            value = QuoteForm.class,
            names = {"TDX_V4", "TDX_V5_1_0", "TDX_V5_1_5"})
    void claimsAreThoseOfTheReport(QuoteForm form) {
        Claims claims = verified(DOMAIN.withForm(form)
                .draft(REPORT_DATA)
                .report(report -> {
                    report[184] = 1;
                    report[232] = 2;
                    report[280] = 3;
                })
                .sign());
        TdxClaims code = (TdxClaims) claims.code();
        assertThat(claims.tee()).isEqualTo(Tee.TDX);
        assertThat(code.mrTd()).isEqualTo(DOMAIN.image().mrTd());
        assertThat(code.rtmrs().subList(0, 3)).isEqualTo(DOMAIN.image().rtmrs());
        assertThat(code.rtmrs().get(3)).isEqualTo(TdxLaunch.ready(filled(32, 0x33), filled(32, 0x44)));
        assertThat(code.mrConfigId().unsigned(0)).isEqualTo(1);
        assertThat(code.mrOwner().unsigned(0)).isEqualTo(2);
        assertThat(code.mrOwnerConfig().unsigned(0)).isEqualTo(3);
        assertThat(code.septVeDisable()).isTrue();
        assertThat(code.migratable()).isFalse();
        assertThat(code.teeTcbSvn2().isPresent()).isEqualTo(form == QuoteForm.TDX_V5_1_5);
        assertThat(code.mrServiceTd().isPresent()).isEqualTo(form == QuoteForm.TDX_V5_1_5);
        assertThat(claims.debug()).isFalse();
        assertThat(claims.reportData().toByteArray()).isEqualTo(REPORT_DATA);
        assertThat(claims.tcb().status()).contains(TcbStatus.UP_TO_DATE);
    }

    @ParameterizedTest
    @EnumSource(
            value = QuoteForm.class,
            names = {"SGX_V3", "SGX_V4", "SGX_V5"})
    void enclavesAreVerifiedInEachVersion(QuoteForm form) {
        byte[] quote = ENCLAVE.draft(form, REPORT_DATA).sign();
        assertThat(verifier.verify(quote, INTEL.collateral(), NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void debugIsReported() {
        assertThat(verified(DOMAIN.withDebug().quote(REPORT_DATA)).debug()).isTrue();
        assertThat(verified(DOMAIN.withAttributes(ByteString.ofHex("8000001000000000"))
                                .quote(REPORT_DATA))
                        .debug())
                .as("a reserved bit of the debug group")
                .isTrue();
    }

    @Test
    void moduleWithAnIdentityIsNotJudgedByThePlatformsFirstTwoComponents() {
        // The level asks for module SVN 5 of version 0; the module's own identity asks for 3 of version 3.
        assertThat(status(DOMAIN.withModules(svn(3, 3, 6), CURRENT))).isEqualTo(TcbStatus.UP_TO_DATE);
        assertThat(status(DOMAIN.withModules(svn(3, 3, 5), CURRENT)))
                .as("the SEAM loader still counts")
                .isEqualTo(TcbStatus.OUT_OF_DATE);
    }

    @Test
    void moduleOfVersionZeroIsJudgedByThePlatformsComponents() {
        assertThat(status(DOMAIN.withModules(svn(5, 0, 6), CURRENT))).isEqualTo(TcbStatus.UP_TO_DATE);
        assertThat(status(DOMAIN.withModules(svn(4, 0, 6), CURRENT))).isEqualTo(TcbStatus.OUT_OF_DATE);
        assertThat(status(DOMAIN.withModules(svn(3, 0, 6), CURRENT))).isEqualTo(TcbStatus.OUT_OF_DATE);
    }

    @Test
    void outdatedModuleOutdatesThePlatformAndAddsItsAdvisories() {
        Claims claims = verified(DOMAIN.withModules(OLD, CURRENT).quote(REPORT_DATA));
        assertThat(claims.tcb().status()).contains(TcbStatus.OUT_OF_DATE);
        assertThat(claims.tcb().advisories()).containsExactly("INTEL-SA-01099");
        Collateral configuration = configurationNeeded("UpToDate");
        assertThat(status(DOMAIN.withModules(OLD, CURRENT), configuration))
                .isEqualTo(TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);
    }

    @Test
    void relaunchIsAdvisedWhenTheModuleWasUpdatedSince() {
        SimulatedTrustDomain updated = DOMAIN.withForm(QuoteForm.TDX_V5_1_5).withModules(OLD, CURRENT);
        assertThat(status(updated)).isEqualTo(TcbStatus.TD_RELAUNCH_ADVISED);
        assertThat(status(updated.withModules(OLD, svn(5, 0, 6)))).isEqualTo(TcbStatus.TD_RELAUNCH_ADVISED);
        assertThat(status(updated.withTcb(SimulatedTcb.SW_HARDENING))).isEqualTo(TcbStatus.TD_RELAUNCH_ADVISED);
        assertThat(status(updated, configurationNeeded("UpToDate")))
                .isEqualTo(TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
    }

    @Test
    void relaunchIsNotAdvisedWhenThatWouldNotHelp() {
        SimulatedTrustDomain updated = DOMAIN.withForm(QuoteForm.TDX_V5_1_5).withModules(OLD, CURRENT);
        assertOutOfDate("the module still runs", updated.withModules(OLD, OLD));
        assertOutOfDate("an older SEAM loader runs", updated.withModules(OLD, svn(3, 3, 5)));
        assertOutOfDate("an old module of version 0 runs", updated.withModules(OLD, svn(4, 0, 6)));
        assertOutOfDate("the platform is outdated too", updated.withTcb(SimulatedTcb.OUT_OF_DATE));
        assertOutOfDate("not the module is outdated, the loader is", updated.withModules(svn(3, 3, 5), CURRENT));
        assertOutOfDate("TDX 1.0 does not say what runs", updated.withForm(QuoteForm.TDX_V5_1_0));
        byte[] oldQe = updated.draft(REPORT_DATA).qeReport(qe -> qe[258] = 7).sign();
        assertThat(verified(oldQe).tcb().status())
                .as("the quoting enclave is outdated")
                .contains(TcbStatus.OUT_OF_DATE);
    }

    /** As Intel's library does: whoever cannot say how the running module stands cannot say that it is only outdated. */
    @Test
    void aRunningModuleWithoutIdentityIsRefusedWhereItDecides() {
        SimulatedTrustDomain updated =
                DOMAIN.withForm(QuoteForm.TDX_V5_1_5).withModules(OLD, CURRENT).withModules(OLD, svn(9, 7, 6));
        assertThat(verifier.verify(updated.quote(REPORT_DATA), INTEL.tdxCollateral(), NOW))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.TDX_MODULE_MISMATCH));
        assertThat(status(updated.withModules(CURRENT, svn(9, 7, 6)))).isEqualTo(TcbStatus.UP_TO_DATE);
    }

    private void assertOutOfDate(String why, SimulatedTrustDomain domain) {
        assertThat(status(domain)).as(why).isEqualTo(TcbStatus.OUT_OF_DATE);
    }

    /** Collateral in which the highest level of the platform asks for another configuration. */
    private static Collateral configurationNeeded(String status) {
        String level = SimulatedTcb.UP_TO_DATE.tdxLevel();
        return INTEL.tdxCollateralDraft()
                .tcbInfo(json -> json.replace(level, level.replace(status, "ConfigurationNeeded")))
                .sign();
    }

    private TcbStatus status(SimulatedTrustDomain domain) {
        return status(domain, INTEL.tdxCollateral());
    }

    private TcbStatus status(SimulatedTrustDomain domain, Collateral collateral) {
        return verified(domain.quote(REPORT_DATA), collateral).tcb().status().orElseThrow();
    }

    private Claims verified(byte[] quote) {
        return verified(quote, INTEL.tdxCollateral());
    }

    private Claims verified(byte[] quote, Collateral collateral) {
        return switch (verifier.verify(quote, collateral, NOW)) {
            case Verified verified -> verified.claims();
            case Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
