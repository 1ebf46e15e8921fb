package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many exchanges with one node may be under way, so that a node that hangs does not collect threads without end.
 *
 * <p>Requests have {@value #OF_REQUESTS} of the {@value #MOST}; the rest is kept for those who follow and check the chain,
 * whom no number of requests can keep waiting. First come, first served.
 */
final class Slots {
    /** Exchanges under way at once. */
    static final int MOST = 64;

    /** Of these, for requests. */
    static final int OF_REQUESTS = 48;

    /** Longest wait for a slot. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Semaphore requests = new Semaphore(OF_REQUESTS, true);
    private final Semaphore others = new Semaphore(MOST - OF_REQUESTS, true);

    /** One exchange's place; to be given back once. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a slot, waiting up to {@link #PATIENCE} for one.
     *
     * @param limit of the exchange; no longer wait than this
     * @throws ReadFailure when there is none in time, or the thread is interrupted
     */
    Slot take(Purpose purpose, Duration limit) throws ReadFailure {
        Semaphore free = of(purpose);
        Duration patience = limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE;
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ReadFailure.late("too many exchanges with the node are under way");
            }
            return free::release;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadFailure(Kind.TIMEOUT, "interrupted while waiting for an exchange with the node");
        }
    }

    private Semaphore of(Purpose purpose) {
        return switch (purpose) {
            case REQUEST -> requests;
            case FOLLOWER, CHECK -> others;
        };
    }
}
