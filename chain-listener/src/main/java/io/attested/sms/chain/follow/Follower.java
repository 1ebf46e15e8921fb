package io.attested.sms.chain.follow;

import io.attested.sms.chain.follow.ChainFollower.Pace;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a {@link ChainFollower}'s steps on a thread of its own: at an interval, and sooner when told of a new head.
 *
 * <p>Whoever hints or looks, and however often: between the end of a step that leaves nothing to do and the next one
 * there is an eighth of the interval, at most {@link #LONGEST_SPACING}.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Longest time that a hint or a look has to wait for the next step. */
    static final Duration LONGEST_SPACING = Duration.ofMillis(250);

    private static final int SPACINGS_OF_AN_INTERVAL = 8;

    private final ChainFollower core;
    private final Duration interval;
    private final Duration spacing;
    private final Semaphore hints = new Semaphore(0);
    private final Lock lock = new ReentrantLock();
    private final Condition stepEnded = lock.newCondition();
    private long begun;
    private long ended;
    private final Thread thread;

    private Follower(ChainFollower core, Duration interval) {
        this.core = core;
        this.interval = interval;
        Duration part = interval.dividedBy(SPACINGS_OF_AN_INTERVAL);
        this.spacing = part.compareTo(LONGEST_SPACING) < 0 ? part : LONGEST_SPACING;
        this.thread = Thread.ofPlatform().daemon().name("chain-follower").unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @param interval between two steps when nothing hints at a new head; positive
     */
    public static Follower start(ChainFollower core, Duration interval) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("the interval must be positive");
        }
        Follower follower = new Follower(core, interval);
        follower.thread.start();
        return follower;
    }

    /** There may be a new head: takes a step soon. Any number of hints until it begins makes one step. */
    public void hint() {
        if (hints.availablePermits() == 0) {
            hints.release();
        }
    }

    /**
     * Waits for the end of a step that begins after this call, so that what the chain said before the call is known;
     * many who wait at once share one step.
     *
     * @return whether there was such a step in time; it may have failed
     */
    public boolean look(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            long awaited = begun + 1;
            hint();
            while (ended < awaited && nanos > 0) {
                nanos = stepEnded.awaitNanos(nanos);
            }
            return ended >= awaited;
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the step under way; waits for that. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (step() == Pace.REST) {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            // Closed while at rest.
            Thread.currentThread().interrupt();
        }
    }

    private void rest() throws InterruptedException {
        Thread.sleep(spacing);
        hints.tryAcquire(interval.minus(spacing).toNanos(), TimeUnit.NANOSECONDS);
        hints.drainPermits();
    }

    /** A store that fails must not end the following; the facts go stale by the clock meanwhile. */
    private Pace step() {
        long step = counted(() -> ++begun);
        try {
            return core.step();
        } catch (RuntimeException e) {
            LOG.error("chain_step_failed", e);
            return Pace.REST;
        } finally {
            counted(() -> {
                stepEnded.signalAll();
                return ended = step;
            });
        }
    }

    private long counted(LongSupplier change) {
        lock.lock();
        try {
            return change.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
