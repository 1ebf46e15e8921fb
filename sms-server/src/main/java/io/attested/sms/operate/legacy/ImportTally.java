package io.attested.sms.operate.legacy;

import java.util.EnumMap;
import java.util.Map;

/** Counts what became of the rows. Safe for many threads. */
public final class ImportTally {
    private final Map<ImportKind, Long> taken = new EnumMap<>(ImportKind.class);
    private final Map<ImportKind, Map<SkipReason, Long>> skipped = new EnumMap<>(ImportKind.class);

    public synchronized void taken(ImportKind kind) {
        taken.merge(kind, 1L, Long::sum);
    }

    public synchronized void skipped(ImportKind kind, SkipReason reason) {
        skipped.computeIfAbsent(kind, none -> new EnumMap<>(SkipReason.class)).merge(reason, 1L, Long::sum);
    }

    public synchronized long taken() {
        return taken.values().stream().mapToLong(Long::longValue).sum();
    }

    public synchronized long takenOf(ImportKind kind) {
        return taken.getOrDefault(kind, 0L);
    }

    /** Counts by reason, in the order of the reasons. */
    public synchronized Map<SkipReason, Long> skippedOf(ImportKind kind) {
        return Map.copyOf(skipped.getOrDefault(kind, Map.of()));
    }

    /** Whether something was left out that another run may bring in. */
    public synchronized boolean worthAnotherRun() {
        return skipped.values().stream().anyMatch(reasons -> reasons.containsKey(SkipReason.CHAIN_SILENT));
    }
}
