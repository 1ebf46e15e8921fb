package io.attested.sms.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how many writes, and guesses of the admin API's key, one source may try in a minute: 503 with Retry-After beyond
 * it, before anything is verified.
 *
 * <p>A source is the peer's IPv4 address or the first 64 bits of its IPv6 address, for one host has a network of that size
 * (RFC 6177) and can send from any address in it. Behind a proxy it is the proxy, which then has to bound its own clients.
 * A port kept for the admin API counts by itself, so that a flood through a proxy on the same machine does not lock the
 * operator out. At most {@value #SOURCES} sources are remembered, the longest unheard one is forgotten first.
 */
public final class SourceBudget extends OncePerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** With it a request is a guess, whatever its method. */
    private static final String API_KEY = "X-API-KEY";

    private static final String ADMIN = "admin ";

    private static final int SOURCES = 10_000;
    private static final int NETWORK_BYTES = 8;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int writesPerMinute;
    private final OptionalInt adminPort;
    private final InstantSource clock;
    private final Map<String, Spent> sources = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Spent> eldest) {
            return size() > SOURCES;
        }
    };

    /**
     * A budget.
     *
     * @param writesPerMinute tries of one source in a minute; positive
     * @param adminPort the port kept for the admin API, if there is one
     */
    public SourceBudget(int writesPerMinute, OptionalInt adminPort, InstantSource clock) {
        this.writesPerMinute = writesPerMinute;
        this.adminPort = adminPort;
        this.clock = clock;
    }

    private record Spent(long window, int writes) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod()) && request.getHeader(API_KEY) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean admin = adminPort.isPresent() && adminPort.getAsInt() == request.getLocalPort();
        String source = source(request.getRemoteAddr());
        if (spend(admin ? ADMIN + source : source)) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(WINDOW.toSeconds()));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static String source(String peer) {
        if (peer.indexOf(':') < 0) {
            return peer;
        }
        int zone = peer.indexOf('%');
        try {
            byte[] address = InetAddress.ofLiteral(zone < 0 ? peer : peer.substring(0, zone))
                    .getAddress();
            return HexFormat.of().formatHex(address, 0, Math.min(address.length, NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            // Not an address: counted as it stands.
            return peer;
        }
    }

    private boolean spend(String source) {
        long window = clock.instant().getEpochSecond() / WINDOW.toSeconds();
        synchronized (sources) {
            Spent spent = sources.get(source);
            int writes = spent != null && spent.window() == window ? spent.writes() : 0;
            sources.put(source, new Spent(window, Math.min(writes + 1, writesPerMinute + 1)));
            return writes < writesPerMinute;
        }
    }
}
