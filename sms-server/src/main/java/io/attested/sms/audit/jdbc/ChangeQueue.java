package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.LogUnavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The changes that wait for the writer, in the order of their arrival. Bounded: a stuck disk must not fill the memory. */
final class ChangeQueue {
    private static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<PendingChange<?>> waiting = new ArrayDeque<>();
    private boolean closed;

    void add(PendingChange<?> change) {
        lock.lock();
        try {
            if (closed) {
                throw new LogUnavailable("the service is shutting down; repeat the request", false);
            }
            if (waiting.size() >= CAPACITY) {
                throw new LogUnavailable(
                        "more than " + CAPACITY + " changes wait for the disk; repeat the request later", false);
            }
            waiting.add(change);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change, then takes all that are there up to {@code limit}; empty when closed and drained. */
    List<PendingChange<?>> take(int limit) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            List<PendingChange<?>> group = new ArrayList<>();
            while (group.size() < limit && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
