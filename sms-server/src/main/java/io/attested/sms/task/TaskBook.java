package io.attested.sms.task;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks tasks up, waiting for settlement where the caller may.
 *
 * <p>Waiting holds nothing: no database connection, no lock, only the request's own virtual thread; and it costs nothing:
 * a view that follows the chain answers each look from memory. How old what it answers may be is the view's part.
 */
public final class TaskBook {
    private static final Logger LOG = LoggerFactory.getLogger(TaskBook.class);
    private static final Duration POLL = Duration.ofMillis(250);

    private final ChainView chain;
    private final InstantSource clock;
    private final AtomicLong lastLogged = new AtomicLong();

    public TaskBook(ChainView chain, InstantSource clock) {
        this.chain = chain;
        this.clock = clock;
    }

    /** What the chain says now. */
    public TaskLookup now(Bytes32 taskId) {
        return noted(chain.task(taskId));
    }

    /** The same, with what the asker says of the task's deal, by which a boosted one is recognised. */
    public TaskLookup now(Bytes32 taskId, DealClaim claim) {
        return noted(chain.task(taskId, claim));
    }

    /** What the head says now: for what releases nothing. */
    public TaskLookup atHead(Bytes32 taskId) {
        return noted(chain.taskAtHead(taskId));
    }

    /** What the chain says, after waiting at most {@code patience} for a task that the head knows to settle. */
    public TaskLookup settled(Bytes32 taskId, Duration patience) {
        Instant giveUp = clock.instant().plus(patience);
        TaskLookup lookup = now(taskId);
        while (lookup instanceof TaskLookup.NotSettled && clock.instant().isBefore(giveUp)) {
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return lookup;
            }
            lookup = now(taskId);
        }
        return lookup;
    }

    private TaskLookup noted(TaskLookup lookup) {
        if (lookup instanceof TaskLookup.Unavailable(ChainFailure failure) && mayLog()) {
            LOG.warn("chain_unavailable kind={} detail={}", failure.kind(), failure.detail());
        }
        return lookup;
    }

    /** One line a second is enough to say that the chain is gone. */
    private boolean mayLog() {
        long second = clock.instant().getEpochSecond();
        return lastLogged.getAndSet(second) != second;
    }
}
