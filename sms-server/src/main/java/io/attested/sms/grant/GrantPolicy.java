package io.attested.sms.grant;

import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.task.BulkSlice;
import io.attested.sms.task.DealParameters;
import io.attested.sms.task.DealParametersReader;
import io.attested.sms.task.RegisteredCode;
import io.attested.sms.task.RegisteredCodeReader;
import io.attested.sms.task.TeeFramework;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides every release.
 *
 * <p>Guarantee: the outcome depends on the arguments alone. The order of the checks is part of the contract, because the
 * first one that fails names the refusal: task, code, evidence, secrets.
 */
public final class GrantPolicy {
    private final EvidenceRules evidence;
    private final SecretRules secrets = new SecretRules();
    private final RegisteredCodeReader codeReader = new RegisteredCodeReader();
    private final DealParametersReader parametersReader = new DealParametersReader();
    private final ServedVersions versions;

    /**
     * @param evidencePolicy the operator's rule over verdicts
     * @param versions versions an SGX app's configuration may ask for, and a base image may belong to
     * @param baseImages what trust domains may be started from
     */
    public GrantPolicy(EvidencePolicy evidencePolicy, ServedVersions versions, List<TdxBaseImage> baseImages) {
        this.evidence =
                new EvidenceRules(evidencePolicy, new TrustDomainRules(baseImages, versions.of(TeeFramework.TDX)));
        this.versions = versions;
    }

    /** The same with versions that every framework serves. */
    public GrantPolicy(EvidencePolicy evidencePolicy, Set<String> pipelineVersions, List<TdxBaseImage> baseImages) {
        this(evidencePolicy, ServedVersions.ofAll(pipelineVersions), baseImages);
    }

    /**
     * Whether the task is one whose secrets may be asked for at all: rights at the settled block, vetoes at the head.
     *
     * @param now our clock; the earlier of two deadlines counts, the chain's and ours
     */
    public Optional<Refusal> admit(TaskFacts facts, Instant now) {
        if (facts.task().status() != TaskStatus.ACTIVE || facts.atHead().status() != TaskStatus.ACTIVE) {
            return refusal(
                    RefusalCode.CHAIN_TASK_NOT_ACTIVE,
                    "the task is " + facts.atHead().status() + " on chain, expected ACTIVE");
        }
        Instant deadline = facts.task().contributionDeadline();
        if (!deadline.isAfter(facts.head().time()) || !deadline.isAfter(now)) {
            return refusal(
                    RefusalCode.CHAIN_TASK_NOT_ACTIVE,
                    "the task's contribution deadline " + deadline
                            + " has passed: nobody can contribute to it any more");
        }
        if (TeeFramework.ofTag(facts.deal().tag()).isEmpty()) {
            return refusal(
                    RefusalCode.CHAIN_NOT_A_TEE_TASK,
                    "the deal's tag asks for no trusted execution environment, expected SCONE, GRAMINE or TDX");
        }
        return Optional.empty();
    }

    /** Everything the task of these facts may need from the vault when {@code worker} runs it. */
    public List<SecretNeed> needs(TaskFacts facts, Address worker) {
        return SecretNeed.of(facts.deal(), parameters(facts), worker);
    }

    /**
     * The decision.
     *
     * @param holdings what the vault holds of {@link #needs}
     */
    public Decision decide(TaskFacts facts, Proof proof, Address worker, Holdings holdings, Instant now) {
        Optional<Refusal> notAdmitted = admit(facts, now);
        if (notAdmitted.isPresent()) {
            return notAdmitted.get();
        }
        TeeFramework framework = TeeFramework.ofTag(facts.deal().tag()).orElseThrow();
        RegisteredCode code = codeReader.read(facts.app(), framework);
        Optional<Refusal> refused = registration(code, framework)
                .or(() -> bulk(parameters(facts)))
                .or(() -> evidence.check(proof, framework, code, now));
        if (refused.isPresent()) {
            return refused.get();
        }
        List<Decision.GrantedSecret> granted = new ArrayList<>();
        for (SecretNeed need : needs(facts, worker)) {
            switch (secrets.check(need, facts, holdings)) {
                case SecretRules.Refused(Refusal refusal) -> {
                    return refusal;
                }
                case SecretRules.Found(Decision.GrantedSecret secret) -> granted.add(secret);
                case SecretRules.NotHeld() -> {
                    // An optional secret nobody pushed: the application starts without it, as with the original.
                }
            }
        }
        return new Decision.Grant(facts, framework, code, parameters(facts), BulkSlice.none(), List.copyOf(granted));
    }

    private DealParameters parameters(TaskFacts facts) {
        return parametersReader.read(facts.deal().params());
    }

    private Optional<Refusal> registration(RegisteredCode code, TeeFramework framework) {
        if (code instanceof RegisteredCode.Unreadable(boolean configurationInvalid, String reason)) {
            return refusal(
                    configurationInvalid
                            ? RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID
                            : RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED,
                    reason);
        }
        return code.pipelineVersion()
                .filter(version -> !versions.of(framework).contains(version))
                .flatMap(version -> refusal(
                        RefusalCode.CHAIN_ENCLAVE_CONFIGURATION_INVALID,
                        "the app's enclave configuration asks for a pipeline version that is not served here, expected"
                                + " one of " + versions.of(framework)));
    }

    private static Optional<Refusal> bulk(DealParameters parameters) {
        return parameters.bulkCid().isEmpty()
                ? Optional.empty()
                : refusal(
                        RefusalCode.CHAIN_BULK_NOT_SUPPORTED, "the deal asks for bulk processing, which is not served");
    }

    private static Optional<Refusal> refusal(RefusalCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
