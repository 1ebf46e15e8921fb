package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.HashChain;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;

/** The end of the log while one group is appended to it. Used by the writer thread only. */
final class GroupTail {
    private final LogTables tables;
    private final LogHead before;
    private long sequence;
    private Bytes32 hash;

    GroupTail(LogTables tables, LogHead before) {
        this.tables = tables;
        this.before = before;
        this.sequence = before.sequence();
        this.hash = before.hash();
    }

    /** Appends; the tail moves only when the row was written, so that a savepoint undoes both or neither. */
    void append(AuditEntry entry) {
        byte[] bytes = entry.canonicalBytes();
        Bytes32 next = HashChain.next(hash, bytes);
        tables.insertEntry(new LogTables.Row(sequence + 1, bytes, next));
        sequence++;
        hash = next;
    }

    /** Signs and stores the head of the group; the one before when nothing was appended. */
    LogHead seal(StoredLog log) {
        if (sequence == before.sequence()) {
            return before;
        }
        LogHead head = log.sign(sequence, hash);
        tables.insertHead(head);
        return head;
    }
}
