package io.attested.sms.keyring.jdbc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.ImportedChallengeKeys;
import io.attested.sms.keyring.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code imported_challenge_keys}. Rows are never changed or deleted.
 *
 * <p>While the table is empty no question reaches the database; otherwise the last {@value #REMEMBERED} answers are
 * remembered. Whoever writes rows by another way calls {@link #reload}.
 */
public final class ImportedChallengeKeyTable implements ImportedChallengeKeys {
    private static final int REMEMBERED = 4096;

    private final JdbcClient jdbc;
    private final Map<Bytes32, Optional<Row>> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes32, Optional<Row>> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile boolean empty = true;
    private long loads;

    private ImportedChallengeKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The table as it is now. */
    public static ImportedChallengeKeyTable open(JdbcClient jdbc) {
        ImportedChallengeKeyTable table = new ImportedChallengeKeyTable(jdbc);
        table.reload();
        return table;
    }

    @Override
    public Optional<Row> find(Bytes32 chainTaskId) {
        if (empty) {
            return Optional.empty();
        }
        long asked;
        synchronized (answers) {
            Optional<Row> known = answers.get(chainTaskId);
            if (known != null) {
                return known;
            }
            asked = loads;
        }
        Optional<Row> found = read(chainTaskId);
        synchronized (answers) {
            // What was read before a reload may be older than it.
            if (asked == loads) {
                answers.put(chainTaskId, found);
            }
        }
        return found;
    }

    /** Whether a key of this task is there, asked of the database. */
    public boolean holds(Bytes32 chainTaskId) {
        return read(chainTaskId).isPresent();
    }

    private Optional<Row> read(Bytes32 chainTaskId) {
        return jdbc.sql("select address, wrapped_key, ciphertext from imported_challenge_keys where chain_task_id = ?")
                .param(chainTaskId.toString())
                .query((row, number) -> new Row(
                        Address.parse(row.getString("address")),
                        new Sealed(row.getBytes("wrapped_key"), row.getBytes("ciphertext"))))
                .optional();
    }

    /**
     * Adds a key, within {@code AuditLog.commit}; false when the task has one. Follow with {@link #reload} once it is
     * durable.
     *
     * @param deadline the task's final deadline, if it is known
     */
    public boolean insert(Bytes32 chainTaskId, Row row, Optional<Instant> deadline) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(chainTaskId.toString());
        values.add(row.address().toString());
        values.add(deadline.isPresent() ? deadline.get().toEpochMilli() : null);
        values.add(row.key().wrappedKey());
        values.add(row.key().ciphertext());
        return jdbc.sql(
                                "insert into imported_challenge_keys (chain_task_id, address, deadline, wrapped_key, ciphertext)"
                                        + " values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(values)
                        .update()
                == 1;
    }

    /** Forgets what is remembered and looks again whether there are any. */
    public void reload() {
        boolean none = jdbc.sql("select 1 from imported_challenge_keys limit 1")
                .query(Integer.class)
                .list()
                .isEmpty();
        synchronized (answers) {
            answers.clear();
            loads++;
        }
        empty = none;
    }
}
