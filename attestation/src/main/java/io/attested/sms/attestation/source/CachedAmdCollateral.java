package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.amd.AmdChecks;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpCollateral;
import io.attested.sms.attestation.amd.SnpReport;
import io.attested.sms.attestation.source.AmdAnswer.Found;
import io.attested.sms.attestation.source.AmdAnswer.Unavailable;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cache of AMD's checked certificates and lists before a publisher.
 *
 * <p>Guarantees: what comes out passed every check of {@link AmdChecks} when it came in, and its revocation list is not
 * past its nextUpdate, or past it by no more than the grace while the publisher has nothing better. One fetch at a time:
 * AMD's service answers few requests of one address. A product's chain and list are asked for once, then again from half
 * of the list's life on. After failures in a row nobody is asked for a while.
 *
 * <p>Anybody can write a report that names a chip that does not exist, and only the chip's certificate shows it. So new
 * chips and TCB versions are bounded within an hour.
 */
public final class CachedAmdCollateral {
    /** What it works with; nobody is asked without a publisher. */
    public record Surroundings(
            AmdChecks checks,
            Optional<AmdPublisher> publisher,
            Optional<CollateralFolder> folder,
            InstantSource clock,
            AmdEvents events) {}

    private static final Duration REFRESH_PAUSE = Duration.ofHours(1);

    private final Surroundings around;
    private final CachedCollateral.Terms terms;
    private final AmdShelf shelf;
    private final PlatformBound bound;
    private final Circuit circuit = new Circuit();
    private final ReentrantLock oneFetch = new ReentrantLock();
    private final Map<String, Attempt> attempts = new HashMap<>();

    /** The last fetch of something, and until when it is not tried again. Guarded by the lock. */
    private record Attempt(Instant until, FetchFailed instead) {}

    private CachedAmdCollateral(Surroundings around, CachedCollateral.Terms terms) {
        this.around = around;
        this.terms = terms;
        this.shelf = new AmdShelf(around.folder(), around.checks(), around.events());
        this.bound = new PlatformBound(terms.platformsPerHour());
    }

    /**
     * Opens the cache with what lies in the folder, which is its own.
     *
     * @param terms a chip at one TCB version counts as a platform
     * @throws IOException when the folder cannot be listed
     */
    public static CachedAmdCollateral open(Surroundings around, CachedCollateral.Terms terms) throws IOException {
        CachedAmdCollateral cache = new CachedAmdCollateral(around, terms);
        cache.shelf.load(new JudgedAt(around.clock().instant(), terms.grace()));
        return cache;
    }

    /**
     * What goes with a report. May wait for a fetch, for a bounded time.
     *
     * @param named the product, for reports that do not say it (version 2)
     * @param vlek the provider's certificate, DER, for reports signed by a VLEK; not checked here
     */
    public AmdAnswer get(SnpReport report, Optional<AmdProduct> named, Optional<ByteString> vlek) {
        Optional<AmdProduct> product = report.product().or(() -> named);
        if (product.isEmpty()) {
            return unknown("the report does not say which product its processor is; name it");
        }
        AmdShelf.Line line = new AmdShelf.Line(product.get(), report.signingKey());
        if (report.signingKey() == SigningKey.VLEK) {
            return vlek.isEmpty()
                    ? unknown("a VLEK certificate comes from the cloud provider, not from AMD's service")
                    : inTurn(deadline -> found(vlek.get(), fresh(line, deadline)));
        }
        Optional<ChipVersion> chip = ChipVersion.of(report, product.get());
        return chip.isEmpty()
                ? unknown("the report names no chip of " + product.get().text())
                : held(line, chip.get()).orElseGet(() -> inTurn(deadline -> fetched(line, chip.get(), deadline)));
    }

    private static Unavailable unknown(String detail) {
        return new Unavailable(Reason.UNKNOWN_PLATFORM, detail);
    }

    /** Both at hand and the list before half of its life: nobody waits. */
    private Optional<AmdAnswer> held(AmdShelf.Line line, ChipVersion chip) {
        Instant now = around.clock().instant();
        return shelf.issuers(line)
                .filter(issuers -> now.isBefore(issuers.list().halfLife()))
                .flatMap(issuers -> shelf.chip(chip).map(vcek -> found(vcek, issuers)));
    }

    private interface Step {
        AmdAnswer take(Instant deadline) throws FetchFailed, EvidenceRejected, InterruptedException;
    }

    private AmdAnswer inTurn(Step step) {
        Instant deadline = around.clock().instant().plus(terms.patience());
        try {
            if (!oneFetch.tryLock(terms.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Unavailable(Reason.UNREACHABLE, "no turn to ask within " + terms.patience());
            }
            try {
                return step.take(deadline);
            } finally {
                oneFetch.unlock();
            }
        } catch (FetchFailed failed) {
            return new Unavailable(failed.reason(), failed.detail());
        } catch (EvidenceRejected rejected) {
            return new Unavailable(Reason.WRONG_ANSWER, rejected.verdict().detail());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable(Reason.UNREACHABLE, "interrupted");
        }
    }

    private AmdAnswer fetched(AmdShelf.Line line, ChipVersion chip, Instant deadline)
            throws FetchFailed, EvidenceRejected, InterruptedException {
        Optional<ByteString> present = shelf.chip(chip);
        if (present.isEmpty()
                && around.publisher().isPresent()
                && !bound.admits(id(chip), around.clock().instant())) {
            throw new FetchFailed(
                    Reason.BOUND_REACHED,
                    "more than " + terms.platformsPerHour() + " chips or TCB versions were new within the hour");
        }
        AmdShelf.Held issuers = fresh(line, deadline);
        JudgedAt at = new JudgedAt(around.clock().instant(), terms.grace());
        if (present.isPresent()) {
            return recheck(chip, present.get(), issuers, at);
        }
        ByteString vcek = ask(chip.toString(), publisher -> {
            ByteString received = publisher.vcek(chip, deadline);
            shelf.put(chip, received, issuers.issuers(), at);
            return received;
        });
        return found(vcek, issuers);
    }

    /** A newer list may revoke what was good. */
    private AmdAnswer recheck(ChipVersion chip, ByteString vcek, AmdShelf.Held issuers, JudgedAt at)
            throws EvidenceRejected {
        try {
            around.checks().requireVcek(chip, vcek, issuers.issuers(), at);
            return found(vcek, issuers);
        } catch (EvidenceRejected rejected) {
            shelf.drop(chip);
            throw rejected;
        }
    }

    private static ByteString id(ChipVersion chip) {
        return ByteString.copyOf(chip.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Issuers with a list before half of its life, or the best there is. */
    private AmdShelf.Held fresh(AmdShelf.Line line, Instant deadline) throws FetchFailed, InterruptedException {
        Instant now = around.clock().instant();
        Optional<AmdShelf.Held> present = shelf.issuers(line);
        if (present.isPresent() && now.isBefore(present.get().list().halfLife())) {
            return present.get();
        }
        try {
            ask(line.file(), publisher -> {
                shelf.put(
                        line,
                        publisher.issuers(line.product(), line.kind(), deadline),
                        JudgedAt.exactly(around.clock().instant()));
                return ByteString.copyOf(new byte[0]);
            });
        } catch (FetchFailed failed) {
            if (present.isEmpty() || !usable(present.get(), around.clock().instant())) {
                throw failed;
            }
        }
        return shelf.issuers(line)
                .filter(issuers -> usable(issuers, around.clock().instant()))
                .orElseThrow(() -> new FetchFailed(Reason.WRONG_ANSWER, "the source answered with an older list"));
    }

    private boolean usable(AmdShelf.Held issuers, Instant now) {
        return new JudgedAt(now, terms.grace())
                .allowsCollateralUntil(issuers.list().until());
    }

    private interface Question {
        ByteString put(AmdPublisher publisher) throws FetchFailed, EvidenceRejected, InterruptedException;
    }

    /** Asks if the circuit is closed, and tells circuit and listener how it ended. */
    private ByteString ask(String what, Question question) throws FetchFailed, InterruptedException {
        if (around.publisher().isEmpty()) {
            throw new FetchFailed(Reason.NO_SOURCE, "no source is configured, and there is nothing at hand");
        }
        Instant now = around.clock().instant();
        attempts.values().removeIf(attempt -> !now.isBefore(attempt.until()));
        Attempt last = attempts.get(what);
        if (last != null) {
            throw last.instead();
        }
        if (!circuit.admits(now)) {
            throw new FetchFailed(Reason.CIRCUIT_OPEN, "the source failed repeatedly and is not asked");
        }
        return asked(what, question, around.publisher().get());
    }

    private ByteString asked(String what, Question question, AmdPublisher publisher)
            throws FetchFailed, InterruptedException {
        try {
            ByteString answer = question.put(publisher);
            circuit.answered();
            around.events().fetched(what);
            pause(what, REFRESH_PAUSE, new FetchFailed(Reason.WRONG_ANSWER, "the source has nothing newer"));
            return answer;
        } catch (FetchFailed failed) {
            // A wrong answer is one chip's concern; only silence says something about all of them.
            if (failed.reason() == Reason.UNREACHABLE) {
                circuit.failed(around.clock().instant());
            } else {
                circuit.answered();
            }
            throw failed(what, failed);
        } catch (EvidenceRejected rejected) {
            circuit.answered();
            throw failed(
                    what,
                    new FetchFailed(Reason.WRONG_ANSWER, rejected.verdict().detail()));
        } catch (InterruptedException | RuntimeException undecided) {
            circuit.undecided();
            throw undecided;
        }
    }

    private FetchFailed failed(String what, FetchFailed failure) {
        around.events().failed(what, failure.reason(), failure.detail());
        pause(what, terms.pause(), failure);
        return failure;
    }

    private void pause(String what, Duration time, FetchFailed instead) {
        attempts.put(what, new Attempt(around.clock().instant().plus(time), instead));
    }

    private AmdAnswer found(ByteString signer, AmdShelf.Held issuers) {
        return new Found(
                new SnpCollateral(
                        signer,
                        issuers.issuers().chainPem(),
                        Optional.of(issuers.issuers().revocationList())),
                around.clock().instant().isAfter(issuers.list().until()));
    }

    /** Whether the source is left alone after failures. */
    public boolean circuitOpen() {
        return circuit.isOpen();
    }
}
