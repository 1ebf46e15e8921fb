package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.grant.ChainRefusals;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.identity.Signing;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.ReleaseWriter;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Hands out challenges, native protocol section 2.
 *
 * <p>The order matters: what costs nothing and needs nobody's signature first, then the worker's signature, then the
 * chain, then the workerpool's signature, whose expected signer only the chain knows. Nothing is written before both
 * signatures hold.
 */
public final class ChallengeDesk {
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(5);

    private final IntentDomain domain;
    private final TaskBook tasks;
    private final TaskGate gate;
    private final SignatureJudge signatures;
    private final Keyring keyring;
    private final DecisionRecorder recorder;
    private final ChallengeMint mint;
    private final InstantSource clock;

    ChallengeDesk(
            IntentDomain domain,
            TaskBook tasks,
            TaskGate gate,
            SignatureJudge signatures,
            Keyring keyring,
            DecisionRecorder recorder,
            ChallengeMint mint,
            InstantSource clock) {
        this.domain = domain;
        this.tasks = tasks;
        this.gate = gate;
        this.signatures = signatures;
        this.keyring = keyring;
        this.recorder = recorder;
        this.mint = mint;
        this.clock = clock;
    }

    /** A challenge for {@code request}, or why there is none. */
    public AskOutcome ask(AskRequest request) {
        Optional<Refusal> refused = checkForm(request).or(() -> checkWorker(request));
        if (refused.isPresent()) {
            return new AskOutcome.Refused(refused.get());
        }
        TaskLookup lookup = request.deal()
                .map(claim -> tasks.now(request.chainTaskId(), claim))
                .orElseGet(() -> tasks.now(request.chainTaskId()));
        return switch (lookup) {
            case TaskLookup.Found(TaskFacts facts) -> ask(request, facts);
            case TaskLookup.NotSettled later -> new AskOutcome.Refused(ChainRefusals.of(later));
            case TaskLookup.Unknown unknown -> new AskOutcome.Refused(ChainRefusals.of(unknown));
            case TaskLookup.Boosted boosted -> new AskOutcome.Refused(ChainRefusals.of(boosted));
            case TaskLookup.Unavailable(var failure) -> new AskOutcome.Refused(ChainRefusals.of(failure));
        };
    }

    private AskOutcome ask(AskRequest request, TaskFacts facts) {
        Optional<Refusal> notSigned = checkPool(request, facts);
        if (notSigned.isPresent()) {
            return new AskOutcome.Refused(notSigned.get());
        }
        Optional<Refusal> refused = gate.admit(facts).or(() -> checkEnclaveChallenge(request));
        if (refused.isPresent()) {
            recorder.refused(refused.get(), facts, request.worker());
            return new AskOutcome.Refused(refused.get());
        }
        ChallengeToken token = mint.mint(request.chainTaskId(), request.worker(), clock.instant());
        return new AskOutcome.Issued(
                mint.write(token),
                token.nonce(),
                token.expiresAt(),
                ByteString.copyOf(keyring.serviceKey().publicKey().bytes()));
    }

    private Optional<Refusal> checkForm(AskRequest request) {
        Instant now = clock.instant();
        Instant deadline = request.ask().deadline();
        if (!request.ask().stage().equals(ReleaseWriter.STAGE)) {
            return refusal(RefusalCode.REQUEST_STAGE_NOT_SERVED, "the only stage served here is \"app\"");
        }
        if (!deadline.isAfter(now)) {
            return refusal(RefusalCode.REQUEST_EXPIRED, "the ask's deadline has passed; sign a new one");
        }
        if (deadline.isAfter(now.plus(LONGEST_DEADLINE))) {
            return refusal(
                    RefusalCode.REQUEST_DEADLINE_TOO_FAR,
                    "the ask's deadline is more than " + LONGEST_DEADLINE.toMinutes() + " minutes ahead");
        }
        boolean consistent = request.ask().chainTaskId().equals(request.chainTaskId())
                && request.ask().worker().equals(request.worker())
                && request.ask().enclaveChallenge().equals(request.enclaveChallenge());
        return consistent
                ? Optional.empty()
                : refusal(
                        RefusalCode.REQUEST_INCONSISTENT,
                        "ask and authorisation differ in task, worker or enclave challenge");
    }

    private Optional<Refusal> checkWorker(AskRequest request) {
        return refusal(
                signatures.settled(request.worker(), request.ask().digest(domain), request.askSignature()),
                "the ask is not signed by its worker for this chain, hub and service (EIP-712, salt = SHA-256 of the"
                        + " service key)");
    }

    private Optional<Refusal> checkPool(AskRequest request, TaskFacts facts) {
        byte[] digest = IexecDigests.personalMessage(IexecDigests.authorization(
                request.worker().bytes(),
                request.chainTaskId(),
                request.enclaveChallenge().bytes()));
        return refusal(
                signatures.settled(facts.deal().workerpool().ownerAtMatch(), digest, request.poolSignature()),
                "the authorisation is not signed by the owner of the deal's workerpool");
    }

    private static Optional<Refusal> refusal(Signing signing, String notSigned) {
        return switch (signing) {
            case Signing.Signed ignored -> Optional.empty();
            case Signing.NotSigned ignored -> refusal(RefusalCode.REQUEST_BAD_SIGNATURE, notSigned);
            case Signing.Unknown(var failure) -> Optional.of(ChainRefusals.of(failure));
        };
    }

    private Optional<Refusal> checkEnclaveChallenge(AskRequest request) {
        try (TaskChallengeKey key = keyring.challengeKey(domain.chainId(), domain.hub(), request.chainTaskId())) {
            return key.address().equals(request.enclaveChallenge())
                    ? Optional.empty()
                    : refusal(
                            RefusalCode.REQUEST_WRONG_ENCLAVE_CHALLENGE,
                            "the enclave challenge is not the one POST /tee/challenges gives for this task");
        }
    }

    private static Optional<Refusal> refusal(RefusalCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
