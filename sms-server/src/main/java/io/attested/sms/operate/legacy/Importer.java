package io.attested.sms.operate.legacy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Carries a plan out: many writes at once, so that they share group commits. */
public final class Importer {
    private static final int AT_ONCE = 64;

    private final ImportTarget target;

    public Importer(ImportTarget target) {
        this.target = target;
    }

    /** Counts what would happen; writes nothing. */
    public static ImportTally rehearse(ImportPlan plan) {
        ImportTally tally = new ImportTally();
        plan.forEach(candidate -> {
            try (candidate) {
                switch (candidate) {
                    case Candidate.Skipped(ImportKind kind, SkipReason reason) -> tally.skipped(kind, reason);
                    case Candidate.Secret secret -> tally.taken(secret.kind());
                    case Candidate.Challenge challenge -> tally.taken(challenge.kind());
                }
            }
        });
        return tally;
    }

    /**
     * Takes over what the plan holds; what a run that was cut off took over already is found as existing by the next.
     *
     * @param progress told the number of rows taken over so far, now and then
     * @throws RuntimeException the first failure of the store; what was taken over until then stays
     */
    public ImportTally run(ImportPlan plan, Consumer<Long> progress) {
        ImportTally tally = new ImportTally();
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            plan.forEach(candidate -> {
                free.acquireUninterruptibly();
                writers.execute(() -> {
                    try (candidate) {
                        if (failure.get() == null) {
                            take(candidate, tally, progress);
                        }
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        free.release();
                    }
                });
            });
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        return tally;
    }

    private void take(Candidate candidate, ImportTally tally, Consumer<Long> progress) {
        boolean taken = switch (candidate) {
            case Candidate.Skipped(ImportKind kind, SkipReason reason) -> {
                tally.skipped(kind, reason);
                yield true;
            }
            case Candidate.Secret secret -> counted(secret.kind(), target.take(secret.push()), tally, progress);
            case Candidate.Challenge challenge -> counted(challenge.kind(), target.take(challenge), tally, progress);
        };
        if (!taken) {
            tally.skipped(candidate.kind(), SkipReason.EXISTS);
        }
    }

    private static boolean counted(ImportKind kind, boolean taken, ImportTally tally, Consumer<Long> progress) {
        if (taken) {
            tally.taken(kind);
            progress.accept(tally.taken());
        }
        return taken;
    }
}
