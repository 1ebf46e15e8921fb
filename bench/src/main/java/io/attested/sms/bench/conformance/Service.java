package io.attested.sms.bench.conformance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;

/** A service under test. Connections stay open and are used again. Safe for several threads. */
public final class Service implements AutoCloseable {
    private final URI url;
    private final Duration patience;
    private final SSLSocketFactory tls;
    private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();
    private final AtomicLong exchanges = new AtomicLong();

    private Service(URI url, Duration patience, SSLSocketFactory tls) {
        this.url = url;
        this.patience = patience;
        this.tls = tls;
    }

    /**
     * A service that is not asked anything yet.
     *
     * @param url {@code http} or {@code https}; a path in it is not used
     * @param patience how long one answer may take
     */
    public static Service at(URI url, Duration patience) {
        return at(url, patience, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * The same.
     *
     * @param tls decides which certificates are believed
     */
    public static Service at(URI url, Duration patience, SSLSocketFactory tls) {
        return new Service(url, patience, tls);
    }

    /** The same service at another address. */
    Service beside(URI other) {
        return new Service(other, patience, tls);
    }

    /** As it was given. */
    public URI url() {
        return url;
    }

    /** How long one answer may take. */
    public Duration patience() {
        return patience;
    }

    /** Requests answered so far. */
    public long exchanges() {
        return exchanges.get();
    }

    /** Sends a request and reads its answer; {@link Seen.Silence} when there is none in time. */
    public Seen send(Request request) {
        Optional<Wire> open = request.last() ? Optional.empty() : Optional.ofNullable(idle.poll());
        if (open.isPresent()) {
            try {
                return kept(open.get(), request);
            } catch (SocketTimeoutException late) {
                return new Seen.Silence("no answer: " + late.getMessage());
            } catch (IOException closedMeanwhile) {
                // A service may close a connection that is not in use at any time (RFC 9112 section 9.5).
            }
        }
        try {
            return kept(Wire.to(url, patience, tls), request);
        } catch (UnknownHostException unknown) {
            return new Seen.Silence("no answer: no host of the name " + url.getHost() + " is known");
        } catch (IOException e) {
            return new Seen.Silence("no answer: " + e.getMessage());
        }
    }

    /** Sends one after the other on a connection of their own; from where it ends, {@link Seen.Silence}. */
    public List<Seen> sendInARow(List<Request> requests) {
        List<Seen> seen = new ArrayList<>();
        try (Wire wire = Wire.to(url, patience, tls)) {
            for (Request request : requests) {
                seen.add(wire.exchange(request));
                exchanges.incrementAndGet();
            }
        } catch (IOException ended) {
            while (seen.size() < requests.size()) {
                seen.add(new Seen.Silence("no answer: " + ended.getMessage()));
            }
        }
        return seen;
    }

    /** Sends bytes as they are on a connection of their own, and reads one answer up to its end. */
    public Seen sendRaw(byte[] bytes) {
        try (Wire wire = Wire.to(url, patience, tls)) {
            exchanges.incrementAndGet();
            return wire.raw(bytes);
        } catch (IOException e) {
            return new Seen.Silence("no answer: " + e.getMessage());
        }
    }

    private Seen kept(Wire wire, Request request) throws IOException {
        boolean keep = false;
        try {
            Answer answer = wire.exchange(request);
            exchanges.incrementAndGet();
            keep = !request.last() && answer.headers("Connection").stream().noneMatch("close"::equalsIgnoreCase);
            return answer;
        } finally {
            if (keep) {
                idle.push(wire);
            } else {
                wire.close();
            }
        }
    }

    /** Sends all at the same moment, each on a connection of its own; answers in the order of the requests. */
    public List<Seen> sendTogether(List<Request> requests) {
        CountDownLatch ready = new CountDownLatch(requests.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Seen>> calls = requests.stream()
                    .<Callable<Seen>>map(request -> () -> {
                        ready.countDown();
                        ready.await();
                        return send(request);
                    })
                    .toList();
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> answer : threads.invokeAll(calls)) {
                seen.add(answer.get());
            }
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        idle.forEach(Wire::close);
        idle.clear();
    }
}
