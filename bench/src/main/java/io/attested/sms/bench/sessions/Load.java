package io.attested.sms.bench.sessions;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends requests over a number of connections, each sending its next when it has its answer. */
final class Load {
    private final Service service;
    private final List<SessionAsk> asks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final long[] nanos;

    private Load(Service service, List<SessionAsk> asks, int most) {
        this.service = service;
        this.asks = asks;
        this.nanos = new long[most];
    }

    /**
     * What a window came to.
     *
     * @param requests answered
     * @param failures answered otherwise than with 200, or not at all
     * @param failure what the first failure said; empty without
     * @param seconds from the first request to the last answer
     * @param cpuSeconds CPU time of the service's process in that time, in steps of 10 ms
     * @param sortedNanos time of each answered request
     */
    record Window(int requests, int failures, String failure, double seconds, double cpuSeconds, long[] sortedNanos) {
        double rate() {
            return requests / seconds;
        }

        double cpuMillis() {
            return cpuSeconds * 1e3 / requests;
        }

        /** Milliseconds that this part of the requests needed at most. */
        double percentile(double part) {
            return sortedNanos.length == 0
                    ? 0
                    : sortedNanos[(int) Math.min(sortedNanos.length - 1L, (long) (part * sortedNanos.length))] / 1e6;
        }
    }

    /** Each request once, until all are sent or the time is up. */
    static Window once(Service service, List<SessionAsk> asks, int connections, Duration atMost) {
        return new Load(service, asks, asks.size()).run(connections, atMost);
    }

    /** The same requests again and again, until the time is up. */
    static Window again(Service service, List<SessionAsk> asks, int connections, Duration atMost) {
        return new Load(service, asks, (int) (atMost.toSeconds() + 1) * 50_000).run(connections, atMost);
    }

    private Window run(int connections, Duration atMost) {
        long cpuBefore = service.cpu().toNanos();
        long start = System.nanoTime();
        List<Thread> senders = IntStream.range(0, connections)
                .mapToObj(number -> Thread.ofVirtual().start(() -> send(start + atMost.toNanos())))
                .toList();
        try {
            for (Thread sender : senders) {
                sender.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = (service.cpu().toNanos() - cpuBefore) / 1e9;
        long[] sorted = Arrays.stream(nanos).filter(time -> time > 0).sorted().toArray();
        String first = failure.get();
        return new Window(sorted.length, failures.get(), first == null ? "" : first, seconds, cpu, sorted);
    }

    private void send(long end) {
        try (Connection connection = Connection.to(service.sconePort())) {
            for (int number = next.getAndIncrement();
                    number < nanos.length && System.nanoTime() < end;
                    number = next.getAndIncrement()) {
                long sent = System.nanoTime();
                Connection.Answer answer =
                        connection.send(asks.get(number % asks.size()).http());
                nanos[number] = System.nanoTime() - sent;
                if (answer.status() != 200) {
                    failed(answer.status() + " " + answer.body());
                }
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void failed(String what) {
        failures.incrementAndGet();
        failure.compareAndSet(null, what);
    }
}
