package io.attested.sms.attestation;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * What a call answered, and how much memory it asked for: bytes on the heap by this thread, whether kept or not.
 *
 * @param answer the call's answer
 * @param bytes allocated during the call
 */
public record Allocation<T>(T answer, long bytes) {
    /** Calls twice and measures the second call: classes and tables that are made at first use do not count. */
    public static <T> Allocation<T> of(Supplier<T> call) {
        measured(call);
        return measured(call);
    }

    private static <T> Allocation<T> measured(Supplier<T> call) {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            throw new IllegalStateException("this platform does not count the memory that a thread asks for");
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        T answer = call.get();
        return new Allocation<>(answer, threads.getCurrentThreadAllocatedBytes() - before);
    }
}
