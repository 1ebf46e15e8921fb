package io.attested.sms.session.scone;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft's attestation servers, one of which a session names: in random order the first whose
 * {@code .well-known/openid-configuration} answers 200 (iExec contract section 4.4).
 *
 * <p>All are asked at once, so that those that are silent cost one deadline together. An answer is remembered for a minute
 * and silence of all for ten seconds, so that a session seldom waits. Choosing a server gives it no trust: the CAS checks
 * what it signs.
 */
public final class AttestationServers implements Supplier<Optional<String>> {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration SILENCE_REMEMBERED = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final List<URI> urls;
    private final HttpClient http;
    private final Duration deadline;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Choice last;

    /**
     * @param urls may be empty
     * @param http follows no redirect and checks certificates against the public authorities
     * @param deadline for all answers together
     */
    public AttestationServers(
            List<URI> urls, HttpClient http, Duration deadline, InstantSource clock, RandomGenerator random) {
        this.urls = List.copyOf(urls);
        this.http = http;
        this.deadline = deadline;
        this.clock = clock;
        this.random = random;
    }

    private record Choice(Optional<String> url, Instant until) {}

    /** A server that answered not long ago; nothing when none is configured or none answers. */
    @Override
    public Optional<String> get() {
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        Choice known = last;
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.url();
        }
        asking.lock();
        try {
            Choice meanwhile = last;
            if (meanwhile != null && clock.instant().isBefore(meanwhile.until())) {
                return meanwhile.url();
            }
            Optional<String> url = ask();
            last = new Choice(url, clock.instant().plus(url.isPresent() ? REMEMBERED : SILENCE_REMEMBERED));
            return url;
        } finally {
            asking.unlock();
        }
    }

    private Optional<String> ask() {
        List<URI> order = new ArrayList<>(urls);
        Collections.shuffle(order, random);
        long end = System.nanoTime() + deadline.toNanos();
        List<CompletableFuture<HttpResponse<Void>>> exchanges =
                order.stream().map(this::started).toList();
        try {
            for (int i = 0; i < order.size(); i++) {
                if (answered(exchanges.get(i), end)) {
                    return Optional.of(order.get(i).toString());
                }
            }
            return Optional.empty();
        } finally {
            exchanges.forEach(exchange -> exchange.cancel(true));
        }
    }

    private CompletableFuture<HttpResponse<Void>> started(URI server) {
        String base = server.toString();
        URI page = URI.create(base + (base.endsWith("/") ? "" : "/") + ".well-known/openid-configuration");
        return http.sendAsync(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
    }

    private static boolean answered(CompletableFuture<HttpResponse<Void>> exchange, long end) {
        try {
            long left = Math.max(0, end - System.nanoTime());
            return exchange.get(left, TimeUnit.NANOSECONDS).statusCode() == OK;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
