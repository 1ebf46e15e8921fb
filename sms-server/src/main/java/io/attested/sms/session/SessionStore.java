package io.attested.sms.session;

/**
 * A third party's store of sessions: a SCONE CAS, a Gramine secret provisioning service, a TDX session storage.
 *
 * <p>Handing a session to one is the configured exception to the rule that secrets leave in envelopes only: the store
 * does the sealing. Guarantee wanted of an adapter: the peer's certificate has the pinned key, the exchange ends before
 * its deadline, and nothing of the session is printed or logged.
 */
public interface SessionStore {
    /** Word for the log and for metrics: {@code scone}, {@code gramine} or {@code tdx}. */
    String name();

    /** What the worker is told: where the enclave finds its session. */
    String provisioningUrl();

    /** Posts the session once, without trying again. */
    Posted post(StagedSession session);

    /** What became of a session that was posted. */
    sealed interface Posted {
        /** The store has it. */
        record Accepted() implements Posted {}

        /** The store answered, and not with its success. */
        record Refused(int status) implements Posted {}

        /** A value cannot be expressed safely in the store's language; nothing was sent. */
        record Unsafe(StagedSession.StageName stage, String variable) implements Posted {}

        /**
         * There was no answer.
         *
         * @param mayHaveArrived whether the store may hold the session all the same
         * @param reason for the log: connect, tls, timeout, reset, malformed and the like
         */
        record NoAnswer(boolean mayHaveArrived, String reason) implements Posted {}
    }
}
