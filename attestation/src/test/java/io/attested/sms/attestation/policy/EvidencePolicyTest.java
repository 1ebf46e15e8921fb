package io.attested.sms.attestation.policy;

import static io.attested.sms.attestation.policy.SampleClaims.FMSPC;
import static io.attested.sms.attestation.policy.SampleClaims.NOW;
import static io.attested.sms.attestation.policy.SampleClaims.amd;
import static io.attested.sms.attestation.policy.SampleClaims.bytes;
import static io.attested.sms.attestation.policy.SampleClaims.collateral;
import static io.attested.sms.attestation.policy.SampleClaims.domain;
import static io.attested.sms.attestation.policy.SampleClaims.enclave;
import static io.attested.sms.attestation.policy.SampleClaims.expiring;
import static io.attested.sms.attestation.policy.SampleClaims.guest;
import static io.attested.sms.attestation.policy.SampleClaims.intel;
import static io.attested.sms.attestation.policy.SampleClaims.outdated;
import static io.attested.sms.attestation.policy.SampleClaims.sgx;
import static io.attested.sms.attestation.policy.SampleClaims.tcb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CollateralClaims;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EvidencePolicyTest {
    /** The standard policy, and every firmware of one AMD product. */
    private static final EvidencePolicy STANDARD = EvidencePolicy.standard()
            .withTees(EnumSet.allOf(Tee.class))
            .withSnp(SnpRules.strict().withMinimumTcb(Map.of(AmdProduct.MILAN, bytes(8, 0))));

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void theStandardPolicyAcceptsCurrentEvidenceOfEveryKind() {
        accepted(EvidencePolicy.standard(), intel(enclave(5, 0)));
        accepted(EvidencePolicy.standard(), intel(domain()));
        accepted(STANDARD, amd(guest(0, "0000000000000000"), true));
    }

    @Test
    void theStandardPolicyAcceptsNoGuestBecauseNobodyNamedItsFirmware() {
        assertThat(decision(EvidencePolicy.standard(), amd(guest(0, "ff".repeat(8)), true))
                        .broken())
                .containsExactly(
                        new RuleResult(PolicyRule.TEE, false, "SGX or TDX", "SEV_SNP"),
                        new RuleResult(
                                PolicyRule.SNP_REPORTED_TCB,
                                false,
                                "a minimum for Milan in the policy",
                                "ff".repeat(8)));
    }

    @Test
    void theMinimumFirmwareIsTheProducts() {
        Claims genoa = guestOf(AmdProduct.GENOA, SigningKey.VCEK, 0x30000, 0);
        broken(STANDARD, genoa, PolicyRule.SNP_REPORTED_TCB, "a minimum for Genoa in the policy", "00".repeat(8));
        accepted(
                STANDARD.withSnp(SnpRules.strict()
                        .withMinimumTcb(Map.of(AmdProduct.MILAN, bytes(8, 9), AmdProduct.GENOA, bytes(8, 0)))),
                genoa);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1, false", "2, 2, true", "2, 3, false", "3, 3, true"})
    void reportsComeFromAPrivilegedLevel(int highest, int vmpl, boolean held) {
        EvidencePolicy policy = STANDARD.withSnp(STANDARD.snp().withHighestVmpl(highest));
        Claims claims = guestOf(AmdProduct.MILAN, SigningKey.VCEK, 0x30000, vmpl);
        assertThat(decision(policy, claims).accepted()).isEqualTo(held);
        assertThat(decision(policy, claims).of(PolicyRule.SNP_VMPL))
                .isEqualTo(new RuleResult(
                        PolicyRule.SNP_VMPL, held, highest == 3 ? "any" : "at most " + highest, "" + vmpl));
    }

    @Test
    void aMigrationAgentIsNotAllowed() {
        Claims movable = guestOf(AmdProduct.MILAN, SigningKey.VCEK, 0x70000, 0);
        broken(STANDARD, movable, PolicyRule.SNP_MIGRATION_AGENT, "off", "on");
        accepted(STANDARD.withSnp(STANDARD.snp().withNoMigrationAgent(false)), movable);
    }

    @Test
    void theSigningKeyIsOfAnAcceptedKind() {
        Claims ofProvider = guestOf(AmdProduct.MILAN, SigningKey.VLEK, 0x30000, 0);
        broken(STANDARD, ofProvider, PolicyRule.SNP_SIGNING_KEY, "VCEK", "VLEK");
        EvidencePolicy both = STANDARD.withSnp(STANDARD.snp().withKeys(Set.of(SigningKey.values())));
        accepted(both, ofProvider);
        accepted(both, amd(guest(0, "00".repeat(8)), true));
    }

    private static Claims guestOf(AmdProduct product, SigningKey key, long policy, int vmpl) {
        return amd(SampleClaims.guest(product, key, 0, policy, vmpl, "00".repeat(8)), true);
    }

    @ParameterizedTest
    @EnumSource
    void anotherKindOfTeeIsRefused(Tee only) {
        EvidencePolicy policy = STANDARD.withTees(Set.of(only));
        for (Claims claims : List.of(intel(enclave(5, 0)), intel(domain()), amd(guest(0, "00".repeat(8)), true))) {
            if (claims.tee() == only) {
                accepted(policy, claims);
            } else {
                broken(policy, claims, PolicyRule.TEE, only.name(), claims.tee().name());
            }
        }
    }

    @Test
    void debugIsNeverAccepted() {
        Claims claims = intel(domain(), true, tcb(TcbStatus.UP_TO_DATE), collateral(20, 20));
        broken(STANDARD, claims, PolicyRule.DEBUG, "off", "on");
        assertThat(decision(STANDARD, intel(domain())).of(PolicyRule.DEBUG).seen())
                .isEqualTo("off");
    }

    @Test
    void provisionKeyIsNeverAccepted() {
        broken(STANDARD, intel(enclave(0x15, 0)), PolicyRule.PROVISION_KEY, "off", "on");
    }

    @ParameterizedTest
    @CsvSource({
        "UP_TO_DATE, true",
        "SW_HARDENING_NEEDED, true",
        "CONFIGURATION_NEEDED, false",
        "CONFIGURATION_AND_SW_HARDENING_NEEDED, false",
        "TD_RELAUNCH_ADVISED, false",
        "TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED, false",
        "OUT_OF_DATE, false",
        "OUT_OF_DATE_CONFIGURATION_NEEDED, false",
        "REVOKED, false"
    })
    void theStandardPolicyAcceptsTwoStatuses(TcbStatus status, boolean held) {
        assertThat(decision(STANDARD, sgx(tcb(status))).accepted()).isEqualTo(held);
        RuleResult result = decision(STANDARD, sgx(tcb(status))).of(PolicyRule.TCB_STATUS);
        assertThat(result)
                .isEqualTo(new RuleResult(PolicyRule.TCB_STATUS, held, "SWHardeningNeeded or UpToDate", status.text()));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SW_HARDENING_NEEDED",
                "CONFIGURATION_NEEDED",
                "CONFIGURATION_AND_SW_HARDENING_NEEDED",
                "TD_RELAUNCH_ADVISED",
                "TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED"
            })
    void aConfiguredStatusNeedsEveryAdvisoryOnTheList(TcbStatus status) {
        EvidencePolicy policy = STANDARD.withTcb(
                TcbRules.standard().withStatuses(Set.of(status)).withAdvisories(Set.of("A", "B", "C")));
        accepted(policy, sgx(tcb(status)));
        accepted(policy, sgx(tcb(status, "A", "C")));
        broken(policy, sgx(tcb(status, "A", "D")), PolicyRule.ADVISORIES, "none but A, B, C", "A, D");
        broken(policy, sgx(tcb(TcbStatus.UP_TO_DATE)), PolicyRule.TCB_STATUS, status.text(), "UpToDate");
    }

    @Test
    void withoutAListNoAdvisoryIsAcceptedButWithUpToDateAny() {
        broken(STANDARD, sgx(tcb(TcbStatus.SW_HARDENING_NEEDED, "A")), PolicyRule.ADVISORIES, "none", "A");
        accepted(STANDARD, sgx(tcb(TcbStatus.UP_TO_DATE, "A")));
        RuleResult result =
                decision(STANDARD, sgx(tcb(TcbStatus.UP_TO_DATE, "A", "B"))).of(PolicyRule.ADVISORIES);
        assertThat(result).isEqualTo(new RuleResult(PolicyRule.ADVISORIES, true, "any with UpToDate", "A, B"));
        assertThat(decision(STANDARD, sgx(tcb(TcbStatus.UP_TO_DATE)))
                        .of(PolicyRule.ADVISORIES)
                        .seen())
                .isEqualTo("none");
    }

    @Test
    void unknownAdvisoriesAreNotNone() {
        TcbClaims ofVersion2 = new TcbClaims(
                Optional.of(TcbStatus.SW_HARDENING_NEEDED), new TreeSet<>(), false, Optional.of(NOW), Optional.empty());
        broken(
                STANDARD,
                sgx(ofVersion2),
                PolicyRule.ADVISORIES,
                "none",
                "none named, but TCB info of version 2 does not tell all");
        refused(
                STANDARD.withTcb(TcbRules.standard().withAdvisories(Set.of("A"))),
                sgx(ofVersion2),
                PolicyRule.ADVISORIES);
        accepted(
                STANDARD,
                sgx(new TcbClaims(
                        Optional.of(TcbStatus.UP_TO_DATE),
                        new TreeSet<>(),
                        false,
                        Optional.of(NOW),
                        Optional.empty())));
    }

    @Test
    void instantsAtEitherEndOfTimeAreJudged() {
        EvidencePolicy grace = STANDARD.withTcb(TcbRules.standard().withGrace(WEEK))
                .withCollateral(CollateralRules.strict().withGrace(WEEK));
        for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
            for (Instant since : List.of(Instant.MIN, Instant.MAX)) {
                Claims claims = intel(enclave(5, 0), false, outdated(TcbStatus.OUT_OF_DATE, since), expiring(since));
                boolean held = !at.isAfter(since);
                assertThat(grace.evaluate(claims, at).of(PolicyRule.TCB_STATUS).held())
                        .isEqualTo(held);
                assertThat(grace.evaluate(claims, at)
                                .of(PolicyRule.COLLATERAL_CURRENT)
                                .held())
                        .isEqualTo(held);
            }
        }
    }

    @Test
    void aReportWithoutServiceDomainFieldSaysSo() {
        Claims ofReport10 = intel(domain("0000001000000000", Optional.empty()));
        assertThat(decision(STANDARD, ofReport10).of(PolicyRule.TDX_MR_SERVICE_TD))
                .isEqualTo(new RuleResult(PolicyRule.TDX_MR_SERVICE_TD, true, "none", "not shown by this report"));
        assertThat(decision(STANDARD, intel(domain()))
                        .of(PolicyRule.TDX_MR_SERVICE_TD)
                        .seen())
                .isEqualTo("none");
    }

    @Test
    void upToDateOnlyAcceptsNothingElse() {
        accepted(EvidencePolicy.upToDateOnly(), sgx(tcb(TcbStatus.UP_TO_DATE)));
        broken(
                EvidencePolicy.upToDateOnly(),
                sgx(tcb(TcbStatus.SW_HARDENING_NEEDED)),
                PolicyRule.TCB_STATUS,
                "UpToDate",
                "SWHardeningNeeded");
        assertThat(EvidencePolicy.upToDateOnly().acceptedStatuses()).containsExactly(TcbStatus.UP_TO_DATE);
        assertThat(STANDARD.names()).containsExactly("SWHardeningNeeded", "UpToDate");
    }

    @Test
    void intelEvidenceWithoutAStatusIsRefused() {
        TcbClaims none = new TcbClaims(Optional.empty(), new TreeSet<>(), true, Optional.empty(), Optional.empty());
        broken(STANDARD, sgx(none), PolicyRule.TCB_STATUS, "SWHardeningNeeded or UpToDate", "no status");
    }

    @ParameterizedTest
    @CsvSource({"604800, true", "604801, false", "0, true", "-5, true"})
    void outdatedPassesWithinTheGraceOnly(long secondsAgo, boolean held) {
        EvidencePolicy policy = STANDARD.withTcb(TcbRules.standard().withGrace(WEEK));
        Claims claims = sgx(outdated(TcbStatus.OUT_OF_DATE, NOW.minusSeconds(secondsAgo)));
        RuleResult result = decision(policy, claims).of(PolicyRule.TCB_STATUS);
        assertThat(result)
                .isEqualTo(new RuleResult(
                        PolicyRule.TCB_STATUS,
                        held,
                        "SWHardeningNeeded or UpToDate, or outdated for at most P7D",
                        "OutOfDate (outdated since " + NOW.minusSeconds(secondsAgo) + ")"));
        assertThat(decision(policy, claims).accepted()).isEqualTo(held);
    }

    @Test
    void withoutGraceOrDateNoOutdatedPlatformPasses() {
        refused(STANDARD, sgx(outdated(TcbStatus.OUT_OF_DATE, NOW)), PolicyRule.TCB_STATUS);
        refused(STANDARD, sgx(outdated(TcbStatus.OUT_OF_DATE, NOW.plusSeconds(9))), PolicyRule.TCB_STATUS);
        EvidencePolicy grace = STANDARD.withTcb(TcbRules.standard().withGrace(WEEK));
        refused(grace, sgx(tcb(TcbStatus.OUT_OF_DATE)), PolicyRule.TCB_STATUS);
        refused(grace, sgx(outdated(TcbStatus.REVOKED, NOW)), PolicyRule.TCB_STATUS);
    }

    @Test
    void theGraceForgivesNeitherAdvisoriesNorConfiguration() {
        EvidencePolicy grace =
                STANDARD.withTcb(TcbRules.standard().withGrace(WEEK).withAdvisories(Set.of("A")));
        accepted(grace, sgx(outdated(TcbStatus.OUT_OF_DATE, NOW, "A")));
        refused(grace, sgx(outdated(TcbStatus.OUT_OF_DATE, NOW, "A", "B")), PolicyRule.ADVISORIES);
        Claims configuration = sgx(outdated(TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED, NOW, "A"));
        refused(grace, configuration, PolicyRule.TCB_STATUS);
        EvidencePolicy configured = grace.withTcb(grace.tcb().withStatuses(Set.of(TcbStatus.CONFIGURATION_NEEDED)));
        accepted(configured, configuration);
        refused(
                configured,
                sgx(outdated(
                        TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED,
                        NOW.minus(WEEK).minusSeconds(1),
                        "A")),
                PolicyRule.TCB_STATUS);
    }

    @ParameterizedTest
    @EnumSource(names = {"OUT_OF_DATE", "OUT_OF_DATE_CONFIGURATION_NEEDED", "REVOKED"})
    void someStatusesCannotBeAccepted(TcbStatus status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcbRules.standard().withStatuses(Set.of(TcbStatus.UP_TO_DATE, status)))
                .withMessageContaining(status.name());
    }

    @Test
    void aPlatformPassesByAnyOfItsNames() {
        for (ByteString name : List.of(FMSPC, bytes(32, 0xa), bytes(32, 0xb))) {
            accepted(STANDARD.withPlatforms(Set.of(name, bytes(32, 0xf))), intel(enclave(5, 0)));
        }
        accepted(STANDARD.withPlatforms(Set.of(bytes(32, 0xc))), amd(guest(0, "00".repeat(8)), true));
        broken(
                STANDARD.withPlatforms(Set.of(bytes(32, 0xc), bytes(6, 1))),
                intel(enclave(5, 0)),
                PolicyRule.PLATFORM,
                "a listed platform",
                FMSPC + ", " + bytes(32, 0xa) + ", " + bytes(32, 0xb));
        assertThat(decision(STANDARD, intel(enclave(5, 0)))
                        .of(PolicyRule.PLATFORM)
                        .expected())
                .isEqualTo("any");
    }

    @Test
    void anUnnamedPlatformIsOnNoList() {
        Claims named = amd(guest(0, "00".repeat(8)), true);
        Claims unnamed = new Claims(
                named.code(),
                named.reportData(),
                false,
                named.tcb(),
                new io.attested.sms.attestation.PlatformClaims(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                named.collateral(),
                0,
                "simulated");
        accepted(STANDARD, unnamed);
        broken(STANDARD.withPlatforms(Set.of(FMSPC)), unnamed, PolicyRule.PLATFORM, "a listed platform", "unnamed");
    }

    @Test
    void lowestSecurityVersionsAreInclusive() {
        EvidencePolicy policy = STANDARD.withSnp(SnpRules.strict()
                .withLowestGuestSvn(4)
                .withMinimumTcb(Map.of(AmdProduct.MILAN, ByteString.ofHex("0300000000000873"))));
        accepted(policy, amd(guest(4, "0300000000000873"), true));
        accepted(policy, amd(guest(5, "04000000000009ff"), true));
        broken(policy, amd(guest(3, "0300000000000873"), true), PolicyRule.SNP_GUEST_SVN, "at least 4", "3");
        for (String lower : List.of("0200000000000973", "0300000000000773", "03000000000009" + "72")) {
            broken(
                    policy,
                    amd(guest(4, lower), true),
                    PolicyRule.SNP_REPORTED_TCB,
                    "each byte at least that of 0300000000000873 for Milan",
                    lower);
        }
    }

    @Test
    void trustDomainsAreHardened() {
        Claims unhardened = intel(domain("0000000000000000", Optional.empty()));
        broken(STANDARD, unhardened, PolicyRule.TDX_SEPT_VE_DISABLE, "on", "off");
        Claims migratable = intel(domain("0000003000000000", Optional.empty()));
        broken(STANDARD, migratable, PolicyRule.TDX_MIGRATABLE, "off", "on");
        Claims served = intel(domain("0000001000000000", Optional.of(bytes(48, 9))));
        broken(
                STANDARD,
                served,
                PolicyRule.TDX_MR_SERVICE_TD,
                "none",
                bytes(48, 9).hex());
        EvidencePolicy anything = STANDARD.withTdx(TdxRules.none());
        for (Claims claims : List.of(unhardened, migratable, served)) {
            accepted(anything, claims);
        }
        accepted(STANDARD, intel(domain("0000001000000000", Optional.empty())));
        assertThat(decision(anything, served).results())
                .filteredOn(result -> result.rule().text().startsWith("tdx-"))
                .extracting(RuleResult::expected)
                .containsOnly("any");
    }

    @Test
    void xfamIsTheOneGiven() {
        accepted(STANDARD.withTdx(TdxRules.strict().withXfam(domain().xfam())), intel(domain()));
        broken(
                STANDARD.withTdx(TdxRules.strict().withXfam(bytes(8, 1))),
                intel(domain()),
                PolicyRule.TDX_XFAM,
                "01".repeat(8),
                "e700060000000000");
    }

    @ParameterizedTest
    @EnumSource
    void aRegisterHasOneOfItsValues(TdxRegister register) {
        ByteString value = SampleClaims.register(register);
        ByteString other = bytes(48, 0xee);
        accepted(with(Map.of(register, Set.of(other, value))), intel(domain()));
        broken(
                with(Map.of(register, Set.of(other))),
                intel(domain()),
                PolicyRule.TDX_REGISTERS,
                "accepted [" + register + "]",
                register + " " + value);
        accepted(with(Map.of(register, Set.of(other))), intel(enclave(5, 0)));
    }

    @Test
    void allRegistersAreCompared() {
        EvidencePolicy policy = with(Map.of(
                TdxRegister.MRTD, Set.of(bytes(48, 0xee)),
                TdxRegister.RTMR0, Set.of(SampleClaims.register(TdxRegister.RTMR0)),
                TdxRegister.RTMR1, Set.of(bytes(48, 0xee))));
        assertThat(decision(policy, intel(domain()))
                        .of(PolicyRule.TDX_REGISTERS)
                        .seen())
                .contains("MRTD ", "RTMR1 ")
                .doesNotContain("RTMR0");
        assertThat(decision(STANDARD, intel(domain())).of(PolicyRule.TDX_REGISTERS))
                .isEqualTo(new RuleResult(PolicyRule.TDX_REGISTERS, true, "any", "as accepted"));
    }

    private static EvidencePolicy with(Map<TdxRegister, Set<ByteString>> registers) {
        return STANDARD.withTdx(TdxRules.strict().withRegisters(registers));
    }

    @Test
    void revocationMustHaveBeenChecked() {
        Claims unchecked = amd(guest(0, "00".repeat(8)), false);
        broken(STANDARD, unchecked, PolicyRule.REVOCATION_CHECKED, "checked", "no revocation list");
        EvidencePolicy lenient = STANDARD.withCollateral(new CollateralRules(false, Duration.ZERO));
        accepted(lenient, unchecked);
        assertThat(decision(lenient, intel(domain())).of(PolicyRule.REVOCATION_CHECKED))
                .isEqualTo(new RuleResult(PolicyRule.REVOCATION_CHECKED, true, "any", "checked"));
    }

    @ParameterizedTest
    @CsvSource({"17, 17, true", "18, 19, true", "16, 17, false", "17, 16, false"})
    void bothEvaluationsReachTheLowest(int tcbNumber, int qeNumber, boolean held) {
        EvidencePolicy policy = STANDARD.withTcb(TcbRules.standard().withMinimumEvaluationDataNumber(17));
        assertThat(decision(policy, sgx(collateral(tcbNumber, qeNumber))).of(PolicyRule.EVALUATION_DATA_NUMBER))
                .isEqualTo(new RuleResult(
                        PolicyRule.EVALUATION_DATA_NUMBER,
                        held,
                        "at least 17",
                        "TCB info " + tcbNumber + ", QE identity " + qeNumber));
    }

    @Test
    void anUnknownEvaluationReachesNoLowest() {
        CollateralClaims unknown = new CollateralClaims(Optional.of(9), Optional.empty(), Optional.empty(), NOW, true);
        accepted(STANDARD, sgx(unknown));
        broken(
                STANDARD.withTcb(TcbRules.standard().withMinimumEvaluationDataNumber(1)),
                sgx(unknown),
                PolicyRule.EVALUATION_DATA_NUMBER,
                "at least 1",
                "TCB info 9, QE identity none");
        assertThat(decision(STANDARD, sgx(unknown))
                        .of(PolicyRule.EVALUATION_DATA_NUMBER)
                        .expected())
                .isEqualTo("any");
    }

    @Test
    void expiredCollateralPassesWithinTheGraceOnly() {
        EvidencePolicy grace = STANDARD.withCollateral(CollateralRules.strict().withGrace(WEEK));
        accepted(STANDARD, sgx(expiring(NOW)));
        broken(
                STANDARD,
                sgx(expiring(NOW.minusSeconds(1))),
                PolicyRule.COLLATERAL_CURRENT,
                "valid at 2026-11-01T12:00:00Z",
                "valid until 2026-11-01T11:59:59Z, past");
        accepted(grace, sgx(expiring(NOW.minus(WEEK))));
        broken(
                grace,
                sgx(expiring(NOW.minus(WEEK).minusSeconds(1))),
                PolicyRule.COLLATERAL_CURRENT,
                "valid at 2026-11-01T12:00:00Z less P7D",
                "valid until 2026-10-25T11:59:59Z, past");
        assertThat(decision(STANDARD, sgx(expiring(NOW)))
                        .of(PolicyRule.COLLATERAL_CURRENT)
                        .seen())
                .isEqualTo("valid until 2026-11-01T12:00:00Z");
        assertThat(grace.judgedAt(NOW).collateralGrace()).isEqualTo(WEEK);
        assertThat(grace.judgedAt(NOW).instant()).isEqualTo(NOW);
    }

    @Test
    void everyRuleIsListedEvenIfAllAreBroken() {
        EvidencePolicy policy = new EvidencePolicy(
                Set.of(Tee.SEV_SNP),
                TcbRules.standard().withMinimumEvaluationDataNumber(30),
                Set.of(bytes(6, 9)),
                TdxRules.strict(),
                SnpRules.strict(),
                CollateralRules.strict());
        CollateralClaims collateral =
                new CollateralClaims(Optional.of(1), Optional.of(1), Optional.empty(), NOW.minusSeconds(1), false);
        Claims claims = intel(enclave(0x17, 1), true, tcb(TcbStatus.OUT_OF_DATE, "A"), collateral);
        PolicyDecision decision = decision(policy, claims);
        assertThat(decision.results()).extracting(RuleResult::rule).containsExactly(PolicyRule.values());
        assertThat(decision.broken())
                .extracting(RuleResult::rule)
                .containsExactly(
                        PolicyRule.TEE,
                        PolicyRule.DEBUG,
                        PolicyRule.PROVISION_KEY,
                        PolicyRule.TCB_STATUS,
                        PolicyRule.ADVISORIES,
                        PolicyRule.PLATFORM,
                        PolicyRule.REVOCATION_CHECKED,
                        PolicyRule.EVALUATION_DATA_NUMBER,
                        PolicyRule.COLLATERAL_CURRENT);
    }

    @Test
    void rulesOfOtherTeesDoNotApply() {
        assertThat(decision(STANDARD, amd(guest(0, "00".repeat(8)), true)).results())
                .filteredOn(result -> result.seen().equals("not applicable"))
                .allSatisfy(result -> assertThat(result.expected()).isEqualTo("nothing of SEV_SNP"))
                .extracting(result -> result.rule().text())
                .containsExactly(
                        "provision-key",
                        "tcb-status",
                        "advisories",
                        "tdx-sept-ve-disable",
                        "tdx-migratable",
                        "tdx-mr-service-td",
                        "tdx-xfam",
                        "tdx-registers",
                        "evaluation-data-number");
    }

    @Test
    void impossiblePoliciesCannotBeMade() {
        impossible(() -> STANDARD.withTees(Set.of()));
        impossible(() -> STANDARD.withPlatforms(Set.of(bytes(7, 0))));
        impossible(() -> TcbRules.standard().withStatuses(Set.of()));
        impossible(() -> TcbRules.standard().withMinimumEvaluationDataNumber(-1));
        impossible(() -> TcbRules.standard().withGrace(Duration.ofSeconds(-1)));
        impossible(() -> CollateralRules.strict().withGrace(Duration.ofDays(365).plusNanos(1)));
        assertThat(CollateralRules.strict().withGrace(Duration.ofDays(365)).grace())
                .isEqualTo(Duration.ofDays(365));
        impossible(() -> SnpRules.strict().withLowestGuestSvn(-1));
        impossible(() -> SnpRules.strict().withLowestGuestSvn(1L << 32));
        impossible(() -> SnpRules.strict().withMinimumTcb(Map.of(AmdProduct.TURIN, bytes(7, 0))));
        impossible(() -> SnpRules.strict().withHighestVmpl(4));
        impossible(() -> SnpRules.strict().withHighestVmpl(-1));
        impossible(() -> SnpRules.strict().withKeys(Set.of()));
        impossible(() -> TdxRules.none().withXfam(bytes(9, 0)));
        impossible(() -> TdxRules.none().withRegisters(Map.of(TdxRegister.MRTD, Set.of())));
        impossible(() -> TdxRules.none().withRegisters(Map.of(TdxRegister.MRTD, Set.of(bytes(47, 0)))));
        impossible(() -> new PolicyDecision(List.of()));
        assertThat(SnpRules.strict().withLowestGuestSvn(0xffff_ffffL).lowestGuestSvn())
                .isEqualTo(0xffff_ffffL);
    }

    private static void impossible(org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageMatching(".*(expected|are not).*");
    }

    private static PolicyDecision decision(EvidencePolicy policy, Claims claims) {
        return policy.evaluate(claims, NOW);
    }

    private static void accepted(EvidencePolicy policy, Claims claims) {
        PolicyDecision decision = decision(policy, claims);
        assertThat(decision.broken()).isEmpty();
        assertThat(decision.accepted()).isTrue();
    }

    private static void refused(EvidencePolicy policy, Claims claims, PolicyRule rule) {
        PolicyDecision decision = decision(policy, claims);
        assertThat(decision.accepted()).isFalse();
        assertThat(decision.broken()).extracting(RuleResult::rule).containsExactly(rule);
    }

    private static void broken(EvidencePolicy policy, Claims claims, PolicyRule rule, String expected, String seen) {
        refused(policy, claims, rule);
        assertThat(decision(policy, claims).of(rule)).isEqualTo(new RuleResult(rule, false, expected, seen));
    }
}
