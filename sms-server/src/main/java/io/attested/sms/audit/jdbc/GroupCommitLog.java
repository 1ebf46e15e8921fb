package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Committed;
import io.attested.sms.audit.HeadSigner;
import io.attested.sms.audit.LogBroken;
import io.attested.sms.audit.LogEntry;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.audit.Recorded;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The log with group commit: one writer thread runs all changes that wait, in one transaction with one signed head, then
 * forces one write for all of them. While it does, the next group gathers.
 *
 * <p>A change sees the database through the thread-bound transaction, so ordinary {@code JdbcClient} code on the same
 * data source takes part in it. When the fate of a group is unknown (the forced write failed after the commit), every
 * waiter fails with {@code fateUnknown}, and nothing is acknowledged until the head was read back and verified. Limit: a
 * kernel that reported a failed write once may report success the next time without having written it; restart the
 * service on a checked disk after such an outage.
 */
public final class GroupCommitLog implements AuditLog {
    /** Most changes in one transaction; bounds how long the first of a group waits for the last. */
    private static final int MAX_GROUP = 256;

    private final ChangeQueue queue;
    private final LogTables tables;
    private final StoredLog log;
    private final TransactionTemplate transaction;
    private final ForcedWrite disk;
    private final Thread writer;
    private volatile LogHead acknowledged;
    private boolean headKnown = true;

    private GroupCommitLog(
            LogTables tables, StoredLog log, TransactionTemplate transaction, ForcedWrite disk, LogHead head) {
        this.queue = new ChangeQueue();
        this.tables = tables;
        this.log = log;
        this.transaction = transaction;
        this.disk = disk;
        this.acknowledged = head;
        this.writer = Thread.ofPlatform().name("sms-log-writer").unstarted(this::write);
    }

    /**
     * Verifies the stored head and starts the writer.
     *
     * @throws LogBroken when the stored log contradicts its head
     */
    public static GroupCommitLog start(
            JdbcClient jdbc, PlatformTransactionManager transactions, ForcedWrite disk, HeadSigner signer) {
        LogTables tables = new LogTables(jdbc);
        StoredLog stored = new StoredLog(tables, signer);
        // What an earlier process committed and did not live to force becomes durable before anyone can read it.
        disk.force();
        LogHead head = stored.verifiedHead();
        GroupCommitLog log = new GroupCommitLog(tables, stored, new TransactionTemplate(transactions), disk, head);
        log.writer.start();
        return log;
    }

    @Override
    public <T> Committed<T> commit(Supplier<Recorded<T>> change) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("a change must not commit another change: it would wait for itself");
        }
        PendingChange<T> pending = new PendingChange<>(change);
        queue.add(pending);
        return pending.await();
    }

    private void write() {
        for (List<PendingChange<?>> group = queue.take(MAX_GROUP); !group.isEmpty(); group = queue.take(MAX_GROUP)) {
            writeGroup(group);
        }
    }

    // Whatever goes wrong must reach the waiters: an exception that ended this thread would leave them waiting for
    // ever.
    @SuppressWarnings("CatchingUnchecked")
    private void writeGroup(List<PendingChange<?>> group) {
        GroupFate fate = new GroupFate();
        try {
            LogHead before = headKnown ? acknowledged : log.verifiedHead();
            headKnown = false;
            LogHead after = commitGroup(group, before, fate);
            disk.force();
            headKnown = true;
            acknowledged = after;
            group.forEach(change -> change.acknowledge(after));
        } catch (RuntimeException | Error failure) {
            LogUnavailable outage = fate.outage(failure);
            group.forEach(change -> change.fail(outage));
        }
    }

    private LogHead commitGroup(List<PendingChange<?>> group, LogHead before, GroupFate fate) {
        LogHead after = transaction.execute(status -> {
            GroupTail tail = new GroupTail(tables, before);
            group.forEach(change -> change.run(status, tail));
            LogHead sealed = tail.seal(log);
            fate.commitBegins();
            return sealed;
        });
        if (after == null) {
            throw new IllegalStateException("the transaction ended without a head");
        }
        return after;
    }

    @Override
    public LogHead head() {
        return acknowledged;
    }

    @Override
    public List<LogEntry> entriesAfter(long sequence, int limit) {
        return log.entriesAfter(sequence, limit);
    }

    @Override
    public ChainCheck verifyChain() {
        return log.verifyChain();
    }

    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
