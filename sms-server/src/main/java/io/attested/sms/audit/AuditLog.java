package io.attested.sms.audit;

import java.util.List;
import java.util.function.Supplier;

/**
 * The only way to change the store: a change and its entry become durable together.
 *
 * <p>Guarantees: when {@link #commit} returns, the change and the entry were committed in one transaction and a forced
 * write that began after that has ended. Changes run one at a time, in the order in which entries appear in the log.
 * Not guaranteed: detection of a store that was rolled back as a whole together with its log.
 */
public interface AuditLog extends AutoCloseable {
    /**
     * Runs {@code change} on the log's writer, inside its transaction, and returns when it is durable.
     *
     * <p>The change should be short and touch only the database: everybody waits for it. What it throws undoes this
     * change alone and reaches this caller. It must not call {@code commit}.
     *
     * @throws LogUnavailable when the database failed; nothing may be acknowledged
     */
    <T> Committed<T> commit(Supplier<Recorded<T>> change);

    /** The head of the last group commit. */
    LogHead head();

    /** At most {@code limit} entries after {@code sequence}, in order. */
    List<LogEntry> entriesAfter(long sequence, int limit);

    /** Walks the whole log: recomputes every hash and verifies every signed head. */
    ChainCheck verifyChain();

    /** Commits what is waiting, then refuses further changes. */
    @Override
    void close();
}
