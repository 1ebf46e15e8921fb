package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CollateralClaims;
import io.attested.sms.attestation.PlatformClaims;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TdxClaims;
import io.attested.sms.attestation.Tee;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One policy over one claim set at one instant.
 *
 * @param policy what is asked for
 * @param claims what the evidence proves
 * @param at when
 */
record PolicyEvaluation(EvidencePolicy policy, Claims claims, Instant at) {
    private static final String ANY = "any";

    List<RuleResult> results() {
        return Stream.of(PolicyRule.values()).map(this::result).toList();
    }

    private RuleResult result(PolicyRule rule) {
        return switch (rule) {
            case TEE ->
                new RuleResult(
                        rule,
                        policy.acceptedTees().contains(claims.tee()),
                        oneOf(policy.acceptedTees()),
                        claims.tee().name());
            case DEBUG -> new RuleResult(rule, !claims.debug(), "off", claims.debug() ? "on" : "off");
            case PROVISION_KEY -> sgx(rule, sgx -> off(rule, sgx.provisionKey(), true));
            case TCB_STATUS -> intel(rule, this::tcbStatus);
            case ADVISORIES -> intel(rule, this::advisories);
            case PLATFORM -> platform(rule);
            case SNP_VMPL -> snp(rule, snp -> vmpl(rule, snp));
            case SNP_MIGRATION_AGENT ->
                snp(
                        rule,
                        snp -> off(
                                rule, snp.migrationAgentAllowed(), policy.snp().noMigrationAgent()));
            case SNP_SIGNING_KEY ->
                snp(
                        rule,
                        snp -> new RuleResult(
                                rule,
                                policy.snp().acceptedKeys().contains(snp.signingKey()),
                                oneOf(policy.snp().acceptedKeys()),
                                snp.signingKey().name()));
            case SNP_GUEST_SVN -> snp(rule, snp -> atLeast(rule, policy.snp().lowestGuestSvn(), snp.guestSvn()));
            case SNP_REPORTED_TCB -> snp(rule, snp -> reportedTcb(rule, snp));
            case TDX_SEPT_VE_DISABLE ->
                tdx(rule, tdx -> on(rule, tdx.septVeDisable(), policy.tdx().septVeDisable()));
            case TDX_MIGRATABLE ->
                tdx(rule, tdx -> off(rule, tdx.migratable(), policy.tdx().notMigratable()));
            case TDX_MR_SERVICE_TD -> tdx(rule, tdx -> serviceDomain(rule, tdx));
            case TDX_XFAM -> tdx(rule, tdx -> xfam(rule, tdx));
            case TDX_REGISTERS -> tdx(rule, tdx -> registers(rule, tdx));
            case REVOCATION_CHECKED -> revocation(rule);
            case EVALUATION_DATA_NUMBER -> intel(rule, this::evaluationDataNumber);
            case COLLATERAL_CURRENT -> collateralCurrent(rule);
        };
    }

    private RuleResult sgx(PolicyRule rule, Function<SgxClaims, RuleResult> judged) {
        return claims.code() instanceof SgxClaims sgx ? judged.apply(sgx) : foreign(rule);
    }

    private RuleResult tdx(PolicyRule rule, Function<TdxClaims, RuleResult> judged) {
        return claims.code() instanceof TdxClaims tdx ? judged.apply(tdx) : foreign(rule);
    }

    private RuleResult snp(PolicyRule rule, Function<SnpClaims, RuleResult> judged) {
        return claims.code() instanceof SnpClaims snp ? judged.apply(snp) : foreign(rule);
    }

    private RuleResult intel(PolicyRule rule, Function<PolicyRule, RuleResult> judged) {
        return claims.tee() == Tee.SEV_SNP ? foreign(rule) : judged.apply(rule);
    }

    private RuleResult foreign(PolicyRule rule) {
        return new RuleResult(rule, true, "nothing of " + claims.tee(), "not applicable");
    }

    private RuleResult tcbStatus(PolicyRule rule) {
        String accepted = oneOf(policy.names());
        String expected = policy.tcb().grace().isZero()
                ? accepted
                : accepted + ", or outdated for at most "
                        + Grace.text(policy.tcb().grace());
        Optional<TcbStatus> status = claims.tcb().status();
        boolean held = status.filter(this::accepted).isPresent();
        String since = claims.tcb()
                .outdatedSince()
                .map(instant -> " (outdated since " + instant + ")")
                .orElse("");
        return new RuleResult(rule, held, expected, status.map(TcbStatus::text).orElse("no status") + since);
    }

    private boolean accepted(TcbStatus status) {
        Set<TcbStatus> accepted = policy.tcb().acceptedStatuses();
        return switch (status) {
            case UP_TO_DATE,
                    SW_HARDENING_NEEDED,
                    CONFIGURATION_NEEDED,
                    CONFIGURATION_AND_SW_HARDENING_NEEDED,
                    TD_RELAUNCH_ADVISED,
                    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED -> accepted.contains(status);
            case OUT_OF_DATE -> withinGrace();
            case OUT_OF_DATE_CONFIGURATION_NEEDED -> withinGrace() && accepted.contains(TcbStatus.CONFIGURATION_NEEDED);
            case REVOKED -> false;
        };
    }

    private boolean withinGrace() {
        return !policy.tcb().grace().isZero()
                && claims.tcb()
                        .outdatedSince()
                        .filter(since -> Duration.between(since, at)
                                        .compareTo(policy.tcb().grace())
                                <= 0)
                        .isPresent();
    }

    private RuleResult advisories(PolicyRule rule) {
        Set<String> seen = claims.tcb().advisories();
        Set<String> accepted = policy.tcb().acceptedAdvisories();
        boolean upToDate =
                claims.tcb().status().filter(TcbStatus.UP_TO_DATE::equals).isPresent();
        boolean known = claims.tcb().advisoriesKnown();
        String expected = accepted.isEmpty() ? "none" : "none but " + String.join(", ", accepted);
        String named = seen.isEmpty() ? "none" : String.join(", ", seen);
        return new RuleResult(
                rule,
                upToDate || known && accepted.containsAll(seen),
                upToDate ? "any with UpToDate" : expected,
                known ? named : named + " named, but TCB info of version 2 does not tell all");
    }

    private RuleResult platform(PolicyRule rule) {
        PlatformClaims platform = claims.platform();
        Set<String> seen = Stream.of(
                        platform.fmspc(), platform.ppidHash(), platform.instanceIdHash(), platform.chipIdHash())
                .flatMap(Optional::stream)
                .map(ByteString::hex)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> accepted =
                policy.acceptedPlatforms().stream().map(ByteString::hex).collect(Collectors.toCollection(TreeSet::new));
        return new RuleResult(
                rule,
                accepted.isEmpty() || seen.stream().anyMatch(accepted::contains),
                accepted.isEmpty() ? ANY : "a listed platform",
                seen.isEmpty() ? "unnamed" : String.join(", ", seen));
    }

    private static RuleResult atLeast(PolicyRule rule, long minimum, long seen) {
        return new RuleResult(rule, seen >= minimum, minimum == 0 ? ANY : "at least " + minimum, Long.toString(seen));
    }

    private static RuleResult on(PolicyRule rule, boolean seen, boolean asked) {
        return new RuleResult(rule, seen || !asked, asked ? "on" : ANY, seen ? "on" : "off");
    }

    private static RuleResult off(PolicyRule rule, boolean seen, boolean asked) {
        return new RuleResult(rule, !seen || !asked, asked ? "off" : ANY, seen ? "on" : "off");
    }

    private RuleResult reportedTcb(PolicyRule rule, SnpClaims snp) {
        Optional<ByteString> minimum =
                Optional.ofNullable(policy.snp().minimumTcb().get(snp.product()));
        String product = snp.product().text();
        return new RuleResult(
                rule,
                minimum.filter(least -> reaches(snp.reportedTcb(), least)).isPresent(),
                minimum.map(least -> "each byte at least that of " + least + " for " + product)
                        .orElse("a minimum for " + product + " in the policy"),
                snp.reportedTcb().hex());
    }

    private RuleResult vmpl(PolicyRule rule, SnpClaims snp) {
        int highest = policy.snp().highestVmpl();
        return new RuleResult(
                rule,
                snp.vmpl() <= highest,
                highest == SnpRules.MAX_VMPL ? ANY : "at most " + highest,
                Integer.toString(snp.vmpl()));
    }

    private static boolean reaches(ByteString seen, ByteString least) {
        for (int i = 0; i < SnpRules.TCB_LENGTH; i++) {
            if (seen.unsigned(i) < least.unsigned(i)) {
                return false;
            }
        }
        return true;
    }

    private RuleResult serviceDomain(PolicyRule rule, TdxClaims tdx) {
        boolean asked = policy.tdx().zeroMrServiceTd();
        Optional<ByteString> bound = tdx.mrServiceTd().filter(hash -> !hash.isZero());
        return new RuleResult(
                rule,
                !asked || bound.isEmpty(),
                asked ? "none" : ANY,
                bound.or(tdx::mrServiceTd)
                        .map(hash -> hash.isZero() ? "none" : hash.hex())
                        .orElse("not shown by this report"));
    }

    private RuleResult xfam(PolicyRule rule, TdxClaims tdx) {
        Optional<ByteString> only = policy.tdx().xfam();
        return new RuleResult(
                rule,
                only.filter(xfam -> !xfam.equals(tdx.xfam())).isEmpty(),
                only.map(ByteString::hex).orElse(ANY),
                tdx.xfam().hex());
    }

    private RuleResult registers(PolicyRule rule, TdxClaims tdx) {
        List<TdxRegister> others = policy.tdx().registers().entrySet().stream()
                .filter(entry -> !entry.getValue().contains(entry.getKey().of(tdx)))
                .map(Map.Entry::getKey)
                .toList();
        return new RuleResult(
                rule,
                others.isEmpty(),
                policy.tdx().registers().isEmpty()
                        ? ANY
                        : "accepted " + policy.tdx().registers().keySet(),
                others.isEmpty()
                        ? "as accepted"
                        : others.stream()
                                .map(register -> register + " " + register.of(tdx))
                                .collect(Collectors.joining(", ")));
    }

    private RuleResult revocation(PolicyRule rule) {
        boolean asked = policy.collateral().revocationChecked();
        boolean checked = claims.collateral().revocationChecked();
        return new RuleResult(
                rule, checked || !asked, asked ? "checked" : ANY, checked ? "checked" : "no revocation list");
    }

    private RuleResult evaluationDataNumber(PolicyRule rule) {
        int minimum = policy.tcb().minimumEvaluationDataNumber();
        CollateralClaims collateral = claims.collateral();
        boolean held = minimum == 0
                || Stream.of(collateral.tcbEvaluationDataNumber(), collateral.qeEvaluationDataNumber())
                        .allMatch(number -> number.filter(n -> n >= minimum).isPresent());
        return new RuleResult(
                rule,
                held,
                minimum == 0 ? ANY : "at least " + minimum,
                "TCB info " + number(collateral.tcbEvaluationDataNumber()) + ", QE identity "
                        + number(collateral.qeEvaluationDataNumber()));
    }

    private static String number(Optional<Integer> number) {
        return number.map(String::valueOf).orElse("none");
    }

    private RuleResult collateralCurrent(PolicyRule rule) {
        Instant expiry = claims.collateral().earliestExpiry();
        boolean held = policy.judgedAt(at).allowsCollateralUntil(expiry);
        String late = at.isAfter(expiry) ? ", past" : "";
        String grace = policy.collateral().grace().isZero()
                ? ""
                : " less " + Grace.text(policy.collateral().grace());
        return new RuleResult(rule, held, "valid at " + at + grace, "valid until " + expiry + late);
    }

    private static String oneOf(Iterable<?> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(text.isEmpty() ? "" : " or ").append(value));
        return text.toString();
    }
}
