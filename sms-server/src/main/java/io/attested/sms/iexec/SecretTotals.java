package io.attested.sms.iexec;

import io.attested.sms.secret.SecretCounts;
import io.attested.sms.secret.SecretKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How much is stored, under the five names of contract section 1.5.
 *
 * <p>A request reads what the last refresh found, so {@code /metrics} asks the database nothing. Challenges and their keys are
 * derived and not stored: both count imported keys only.
 */
public final class SecretTotals {
    /** What the original shows when its database fails. */
    static final long UNKNOWN = -1;

    private final SecretCounts secrets;
    private final LongSupplier importedKeys;
    private final List<Row> rows;

    /** @param importedKeys how many challenge keys of tasks are stored; asks the database */
    public SecretTotals(SecretCounts secrets, LongSupplier importedKeys) {
        this.secrets = secrets;
        this.importedKeys = importedKeys;
        this.rows = List.of(
                Row.of("web2", SecretKind.ACCOUNT_SECRET),
                Row.of("web3", SecretKind.DATASET_KEY),
                Row.of("compute", SecretKind.APP_SECRET, SecretKind.REQUESTER_SECRET),
                Row.of("TEE challenges"),
                Row.of("Ethereum Credentials"));
    }

    /**
     * One line of the answer.
     *
     * @param initial stored when it was counted first
     * @param stored at the last refresh; {@code -1} when that failed
     * @param added by pushes since the start, up to this moment
     */
    public record Total(String type, long initial, long stored, long added) {}

    private record Row(String type, Set<SecretKind> kinds, AtomicLong initial, AtomicLong stored, AtomicLong added) {
        static Row of(String type, SecretKind... kinds) {
            return new Row(type, Set.of(kinds), new AtomicLong(UNKNOWN), new AtomicLong(UNKNOWN), new AtomicLong());
        }
    }

    /** Counts anew; where the database fails, everything is unknown until it answers again. */
    public void refresh() {
        try {
            Map<SecretKind, Long> counts = secrets.byKind();
            long keys = importedKeys.getAsLong();
            show(row -> row.kinds().isEmpty()
                    ? keys
                    : row.kinds().stream()
                            .mapToLong(kind -> counts.getOrDefault(kind, 0L))
                            .sum());
        } catch (RuntimeException databaseDown) {
            show(row -> UNKNOWN);
        }
    }

    private void show(Function<Row, Long> count) {
        for (Row row : rows) {
            long stored = count.apply(row);
            row.stored().set(stored);
            row.initial().compareAndSet(UNKNOWN, stored);
        }
    }

    /** A push stored a first value of this kind. */
    public void added(SecretKind kind) {
        rows.stream()
                .filter(row -> row.kinds().contains(kind))
                .forEach(row -> row.added().incrementAndGet());
    }

    /** The five, in the contract's order. */
    public List<Total> all() {
        return rows.stream()
                .map(row -> new Total(
                        row.type(),
                        row.initial().get(),
                        row.stored().get(),
                        row.added().get()))
                .toList();
    }
}
