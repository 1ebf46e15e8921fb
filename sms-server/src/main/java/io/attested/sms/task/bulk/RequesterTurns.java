package io.attested.sms.task.bulk;

import io.attested.sms.chain.Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Turns at reading lists: of one requester no more than a share at once. A list that nobody has costs the whole patience for
 * it, and tasks of one deal start together; without a share they hold the gateway for all others. Safe for many threads.
 */
final class RequesterTurns {
    private final int share;
    private final Map<Address, Turns> requesters = new HashMap<>();

    /** @param share most lists of one requester at once, positive */
    RequesterTurns(int share) {
        this.share = share;
    }

    private static final class Turns {
        private final Semaphore free;
        private int askers;

        Turns(int share) {
            this.free = new Semaphore(share, true);
        }
    }

    /** Waits for a turn at most {@code patience}; who got it {@link #leave leaves} it again. */
    boolean take(Address requester, Duration patience) {
        Turns turns = entered(requester);
        boolean taken = false;
        try {
            taken = turns.free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!taken) {
                left(requester);
            }
        }
        return taken;
    }

    /** Gives a turn back. */
    void leave(Address requester) {
        left(requester).free.release();
    }

    private synchronized Turns entered(Address requester) {
        Turns turns = requesters.computeIfAbsent(requester, ignored -> new Turns(share));
        turns.askers++;
        return turns;
    }

    private synchronized Turns left(Address requester) {
        Turns turns = requesters.get(requester);
        if (turns == null) {
            throw new IllegalStateException("a turn is left that was never asked for");
        }
        if (--turns.askers == 0) {
            requesters.remove(requester);
        }
        return turns;
    }

    /** Requesters who ask now. */
    synchronized int asking() {
        return requesters.size();
    }
}
