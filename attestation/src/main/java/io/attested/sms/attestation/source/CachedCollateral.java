package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.source.CollateralAnswer.Found;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import io.attested.sms.attestation.source.CollateralAnswer.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cache of checked collateral before a publisher.
 *
 * <p>Guarantees: what comes out passed every check of {@link CollateralChecks} when it came in, and its nextUpdate is not
 * past, or past by no more than the grace while the publisher has nothing better. One fetch for a platform at a time. A
 * wrong or older answer replaces nothing; the newest revocation lists of all answers count for every platform. Newer
 * collateral is asked for from half life on, while the present one is served. After failures in a row nobody is asked for a while. New platforms are bounded within an hour.
 */
public final class CachedCollateral implements CollateralSource {
    /**
     * How long things may take.
     *
     * @param grace how long past nextUpdate collateral is served when there is no newer; zero or more
     * @param patience how long one request waits for a fetch
     * @param pause how long after a fetch for a platform none is tried again for it
     * @param platformsPerHour how many platform models may be new within an hour
     * @param mostWaiting how many requests may wait for fetches at a time
     */
    public record Terms(Duration grace, Duration patience, Duration pause, int platformsPerHour, int mostWaiting) {}

    /** What it works with. */
    public record Surroundings(
            CollateralChecks checks,
            Optional<CollateralPublisher> publisher,
            Optional<CollateralFolder> folder,
            InstantSource clock,
            Executor executor,
            CollateralEvents events) {}

    private static final Duration REFRESH_PAUSE = Duration.ofHours(1);

    private final Surroundings around;
    private final Terms terms;
    private final CollateralShelf shelf;
    private final PlatformBound bound;
    private final Semaphore waiting;
    private final Circuit circuit = new Circuit();
    private final ConcurrentMap<CollateralKey, CompletableFuture<Optional<Unavailable>>> flights =
            new ConcurrentHashMap<>();
    private final ConcurrentMap<CollateralKey, Attempt> attempts = new ConcurrentHashMap<>();

    /** The last fetch for a platform: when, and what it failed with. */
    private record Attempt(Instant at, Optional<Unavailable> failure) {}

    private CachedCollateral(Surroundings around, Terms terms) {
        this.around = around;
        this.terms = terms;
        this.shelf = new CollateralShelf(around.checks(), around.folder(), around.events());
        this.bound = new PlatformBound(terms.platformsPerHour());
        this.waiting = new Semaphore(terms.mostWaiting());
    }

    /**
     * Opens the cache with what lies in the folder.
     *
     * @throws IOException when the folder cannot be listed
     */
    public static CachedCollateral open(Surroundings around, Terms terms) throws IOException {
        CachedCollateral cache = new CachedCollateral(around, terms);
        cache.shelf.load(new JudgedAt(around.clock().instant(), terms.grace()));
        return cache;
    }

    @Override
    public CollateralAnswer get(CollateralKey key) {
        Instant now = around.clock().instant();
        Optional<CheckedCollateral> held = shelf.find(key);
        if (held.isPresent() && !now.isAfter(held.get().nextUpdate())) {
            refresh(held.get(), now);
            return new Found(held.get(), false);
        }
        if (held.isEmpty() && around.publisher().isPresent() && !bound.admits(key.fmspc(), now)) {
            around.events().refusedByBound(key);
            return new Unavailable(
                    Reason.BOUND_REACHED,
                    "more than " + terms.platformsPerHour() + " platform models were new within the hour");
        }
        Optional<Unavailable> failure = landed(fly(key, now));
        return answer(key, around.clock().instant(), failure);
    }

    /** Not more often than the pause after a success: a PCCS may have nothing newer for days. */
    private void refresh(CheckedCollateral checked, Instant now) {
        Attempt last = attempts.get(checked.key());
        boolean justSucceeded = last != null
                && last.failure().isEmpty()
                && now.isBefore(last.at().plus(REFRESH_PAUSE));
        if (!now.isBefore(checked.refreshDue())
                && !justSucceeded
                && around.publisher().isPresent()) {
            fly(checked.key(), now);
        }
    }

    private CollateralAnswer answer(CollateralKey key, Instant now, Optional<Unavailable> failure) {
        JudgedAt at = new JudgedAt(now, terms.grace());
        Optional<CheckedCollateral> usable =
                shelf.find(key).filter(checked -> at.allowsCollateralUntil(checked.nextUpdate()));
        if (usable.isPresent()) {
            return new Found(usable.get(), now.isAfter(usable.get().nextUpdate()));
        }
        return failure.orElseGet(
                () -> new Unavailable(Reason.WRONG_ANSWER, "the source answered with collateral that has run out"));
    }

    private Optional<Unavailable> landed(CompletableFuture<Optional<Unavailable>> flight) {
        if (flight.isDone()) {
            return flight.join();
        }
        if (!waiting.tryAcquire()) {
            return Optional.of(new Unavailable(
                    Reason.TOO_MANY_WAITING, "more than " + terms.mostWaiting() + " requests wait for collateral"));
        }
        try {
            return awaited(flight);
        } finally {
            waiting.release();
        }
    }

    private Optional<Unavailable> awaited(CompletableFuture<Optional<Unavailable>> flight) {
        try {
            return flight.get(terms.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return Optional.of(new Unavailable(Reason.UNREACHABLE, "no answer within " + terms.patience()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Unavailable(Reason.UNREACHABLE, "interrupted"));
        } catch (ExecutionException fault) {
            // A flight is completed with an outcome always; this is for the compiler.
            throw new IllegalStateException("a fetch ended with a fault", fault.getCause());
        }
    }

    /** Starts a fetch, or joins the one under way for this platform. */
    private CompletableFuture<Optional<Unavailable>> fly(CollateralKey key, Instant now) {
        Optional<Unavailable> pausing = pausing(key, now);
        if (pausing.isPresent()) {
            return CompletableFuture.completedFuture(pausing);
        }
        CompletableFuture<Optional<Unavailable>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Unavailable>> present = flights.putIfAbsent(key, mine);
        if (present != null) {
            return present;
        }
        try {
            around.executor().execute(() -> land(key, mine, fetchOrFault(key, now)));
        } catch (RuntimeException | Error refused) {
            // Nobody will fly it: a flight left registered would keep the platform waiting for ever.
            land(key, mine, fault(key, refused));
        }
        return mine;
    }

    private void land(
            CollateralKey key, CompletableFuture<Optional<Unavailable>> flight, Optional<Unavailable> outcome) {
        flights.remove(key, flight);
        flight.complete(outcome);
    }

    private Optional<Unavailable> fetchOrFault(CollateralKey key, Instant now) {
        try {
            return fetch(key, now);
        } catch (RuntimeException | Error fault) {
            circuit.undecided();
            return fault(key, fault);
        }
    }

    private Optional<Unavailable> fault(CollateralKey key, Throwable fault) {
        Unavailable failure = new Unavailable(
                Reason.WRONG_ANSWER,
                "the fetch ended with a fault, " + fault.getClass().getSimpleName());
        attempts.put(key, new Attempt(around.clock().instant(), Optional.of(failure)));
        around.events().failed(key, failure.reason(), failure.detail());
        return Optional.of(failure);
    }

    /** The last outcome, while it is too fresh to ask again; a success keeps half-life refreshing from hammering. */
    private Optional<Unavailable> pausing(CollateralKey key, Instant now) {
        Attempt last = attempts.get(key);
        if (last == null || !now.isBefore(last.at().plus(terms.pause()))) {
            return Optional.empty();
        }
        return Optional.of(
                last.failure().orElseGet(() -> new Unavailable(Reason.WRONG_ANSWER, "the source has nothing newer")));
    }

    private Optional<Unavailable> fetch(CollateralKey key, Instant now) {
        if (around.publisher().isEmpty()) {
            return Optional.of(new Unavailable(
                    Reason.NO_SOURCE, "no source is configured, and the bundle has nothing usable for " + key));
        }
        if (pausing(key, now).isPresent()) {
            // Somebody else's fetch ended between this caller's look at the shelf and its turn.
            return pausing(key, now);
        }
        if (!circuit.admits(now)) {
            return Optional.of(new Unavailable(Reason.CIRCUIT_OPEN, "the source failed repeatedly and is not asked"));
        }
        Optional<Unavailable> failure = ask(around.publisher().get(), key, now);
        attempts.put(key, new Attempt(around.clock().instant(), failure));
        failure.ifPresent(f -> around.events().failed(key, f.reason(), f.detail()));
        return failure;
    }

    private Optional<Unavailable> ask(CollateralPublisher publisher, CollateralKey key, Instant now) {
        try {
            Collateral collateral = publisher.fetch(key, now.plus(terms.patience()));
            circuit.answered();
            return take(key, collateral, around.clock().instant());
        } catch (FetchFailed failed) {
            // A wrong answer is one platform's concern; only silence says something about all of them.
            if (failed.reason() == Reason.UNREACHABLE) {
                circuit.failed(around.clock().instant());
            } else {
                circuit.answered();
            }
            return Optional.of(new Unavailable(failed.reason(), failed.detail()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            circuit.undecided();
            return Optional.of(new Unavailable(Reason.UNREACHABLE, "interrupted"));
        }
    }

    private Optional<Unavailable> take(CollateralKey key, Collateral collateral, Instant received) {
        return switch (around.checks().check(key, collateral, JudgedAt.exactly(received))) {
            case CollateralVerdict.Wrong(Verdict.Rejected rejection) -> wrong(rejection);
            case CollateralVerdict.Good(CheckedCollateral checked) ->
                switch (shelf.put(checked, new JudgedAt(received, terms.grace()))) {
                    case CollateralShelf.Placement.Taken ignored -> {
                        around.events().fetched(key);
                        yield Optional.empty();
                    }
                    case CollateralShelf.Placement.NothingNewer ignored -> {
                        around.events().nothingNewer(key);
                        yield Optional.empty();
                    }
                    case CollateralShelf.Placement.Refused(Verdict.Rejected rejection) -> wrong(rejection);
                };
        };
    }

    private static Optional<Unavailable> wrong(Verdict.Rejected rejection) {
        return Optional.of(new Unavailable(Reason.WRONG_ANSWER, rejection.detail()));
    }

    /** Asks for newer collateral of every platform at hand that is past half its life. Returns at once. */
    public void refreshDue() {
        Instant now = around.clock().instant();
        if (around.publisher().isPresent()) {
            shelf.all().forEach(checked -> refresh(checked, now));
        }
    }

    /**
     * Takes collateral from a bundle, through the same checks and under the newest lists at hand. Older than what is at
     * hand is left out; a newer list in it is taken all the same.
     */
    public CollateralVerdict take(Collateral collateral) {
        JudgedAt at = new JudgedAt(around.clock().instant(), terms.grace());
        CollateralVerdict verdict = around.checks().check(collateral, at);
        if (verdict instanceof CollateralVerdict.Good(CheckedCollateral checked)
                && shelf.put(checked, at) instanceof CollateralShelf.Placement.Refused(Verdict.Rejected rejection)) {
            return new CollateralVerdict.Wrong(rejection);
        }
        return verdict;
    }

    /** Everything at hand. */
    public List<CheckedCollateral> held() {
        return shelf.all();
    }

    /** Whether the source is left alone after failures. */
    public boolean circuitOpen() {
        return circuit.isOpen();
    }

    @Override
    public Optional<ByteString> rootCrl(Instant at) {
        return shelf.rootCrl(at);
    }
}
