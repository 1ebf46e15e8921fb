package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.Committed;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.audit.Recorded;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionStatus;

/** A change that waits for its turn, then for its group to be on disk. Its caller waits in {@link #await}. */
final class PendingChange<T> {
    private final Supplier<Recorded<T>> change;
    private final CompletableFuture<Committed<T>> done = new CompletableFuture<>();
    private Optional<T> outcome = Optional.empty();

    PendingChange(Supplier<Recorded<T>> change) {
        this.change = change;
    }

    /** Runs the change in a savepoint of its own, so that its failure undoes nothing but itself. */
    void run(TransactionStatus transaction, GroupTail tail) {
        Object savepoint = transaction.createSavepoint();
        try {
            Recorded<T> recorded = change.get();
            recorded.entry().ifPresent(tail::append);
            outcome = Optional.of(recorded.outcome());
        } catch (RuntimeException | Error failure) {
            transaction.rollbackToSavepoint(savepoint);
            done.completeExceptionally(isOutage(failure) ? unavailable(failure) : failure);
            return;
        }
        // A failure from here on is the group's: the tail has moved, and going back to the savepoint would not move it.
        transaction.releaseSavepoint(savepoint);
    }

    void acknowledge(LogHead head) {
        outcome.ifPresent(value -> done.complete(new Committed<>(value, head)));
    }

    /** No effect on a change that failed by itself. */
    void fail(LogUnavailable failure) {
        done.completeExceptionally(failure);
    }

    /** Not interruptible: the caller of a change that may have happened must learn its fate. */
    Committed<T> await() {
        try {
            return done.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case LogUnavailable outage ->
                    // One outage is shared by its whole group; each waiter throws its own, with its own stack.
                    throw new LogUnavailable(String.valueOf(outage.getMessage()), outage.fateUnknown(), outage);
                case RuntimeException ofTheChange -> throw ofTheChange;
                case Error ofTheChange -> throw ofTheChange;
                case null, default -> throw failed;
            }
        }
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof DataAccessException
                && !(failure instanceof DataIntegrityViolationException)
                && !(failure instanceof InvalidDataAccessResourceUsageException);
    }

    private static LogUnavailable unavailable(Throwable cause) {
        return new LogUnavailable("the database failed while a change was made; it was not stored", false, cause);
    }
}
