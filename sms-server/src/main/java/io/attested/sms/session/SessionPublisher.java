package io.attested.sms.session;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.SecretUse;
import java.util.Optional;

/**
 * Where a worker's enclave gets what a grant allows.
 *
 * <p>Guarantee wanted of an adapter: after {@code publish} returned {@link Published}, the enclave of exactly this task
 * can find its session at the address returned; and an entry about it was durable before anything left.
 */
public interface SessionPublisher {
    /** Word for the log and for metrics. */
    String name();

    /**
     * What speaks against publishing a session for a task at all, before its secrets are looked at: an app whose
     * registration the place of publication cannot use.
     */
    Optional<Refusal> obstacle(TaskFacts facts);

    /**
     * Publishes a session for the task of {@code grant}, run by {@code worker}.
     *
     * @param enclaveChallengeDiffers whether the worker named another challenge than the task's; for the log
     * @throws io.attested.sms.audit.LogUnavailable when nothing can be recorded; nothing left then
     */
    Publication publish(Decision.Grant grant, Address worker, boolean enclaveChallengeDiffers);

    /** What came of it. */
    sealed interface Publication {}

    /** The enclave finds it. */
    record Published(Session session) implements Publication {}

    /**
     * A value that a stage cannot do without is gone, or is blank.
     *
     * @param use of the first such value in the order of the stages
     */
    record Lacking(SecretUse use) implements Publication {}

    /** The place of publication did not take it. */
    record NotTaken(Cause cause) implements Publication {}

    /** The task had all publications of this hour, and nothing that is published already would do. */
    record OverBudget() implements Publication {}

    /** Why a session was not taken. */
    enum Cause {
        /** It answered with a success that is not its own word for one. */
        OTHER_SUCCESS("other-success"),
        /** It answered with a refusal or a failure. */
        REFUSED("refused"),
        /** It did not answer, however often it was tried. */
        NO_ANSWER("no-answer"),
        /** A value cannot be expressed safely in its language; nothing was sent. */
        UNSAFE_VALUE("unsafe-value");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** For the log and for metrics. */
        public String word() {
            return word;
        }
    }

    /**
     * A published session.
     *
     * @param provisioningUrl {@code host:port} the enclave turns to
     */
    record Session(SessionId id, String provisioningUrl) {}
}
