package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.Bytes32;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code log_entries} and {@code log_heads}. */
final class LogTables {
    private final JdbcClient jdbc;

    LogTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An entry as it is stored. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(long sequence, byte[] entry, Bytes32 hash) {}

    void insertEntry(Row row) {
        jdbc.sql("insert into log_entries (sequence, entry, hash) values (?, ?, ?)")
                .params(row.sequence(), row.entry(), row.hash().bytes())
                .update();
    }

    void insertHead(LogHead head) {
        jdbc.sql("insert into log_heads (sequence, hash, signature) values (?, ?, ?)")
                .params(head.sequence(), head.hash().bytes(), head.signature())
                .update();
    }

    Optional<LogHead> lastHead() {
        return jdbc.sql("select sequence, hash, signature from log_heads order by sequence desc limit 1")
                .query((row, number) -> new LogHead(row.getLong(1), Bytes32.of(row.getBytes(2)), row.getBytes(3)))
                .optional();
    }

    /** Number of the last entry that no head covers, if there is one; read in one statement, so in one snapshot. */
    Optional<Long> entryAfterLastHead() {
        return jdbc.sql("select max(sequence) from log_entries"
                        + " having max(sequence) > (select coalesce(max(sequence), 0) from log_heads)")
                .query(Long.class)
                .optional();
    }

    List<Row> entries(long after, long upTo, int limit) {
        return jdbc.sql("select sequence, entry, hash from log_entries where sequence > ? and sequence <= ?"
                        + " order by sequence limit ?")
                .params(after, upTo, limit)
                .query((row, number) -> new Row(row.getLong(1), row.getBytes(2), Bytes32.of(row.getBytes(3))))
                .list();
    }

    List<LogHead> heads(long after, long upTo) {
        return jdbc.sql("select sequence, hash, signature from log_heads where sequence > ? and sequence <= ?"
                        + " order by sequence")
                .params(after, upTo)
                .query((row, number) -> new LogHead(row.getLong(1), Bytes32.of(row.getBytes(2)), row.getBytes(3)))
                .list();
    }
}
