package io.attested.sms.bench.soak;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use. */
final class Heap {
    /** The serial collector leaves gaps in the old generation, except every fourth time. */
    private static final int TRIES = 5;

    private static final long PAUSE_MILLIS = 200;

    private Heap() {}

    /** Bytes in use after a collection: the least of a few, since the rest of the program does not stand still. */
    static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            Thread.sleep(PAUSE_MILLIS);
        }
        return least;
    }
}
