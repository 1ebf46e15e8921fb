package io.attested.sms.worker.boot;

import io.attested.sms.worker.release.Grant;

/** What became of a task in this enclave. */
public sealed interface BootOutcome {
    /**
     * The application was started and has ended.
     *
     * @param exitCode its exit code
     * @param log where the grant stands in the service's log
     */
    record Started(int exitCode, Grant.LogPosition log) implements BootOutcome {}

    /**
     * The application was not started.
     *
     * @param code one of {@link RefusalCode} or the service's
     * @param detail what happened, what was expected, what to do
     */
    record Refused(String code, String detail) implements BootOutcome {}
}
