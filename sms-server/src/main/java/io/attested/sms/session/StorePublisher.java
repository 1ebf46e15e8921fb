package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes sessions in a third party's store: the named exception to the rule that secrets leave in envelopes only. No
 * evidence is seen here; the store asks the enclave for it, or does not.
 *
 * <p>Guarantee: an entry that names the store and the secrets is durable before the session leaves, for every session. A
 * session that got no answer is tried again under a new name, so that two tries never meet in the store; one that was
 * refused is not. A worker whose publications of a task are used up for this hour is answered with the session that is
 * in the store already, if a new one would hold nothing else; nothing leaves then, and nothing is recorded.
 */
public final class StorePublisher implements SessionPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(StorePublisher.class);
    private static final int MOST_TRIES = 3;
    private static final String ACCEPTED = "accepted";
    private static final String REPEATED = "repeated";
    private static final String OVER_BUDGET = "over-budget";

    private final SessionStore store;
    private final SessionWriter writer;
    private final DecisionRecorder recorder;
    private final Patience patience;
    private final TaskBudget budget;
    private final PublishedSessions published;
    private final StoreMeter meter;
    private final AtomicLong lastLogged = new AtomicLong();

    /** @param budget what one task may publish, and the randomness of this process */
    public StorePublisher(
            SessionStore store,
            SessionWriter writer,
            DecisionRecorder recorder,
            Patience patience,
            Budget budget,
            StoreMeter meter) {
        this.store = store;
        this.writer = writer;
        this.recorder = recorder;
        this.patience = patience;
        this.budget = new TaskBudget(budget.perTaskAndHour(), patience.clock());
        this.published = new PublishedSessions(budget.random());
        this.meter = meter;
    }

    /**
     * How long a publication may take.
     *
     * @param whole all tries together
     * @param exchange the store's own limit of one try; none starts that could not end in time
     */
    public record Patience(Duration whole, Duration exchange, InstantSource clock) {
        private Instant lastStart() {
            return clock.instant().plus(whole).minus(exchange);
        }
    }

    /**
     * What tasks may publish.
     *
     * @param perTaskAndHour publications of one task for one worker in an hour; positive
     */
    public record Budget(int perTaskAndHour, SecureRandom random) {}

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Optional<Refusal> obstacle(TaskFacts facts) {
        return writer.obstacle(facts);
    }

    @Override
    public Publication publish(Decision.Grant grant, Address worker, boolean enclaveChallengeDiffers) {
        return switch (writer.write(grant, worker)) {
            case SessionWriter.Lacking(var use) -> new Lacking(use);
            case SessionWriter.Complete(StagedSession session) -> {
                if (!budget.spend(grant.facts().task().id(), worker)) {
                    yield again(grant, worker, session);
                }
                recorder.released(grant, worker, name(), enclaveChallengeDiffers);
                yield post(grant, worker, session);
            }
        };
    }

    private Publication again(Decision.Grant grant, Address worker, StagedSession wanted) {
        Optional<Session> last = published.again(grant.facts().task().id(), worker, wanted);
        meter.ended(name(), last.isPresent() ? REPEATED : OVER_BUDGET, Duration.ZERO);
        return last.<Publication>map(Published::new).orElseGet(OverBudget::new);
    }

    private Publication post(Decision.Grant grant, Address worker, StagedSession first) {
        Instant begun = patience.clock().instant();
        Instant lastStart = patience.lastStart();
        StagedSession session = first;
        SessionStore.Posted posted = store.post(session);
        int tries = 1;
        while (posted instanceof SessionStore.Posted.NoAnswer
                && tries < MOST_TRIES
                && !patience.clock().instant().isAfter(lastStart)) {
            meter.triedAgain(name());
            session = session.as(writer.freshId(grant));
            posted = store.post(session);
            tries++;
        }
        Duration took = Duration.between(begun, patience.clock().instant());
        Publication ended = ended(posted, session.id(), tries, took);
        if (ended instanceof Published(Session taken)) {
            published.accepted(grant.facts().task().id(), worker, session, taken);
        }
        return ended;
    }

    private Publication ended(SessionStore.Posted posted, SessionId id, int tries, Duration took) {
        return switch (posted) {
            case SessionStore.Posted.Accepted() -> {
                meter.ended(name(), ACCEPTED, took);
                yield new Published(new Session(id, store.provisioningUrl()));
            }
            case SessionStore.Posted.Refused(int status) -> {
                Cause cause = status >= 200 && status < 300 ? Cause.OTHER_SUCCESS : Cause.REFUSED;
                yield notTaken(
                        cause, took, "status " + status + "; look at the store's log, its version and what it lets in");
            }
            case SessionStore.Posted.Unsafe(StagedSession.StageName stage, String variable) ->
                notTaken(
                        Cause.UNSAFE_VALUE,
                        took,
                        "the value of " + variable + " for " + stage.word()
                                + " cannot be expressed there (a NUL, half a character, the store's own marker); its owner has to change it");
            case SessionStore.Posted.NoAnswer(boolean mayHaveArrived, String reason) ->
                notTaken(
                        Cause.NO_ANSWER,
                        took,
                        reason + " after " + tries + " tries"
                                + (mayHaveArrived ? ", the session may be there all the same" : "")
                                + "; is the store up, and is its certificate the pinned one?");
        };
    }

    private Publication notTaken(Cause cause, Duration took, String detail) {
        meter.ended(name(), cause.word(), took);
        long second = patience.clock().instant().getEpochSecond();
        // One line a second is enough to say that a store is gone.
        if (lastLogged.getAndSet(second) != second) {
            LOG.error("session_not_published store={} cause={} detail={}", name(), cause.word(), detail);
        }
        return new NotTaken(cause);
    }
}
