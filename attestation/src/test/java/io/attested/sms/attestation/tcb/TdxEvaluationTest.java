package io.attested.sms.attestation.tcb;

import static io.attested.sms.attestation.tcb.TdxTcb.domain10;
import static io.attested.sms.attestation.tcb.TdxTcb.domain15;
import static io.attested.sms.attestation.tcb.TdxTcb.info;
import static io.attested.sms.attestation.tcb.TdxTcb.level;
import static io.attested.sms.attestation.tcb.TdxTcb.module;
import static io.attested.sms.attestation.tcb.TdxTcb.platform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TCB levels of trust domains: two components of the module, its own levels, the relaunch check. */
class TdxEvaluationTest {
    private static final int[] HIGHEST = {5, 0, 7};
    private static final PckExtension PLATFORM = platform(3, 10);

    @ParameterizedTest
    @CsvSource({
        "05000700, UP_TO_DATE",
        "06000800, UP_TO_DATE",
        "04000700, SW_HARDENING_NEEDED",
        "05000600, SW_HARDENING_NEEDED",
        "04000600, SW_HARDENING_NEEDED"
    })
    void theModuleOfVersion0IsJudgedByAllComponents(String svns, TcbStatus expected) throws Exception {
        TcbInfo info = info(
                module(),
                level(3, 10, new int[] {4, 0, 6}, "SWHardeningNeeded", "2024-01-01", "\"OLD\""),
                level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        assertThat(evaluate(info, domain10(svns)).status()).contains(expected);
    }

    @Test
    void belowEveryTdxLevelIsNotSupported() throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        notSupported(info, PLATFORM, domain10("04000700"));
        notSupported(info, PLATFORM, domain10("05010600"));
        notSupported(info, platform(2, 10), domain10("05000700"));
        notSupported(info, platform(3, 9), domain10("05000700"));
    }

    @Test
    void fromVersion1OnTheModulesComponentsAreLeftOut() throws Exception {
        TcbInfo info = info(module(), level(3, 10, new int[] {9, 9, 7}, "UpToDate", "2025-01-01", ""));
        assertThat(evaluate(info, domain10("05010700")).status()).contains(TcbStatus.UP_TO_DATE);
        notSupported(info, PLATFORM, domain10("05010600"));
        notSupported(info, PLATFORM, domain10("05000700"));
    }

    @ParameterizedTest
    @CsvSource({
        "255, UpToDate, UP_TO_DATE",
        "5, UpToDate, UP_TO_DATE",
        "4, UpToDate, OUT_OF_DATE",
        "3, SWHardeningNeeded, OUT_OF_DATE",
        "3, ConfigurationNeeded, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "3, ConfigurationAndSWHardeningNeeded, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "5, ConfigurationNeeded, CONFIGURATION_NEEDED",
        "3, OutOfDate, OUT_OF_DATE"
    })
    void theModulesLevelConvergesWithThePlatforms(int svn, String platform, TcbStatus expected) throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, platform, "2025-01-01", ""));
        String svns = String.format(java.util.Locale.ROOT, "%02x010700", svn);
        assertThat(evaluate(info, domain10(svns)).status()).contains(expected);
    }

    @Test
    void aRevokedOrUnknownModuleLevelIsRejected() throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        rejected(info, PLATFORM, domain10("02010700"), RejectionReason.TCB_REVOKED);
        rejected(info, PLATFORM, domain10("01010700"), RejectionReason.TCB_REVOKED);
        notSupported(info, PLATFORM, domain10("00010700"));
        notSupported(info, PLATFORM, domain10("05020700"));
        TcbInfo revoked = info(module(), level(3, 10, HIGHEST, "Revoked", "2025-01-01", ""));
        rejected(revoked, PLATFORM, domain10("05010700"), RejectionReason.TCB_REVOKED);
    }

    @Test
    void advisoriesOfAllThreeAreUnited() throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "SWHardeningNeeded", "2025-01-01", "\"PLATFORM\",\"QE\""));
        assertThat(evaluate(info, domain10("03010700"), 6).advisories()).containsExactly("MODULE", "PLATFORM", "QE");
        assertThat(evaluate(info, domain10("05010700"), 8).advisories()).containsExactly("PLATFORM", "QE");
    }

    @Test
    void outdatedSinceTheFirstBetterLevel() throws Exception {
        TcbInfo info = info(
                module(),
                level(3, 10, new int[] {5, 0, 6}, "OutOfDate", "2023-01-01", ""),
                level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        assertThat(evaluate(info, domain10("05010700")).outdatedSince()).isEmpty();
        assertThat(evaluate(info, domain10("05010600")).outdatedSince()).contains(day("2025-01-01"));
        assertThat(evaluate(info, domain10("03010700")).outdatedSince()).contains(day("2025-05-05"));
        assertThat(evaluate(info, domain10("03010600")).outdatedSince()).contains(day("2025-01-01"));
        assertThat(evaluate(info, domain10("05010700"), 6).outdatedSince()).contains(day("2025-08-08"));
        assertThat(evaluate(info, domain10("03010700"), 6).outdatedSince()).contains(day("2025-05-05"));
        assertThat(evaluate(info, domain10("05010600")).date()).contains(day("2023-01-01"));
        TcbInfo only = info(module(), level(3, 10, HIGHEST, "OutOfDate", "2025-01-01", ""));
        assertThat(evaluate(only, domain10("05010700")).outdatedSince()).isEmpty();
    }

    @Test
    void aLowerLevelThatIsNotOutdatedHasNoTerm() throws Exception {
        TcbInfo info = info(
                module(),
                level(3, 10, new int[] {5, 0, 6}, "SWHardeningNeeded", "2023-01-01", ""),
                level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        assertThat(evaluate(info, domain10("05010600")).outdatedSince()).isEmpty();
    }

    private static Instant day(String date) {
        return Instant.parse(date + "T00:00:00Z");
    }

    @Test
    void aRunningModuleThatNobodyDescribesIsRefused() throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        rejected(info, PLATFORM, domain15("03010700", "05090700"), RejectionReason.TDX_MODULE_MISMATCH);
        // Where nothing depends on it, it is not looked at.
        assertThat(evaluate(info, domain15("05010700", "05090700")).status()).contains(TcbStatus.UP_TO_DATE);
    }

    @ParameterizedTest
    @CsvSource({
        // The module that runs now: below the highest level of its identity, at it, above it.
        "04010700, OUT_OF_DATE",
        "05010700, TD_RELAUNCH_ADVISED",
        "06010800, TD_RELAUNCH_ADVISED",
        // The SEAM loader below the highest TCB level's.
        "05010600, OUT_OF_DATE",
        // A module of version 0: compared with the TCB level itself.
        "05000700, TD_RELAUNCH_ADVISED",
        "04000700, OUT_OF_DATE",
        "05000600, OUT_OF_DATE"
    })
    void aDomainStartedUnderAnOldModuleShouldBeRelaunched(String now, TcbStatus expected) throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        TcbClaims claims = evaluate(info, domain15("03010700", now));
        assertThat(claims.status()).contains(expected);
        assertThat(claims.advisories()).containsExactly("MODULE");
    }

    @ParameterizedTest
    @CsvSource({
        "UpToDate, TD_RELAUNCH_ADVISED",
        "SWHardeningNeeded, TD_RELAUNCH_ADVISED",
        "ConfigurationNeeded, TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED",
        "ConfigurationAndSWHardeningNeeded, TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED",
        "OutOfDate, OUT_OF_DATE",
        "OutOfDateConfigurationNeeded, OUT_OF_DATE_CONFIGURATION_NEEDED"
    })
    void aRelaunchHelpsOnlyWhenNothingElseIsOutdated(String platform, TcbStatus expected) throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, platform, "2025-01-01", ""));
        assertThat(evaluate(info, domain15("03010700", "05010700")).status()).contains(expected);
    }

    @Test
    void aRelaunchHelpsNeitherAQuotingEnclaveNorAnOldReportNorACurrentModule() throws Exception {
        TcbInfo info = info(module(), level(3, 10, HIGHEST, "UpToDate", "2025-01-01", ""));
        assertThat(evaluate(info, domain15("03010700", "05010700"), 6).status()).contains(TcbStatus.OUT_OF_DATE);
        assertThat(evaluate(info, domain10("03010700")).status()).contains(TcbStatus.OUT_OF_DATE);
        assertThat(evaluate(info, domain15("05010700", "05010700")).status()).contains(TcbStatus.UP_TO_DATE);
        rejected(info, PLATFORM, domain15("01010700", "05010700"), RejectionReason.TCB_REVOKED);
    }

    @Test
    void aRelaunchIsJudgedByTheSgxLevelToo() throws Exception {
        // SGX components reach the upper level, TDX components only the lower one.
        TcbInfo outdatedTdx = info(
                module(),
                level(3, 10, new int[] {5, 0, 9}, "ConfigurationNeeded", "2025-01-01", ""),
                level(3, 9, new int[] {5, 0, 6}, "UpToDate", "2024-01-01", ""));
        assertThat(evaluate(outdatedTdx, domain15("03010700", "05010900")).status())
                .contains(TcbStatus.TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED);
        TcbInfo revokedSgx = info(
                module(),
                level(3, 10, new int[] {5, 0, 9}, "Revoked", "2025-01-01", ""),
                level(3, 9, new int[] {5, 0, 6}, "UpToDate", "2024-01-01", ""));
        assertThat(evaluate(revokedSgx, domain15("03010700", "05010900")).status())
                .contains(TcbStatus.OUT_OF_DATE);
        TcbInfo outdatedSgx = info(
                module(),
                level(3, 10, new int[] {5, 0, 9}, "OutOfDate", "2025-01-01", ""),
                level(3, 9, new int[] {5, 0, 6}, "UpToDate", "2024-01-01", ""));
        assertThat(evaluate(outdatedSgx, domain15("03010700", "05010900")).status())
                .contains(TcbStatus.OUT_OF_DATE);
        // An outdated platform level under a current module: updating the module would not help.
        TcbInfo outdatedLevel = info(
                module(),
                level(3, 10, new int[] {5, 0, 9}, "UpToDate", "2025-01-01", ""),
                level(3, 9, new int[] {5, 0, 6}, "OutOfDate", "2024-01-01", ""));
        assertThat(evaluate(outdatedLevel, domain15("05010700", "05010900")).status())
                .contains(TcbStatus.OUT_OF_DATE);
        assertThat(evaluate(outdatedLevel, domain15("05000700", "05000900")).status())
                .contains(TcbStatus.OUT_OF_DATE);
    }

    @Test
    void levelsAreSortedBySgxThenPceThenTdx() throws Exception {
        TcbInfo info = info(
                module(),
                level(2, 99, new int[] {9, 0, 9}, "OutOfDate", "2020-01-01", ""),
                level(3, 10, new int[] {5, 0, 7}, "SWHardeningNeeded", "2020-01-01", ""),
                level(3, 10, new int[] {5, 0, 200}, "UpToDate", "2020-01-01", ""),
                level(3, 11, new int[] {1, 0, 1}, "ConfigurationNeeded", "2020-01-01", ""),
                level(200, 1, new int[] {1, 0, 1}, "ConfigurationAndSWHardeningNeeded", "2020-01-01", ""));
        assertThat(info.levels())
                .extracting(level -> level.level().status())
                .containsExactly(
                        TcbStatus.CONFIGURATION_AND_SW_HARDENING_NEEDED,
                        TcbStatus.CONFIGURATION_NEEDED,
                        TcbStatus.UP_TO_DATE,
                        TcbStatus.SW_HARDENING_NEEDED,
                        TcbStatus.OUT_OF_DATE);
    }

    private static TcbClaims evaluate(TcbInfo info, TrustDomainReport domain) throws EvidenceRejected {
        return evaluate(info, domain, 8);
    }

    private static TcbClaims evaluate(TcbInfo info, TrustDomainReport domain, int qeSvn) throws EvidenceRejected {
        return evaluate(info, PLATFORM, domain, qeSvn);
    }

    private static TcbClaims evaluate(TcbInfo info, PckExtension platform, TrustDomainReport domain, int qeSvn)
            throws EvidenceRejected {
        return new TcbEvaluation(info, TdxTcb.qe())
                .evaluate(platform, domain, EnclaveReport.of(TdxTcb.qeReport(qeSvn)));
    }

    private static void notSupported(TcbInfo info, PckExtension platform, TrustDomainReport domain) {
        rejected(info, platform, domain, RejectionReason.TCB_NOT_SUPPORTED);
    }

    private static void rejected(
            TcbInfo info, PckExtension platform, TrustDomainReport domain, RejectionReason reason) {
        assertThatThrownBy(() -> evaluate(info, platform, domain, 8))
                .isInstanceOfSatisfying(EvidenceRejected.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(reason);
                    assertThat(refused.verdict().detail()).isNotBlank();
                });
    }
}
