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
 * first one that fails names the refusal: task, code, evidence, the datasets of a bulk, other secrets.
 */
public final class GrantPolicy {
    /** Most entries of a deal's {@code iexec_secrets}. */
    public static final int MOST_REQUESTER_SECRETS = 128;

    private final EvidenceRules evidence;
    private final SecretRules secrets = new SecretRules();
    private final RegisteredCodeReader codeReader = new RegisteredCodeReader();
    private final DealParametersReader parametersReader = new DealParametersReader();
    private final ServedVersions versions;
    private final BulkRules bulk;

    /** One whose versions every framework serves, and that refuses a bulk task with a dataset that cannot be used. */
    public GrantPolicy(EvidencePolicy evidencePolicy, Set<String> pipelineVersions, List<TdxBaseImage> baseImages) {
        this(evidencePolicy, ServedVersions.ofAll(pipelineVersions), baseImages, UnusableDataset.REFUSE);
    }

    /**
     * @param evidencePolicy the operator's rule over verdicts
     * @param versions versions an SGX app's configuration may ask for, and a base image may belong to
     * @param baseImages what trust domains may be started from
     * @param onUnusable what becomes of a bulk task with a dataset that cannot be used
     */
    public GrantPolicy(
            EvidencePolicy evidencePolicy,
            ServedVersions versions,
            List<TdxBaseImage> baseImages,
            UnusableDataset onUnusable) {
        this.evidence =
                new EvidenceRules(evidencePolicy, new TrustDomainRules(baseImages, versions.of(TeeFramework.TDX)));
        this.versions = versions;
        this.bulk = new BulkRules(secrets, onUnusable);
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

    /** Everything the task of these facts may need from the vault when {@code worker} runs it, but for a bulk. */
    public List<SecretNeed> needs(TaskFacts facts, Address worker) {
        return SecretNeed.of(facts, parameters(facts), worker);
    }

    /** The same with the keys of a bulk's datasets. */
    public List<SecretNeed> needs(TaskFacts facts, BulkSlice slice, Address worker) {
        List<SecretNeed> needs = new ArrayList<>(needs(facts, worker));
        needs.addAll(BulkRules.needs(slice));
        return List.copyOf(needs);
    }

    /**
     * What speaks against the release before anything is looked for: task, code, evidence. The first half of
     * {@link #decide}, for what must not be fetched on anybody's word.
     */
    public Optional<Refusal> objection(TaskFacts facts, Proof proof, Instant now) {
        return admit(facts, now).or(() -> {
            TeeFramework framework = TeeFramework.ofTag(facts.deal().tag()).orElseThrow();
            RegisteredCode code = codeReader.read(facts.app(), framework);
            return registration(code, framework)
                    .or(() -> tooManySecrets(parameters(facts)))
                    .or(() -> evidence.check(proof, framework, code, now));
        });
    }

    /** Each may have 4 KB and be named again and again: a deal of a few coins must not fill the service's memory. */
    private static Optional<Refusal> tooManySecrets(DealParameters parameters) {
        int named = parameters.requesterSecrets().size();
        return named <= MOST_REQUESTER_SECRETS
                ? Optional.empty()
                : refusal(
                        RefusalCode.CHAIN_TOO_MANY_SECRETS,
                        "the deal's iexec_secrets have " + named + " entries, expected at most "
                                + MOST_REQUESTER_SECRETS + "; make a deal with fewer");
    }

    /** The decision on a task that is none of a bulk; one of a bulk is refused. */
    public Decision decide(TaskFacts facts, Proof proof, Address worker, Holdings holdings, Instant now) {
        return decide(facts, proof, worker, BulkSlice.none(), holdings, now);
    }

    /**
     * The decision.
     *
     * @param slice the datasets of a bulk task; none where bulk processing is not served
     * @param holdings what the vault holds of {@link #needs(TaskFacts, BulkSlice, Address)}
     * @throws IllegalArgumentException when there is a slice for a deal without a bulk
     */
    public Decision decide(
            TaskFacts facts, Proof proof, Address worker, BulkSlice slice, Holdings holdings, Instant now) {
        Optional<Refusal> notAdmitted = admit(facts, now);
        if (notAdmitted.isPresent()) {
            return notAdmitted.get();
        }
        TeeFramework framework = TeeFramework.ofTag(facts.deal().tag()).orElseThrow();
        RegisteredCode code = codeReader.read(facts.app(), framework);
        Optional<Refusal> refused = registration(code, framework)
                .or(() -> tooManySecrets(parameters(facts)))
                .or(() -> notServed(parameters(facts), slice))
                .or(() -> evidence.check(proof, framework, code, now));
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (bulk.check(slice, holdings)) {
            case BulkRules.Refused(Refusal refusal) -> refusal;
            case BulkRules.Passed(BulkSlice left, List<Decision.GrantedSecret> keys) -> {
                List<Decision.GrantedSecret> granted = new ArrayList<>(keys);
                Optional<Refusal> lacking = grant(facts, worker, holdings, granted);
                yield lacking.<Decision>map(refusal -> refusal)
                        .orElseGet(() -> new Decision.Grant(
                                facts, framework, code, parameters(facts), left, List.copyOf(granted)));
            }
        };
    }

    /** Adds what the task gets beside a bulk's keys, or tells what it lacks. */
    private Optional<Refusal> grant(
            TaskFacts facts, Address worker, Holdings holdings, List<Decision.GrantedSecret> granted) {
        for (SecretNeed need : needs(facts, worker)) {
            switch (secrets.check(need, facts, holdings)) {
                case SecretRules.Refused(Refusal refusal) -> {
                    return Optional.of(refusal);
                }
                case SecretRules.Found(Decision.GrantedSecret secret) -> granted.add(secret);
                case SecretRules.NotHeld() -> {
                    // An optional secret nobody pushed: the application starts without it, as with the original.
                }
            }
        }
        return Optional.empty();
    }

    /** What the requester wrote into the deal. */
    public DealParameters parameters(TaskFacts facts) {
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

    private static Optional<Refusal> notServed(DealParameters parameters, BulkSlice slice) {
        if (parameters.bulkCid().isEmpty()) {
            if (!slice.elements().isEmpty()) {
                throw new IllegalArgumentException("a slice for a deal without a bulk");
            }
            return Optional.empty();
        }
        return slice.elements().isEmpty()
                ? refusal(
                        RefusalCode.CHAIN_BULK_NOT_SUPPORTED,
                        "the deal asks for bulk processing, which is not served: no IPFS gateway is configured")
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(RefusalCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
