package io.attested.sms.iexec;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Proof;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.grant.SecretUse;
import io.attested.sms.identity.IexecDigests;
import io.attested.sms.identity.IntentDomain;
import io.attested.sms.identity.SentSignature;
import io.attested.sms.identity.SignatureJudge;
import io.attested.sms.identity.Signing;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.keyring.TamperedRecord;
import io.attested.sms.keyring.TaskChallengeKey;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.SessionPublisher;
import io.attested.sms.session.SessionPublishers;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import io.attested.sms.task.TeeFramework;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves workers and schedulers: challenges and sessions, contract sections 1.4 and 2.4.
 *
 * <p>A session of the native publisher releases nothing, so it may be decided without evidence; the secrets are decided
 * on again when the enclave asks. Where a framework's sessions go to a store, they are released on the wallets' word: the
 * exception the operator configured.
 */
public final class SessionDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDesk.class);

    /** More than the tasks of a large bag that starts at once; waiting holds a request and nothing else. */
    private static final int PLACES = 2048;

    private static final int SHARE = 512;

    private final IntentDomain domain;
    private final TaskBook tasks;
    private final TaskGate gate;
    private final SignatureJudge signatures;
    private final Keyring keyring;
    private final SessionPublishers publishers;
    private final DecisionRecorder recorder;
    private final Duration settleWait;
    private final WaitingRoom waiting = new WaitingRoom(PLACES, SHARE);

    /** @param settleWait how long a session waits for its task to settle */
    public SessionDesk(
            IntentDomain domain,
            TaskBook tasks,
            TaskGate gate,
            SignatureJudge signatures,
            Keyring keyring,
            SessionPublishers publishers,
            DecisionRecorder recorder,
            Duration settleWait) {
        this.domain = domain;
        this.tasks = tasks;
        this.gate = gate;
        this.signatures = signatures;
        this.keyring = keyring;
        this.publishers = publishers;
        this.recorder = recorder;
        this.settleWait = settleWait;
    }

    /** What became of a scheduler's request for a task's challenge. */
    public sealed interface ChallengeOutcome {
        /** The address whose key the task's enclave will hold. */
        record Served(Address address) implements ChallengeOutcome {}

        /** Not signed by the owner of the deal's workerpool, or no live TEE task. */
        record Unauthorized() implements ChallengeOutcome {}

        /** The task's key is there and does not open: its record was altered. */
        record Unreadable() implements ChallengeOutcome {}

        /** The chain cannot be read now. */
        record Outage() implements ChallengeOutcome {}
    }

    /** What became of a worker's request for a session. */
    public sealed interface SessionOutcome {
        /** Where the enclave gets its values. */
        record Served(SessionPublisher.Session session) implements SessionOutcome {}

        /** Refused with one of the original's words. */
        record Refused(SessionError error) implements SessionOutcome {}

        /** Nobody can decide now; the word is the nearest the original has. */
        record Outage(SessionError error) implements SessionOutcome {}
    }

    /** The challenge of a task, the same at every call; judged at the head, because it releases nothing. */
    public ChallengeOutcome challenge(Bytes32 taskId, Optional<SentSignature> signature) {
        if (signature.isEmpty()) {
            return new ChallengeOutcome.Unauthorized();
        }
        return switch (tasks.atHead(taskId)) {
            case TaskLookup.Found(TaskFacts facts) -> challenge(taskId, facts, signature);
            case TaskLookup.NotSettled ignored -> new ChallengeOutcome.Outage();
            case TaskLookup.Unknown ignored -> new ChallengeOutcome.Unauthorized();
            case TaskLookup.Boosted ignored -> new ChallengeOutcome.Unauthorized();
            case TaskLookup.Unavailable ignored -> new ChallengeOutcome.Outage();
        };
    }

    private ChallengeOutcome challenge(Bytes32 taskId, TaskFacts facts, Optional<SentSignature> signature) {
        if (gate.admit(facts).isPresent()) {
            return new ChallengeOutcome.Unauthorized();
        }
        byte[] digest = IexecDigests.personalMessage(IexecDigests.authorization(new byte[0], taskId, new byte[0]));
        return switch (signatures.atHead(poolOwner(facts), digest, signature)) {
            case Signing.Signed ignored ->
                challengeAddress(taskId)
                        .<ChallengeOutcome>map(ChallengeOutcome.Served::new)
                        .orElseGet(ChallengeOutcome.Unreadable::new);
            case Signing.NotSigned ignored -> new ChallengeOutcome.Unauthorized();
            case Signing.Unknown ignored -> new ChallengeOutcome.Outage();
        };
    }

    /**
     * A worker's request.
     *
     * @param enclaveChallenge 20 bytes, or none when the member was empty
     */
    public record SessionRequest(
            Bytes32 taskId,
            Address worker,
            Optional<Address> enclaveChallenge,
            Optional<SentSignature> workerSignature,
            Optional<SentSignature> poolSignature) {
        /** What worker and pool signed; 32 bytes. */
        private byte[] digest() {
            return IexecDigests.personalMessage(IexecDigests.authorization(
                    worker.bytes(), taskId, enclaveChallenge.map(Address::bytes).orElseGet(() -> new byte[0])));
        }
    }

    /** The word for a request whose task id is empty: the worker's signature is looked at first, as for any other. */
    public SessionOutcome sessionOfNoTask(
            Address worker, Optional<Address> enclaveChallenge, Optional<SentSignature> workerSignature) {
        byte[] digest = IexecDigests.personalMessage(IexecDigests.authorizationOfNoTask(
                worker.bytes(), enclaveChallenge.map(Address::bytes).orElseGet(() -> new byte[0])));
        return switch (signatures.settled(worker, digest, workerSignature)) {
            case Signing.Signed ignored ->
                new SessionOutcome.Refused(SessionError.EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED);
            case Signing.NotSigned ignored -> new SessionOutcome.Refused(SessionError.INVALID_AUTHORIZATION);
            case Signing.Unknown ignored -> outage();
        };
    }

    /** A session for the worker's task, or the original's word for why there is none. */
    public SessionOutcome session(SessionRequest request) {
        return switch (signatures.settled(request.worker(), request.digest(), request.workerSignature())) {
            case Signing.Signed ignored -> sessionOfWorker(request);
            case Signing.NotSigned ignored -> new SessionOutcome.Refused(SessionError.INVALID_AUTHORIZATION);
            case Signing.Unknown ignored -> outage();
        };
    }

    private SessionOutcome sessionOfWorker(SessionRequest request) {
        TaskLookup lookup = tasks.now(request.taskId());
        return lookup instanceof TaskLookup.NotSettled ? waitForSettlement(request) : session(request, lookup);
    }

    /** Only a live task that its pool authorised may wait, and only so many at once, of one pool's owner a part of them. */
    private SessionOutcome waitForSettlement(SessionRequest request) {
        if (!(tasks.atHead(request.taskId()) instanceof TaskLookup.Found(TaskFacts facts))) {
            return outage();
        }
        Optional<SessionOutcome> refused =
                refusal(request, facts, signatures.atHead(poolOwner(facts), request.digest(), request.poolSignature()));
        if (refused.isPresent()) {
            return refused.get();
        }
        Address owner = poolOwner(facts);
        if (!waiting.enter(owner)) {
            return outage();
        }
        try {
            return session(request, tasks.settled(request.taskId(), settleWait));
        } finally {
            waiting.leave(owner);
        }
    }

    private SessionOutcome session(SessionRequest request, TaskLookup lookup) {
        return switch (lookup) {
            case TaskLookup.Found(TaskFacts facts) ->
                refusal(request, facts, signatures.settled(poolOwner(facts), request.digest(), request.poolSignature()))
                        .orElseGet(() -> decide(request, facts));
            case TaskLookup.NotSettled ignored -> outage();
            case TaskLookup.Unknown ignored ->
                new SessionOutcome.Refused(SessionError.EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED);
            case TaskLookup.Boosted ignored ->
                new SessionOutcome.Refused(SessionError.EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED);
            case TaskLookup.Unavailable ignored -> outage();
        };
    }

    /** What speaks against the task or its pool's word; recorded only when that word holds. */
    private Optional<SessionOutcome> refusal(SessionRequest request, TaskFacts facts, Signing signedByPool) {
        Optional<Refusal> notAdmitted = gate.admit(facts);
        return switch (signedByPool) {
            case Signing.Signed ignored -> notAdmitted.map(refusal -> refuse(refusal, facts, request));
            case Signing.NotSigned ignored ->
                Optional.of(new SessionOutcome.Refused(notAdmitted
                        .map(ContractWord::of)
                        .orElse(SessionError.EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE)));
            case Signing.Unknown ignored ->
                Optional.of(notAdmitted
                        .<SessionOutcome>map(refusal -> new SessionOutcome.Refused(ContractWord.of(refusal)))
                        .orElseGet(SessionDesk::outage));
        };
    }

    private SessionOutcome decide(SessionRequest request, TaskFacts facts) {
        // As in the original, the app's configuration is looked at before anything of the session is made.
        Optional<Refusal> obstacle = TeeFramework.ofTag(facts.deal().tag())
                .flatMap(framework -> publishers.of(framework).obstacle(facts));
        if (obstacle.isPresent()) {
            return refuse(obstacle.get(), facts, request);
        }
        if (request.enclaveChallenge().isEmpty()) {
            // The original makes its signing tokens before it looks for lists and secrets, so their word comes first.
            return gate.objection(facts, new Proof.WalletsOnly())
                    .map(refusal -> refuse(refusal, facts, request))
                    .orElseGet(SessionDesk::noEnclaveChallenge);
        }
        return switch (gate.decide(facts, new Proof.WalletsOnly(), request.worker())) {
            case Refusal refusal -> refuse(refusal, facts, request);
            case Decision.Grant grant -> publish(request, grant);
        };
    }

    private static SessionOutcome outage() {
        return new SessionOutcome.Outage(SessionError.EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED);
    }

    private SessionOutcome publish(SessionRequest request, Decision.Grant grant) {
        Optional<Address> challenge = challengeAddress(request.taskId());
        if (challenge.isEmpty()) {
            return new SessionOutcome.Refused(SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_TEE_CREDENTIALS);
        }
        boolean differs = !challenge.equals(request.enclaveChallenge());
        try {
            return outcomeOf(
                    publishers.of(grant.framework()).publish(grant, request.worker(), differs), grant.framework());
        } catch (TamperedRecord altered) {
            note(altered);
            return new SessionOutcome.Refused(SessionError.SECURE_SESSION_GENERATION_FAILED);
        }
    }

    private static SessionOutcome outcomeOf(SessionPublisher.Publication publication, TeeFramework framework) {
        return switch (publication) {
            case SessionPublisher.Published(SessionPublisher.Session session) -> new SessionOutcome.Served(session);
            case SessionPublisher.Lacking(SecretUse use) -> new SessionOutcome.Refused(ContractWord.of(use));
            case SessionPublisher.NotTaken(SessionPublisher.Cause cause) ->
                new SessionOutcome.Refused(ContractWord.of(cause, framework));
            case SessionPublisher.OverBudget ignored ->
                new SessionOutcome.Outage(SessionError.SECURE_SESSION_GENERATION_FAILED);
        };
    }

    private static void note(TamperedRecord altered) {
        LOG.error("record_tampered detail={}", altered.getMessage());
    }

    private SessionOutcome refuse(Refusal refusal, TaskFacts facts, SessionRequest request) {
        if (refusal.code().kind() == RefusalCode.Kind.UNAVAILABLE) {
            // Not recorded: that somebody does not answer is no statement about the task.
            return new SessionOutcome.Outage(SessionError.SECURE_SESSION_GENERATION_FAILED);
        }
        recorder.refused(refusal, facts, request.worker());
        return new SessionOutcome.Refused(ContractWord.of(refusal));
    }

    private static SessionOutcome noEnclaveChallenge() {
        return new SessionOutcome.Refused(SessionError.GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE);
    }

    private static Address poolOwner(TaskFacts facts) {
        return facts.deal().workerpool().ownerAtMatch();
    }

    /** Nothing when the key's record was altered. */
    private Optional<Address> challengeAddress(Bytes32 taskId) {
        try (TaskChallengeKey key = keyring.challengeKey(domain.chainId(), domain.hub(), taskId)) {
            return Optional.of(key.address());
        } catch (TamperedRecord altered) {
            note(altered);
            return Optional.empty();
        }
    }
}
