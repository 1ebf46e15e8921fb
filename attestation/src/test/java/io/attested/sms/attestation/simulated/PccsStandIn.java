package io.attested.sms.attestation.simulated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attested.sms.attestation.collateral.Collateral;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A PCCS on a real socket of the loopback interface that answers with what a test published, or misbehaves as told.
 *
 * <p>Revocation lists are in hexadecimal text, as a PCCS documents, or in DER as Intel's own service sends them.
 */
public final class PccsStandIn implements AutoCloseable {
    /** How it answers. */
    public enum Behaviour {
        NORMAL,
        /** Lists in DER. */
        DER_LISTS,
        /** Status 503. */
        DOWN,
        /** Nothing for a while, then the right answer. */
        LATE,
        /** Headers at once, the body a byte at a time. */
        DRIPPING,
        /** A body of 10 MB. */
        HUGE,
        /** A header of 200,000 characters. */
        HUGE_HEADER,
        /** Status 302 to another address of its own, where the right answer is. */
        REDIRECTING,
        /** One byte of the signed text changed. */
        ALTERED,
        /** The signed text with a space in it, same JSON value. */
        RESERIALISED,
        /** No issuer chains. */
        NO_CHAINS
    }

    private static final long LATE_MILLIS = 1500;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = Behaviour.NORMAL;

    private PccsStandIn(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts on a free port. */
    public static PccsStandIn start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            PccsStandIn pccs = new PccsStandIn(server, threads);
            server.setExecutor(threads);
            server.createContext("/", pccs::answer);
            server.start();
            return pccs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its base URL. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Paths with queries it was asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers this way from now on. */
    public void behave(Behaviour how) {
        behaviour = how;
    }

    /**
     * Answers with this from now on, right or wrong.
     *
     * @param tee {@code sgx} or {@code tdx}
     * @param fmspc 12 hexadecimal digits
     * @param authority {@code processor} or {@code platform}
     */
    public void publish(String tee, String fmspc, String authority, Collateral collateral) {
        String paths = "/" + tee + "/certification/v4/";
        put(
                paths + "tcb?fmspc=" + fmspc.toLowerCase(Locale.ROOT) + "&update=standard",
                signed(
                        "tcbInfo",
                        collateral.tcbInfo().toByteArray(),
                        collateral.tcbInfoSignature().hex()),
                "TCB-Info-Issuer-Chain",
                collateral.tcbInfoIssuerChain());
        put(
                paths + "qe/identity?update=standard",
                signed(
                        "enclaveIdentity",
                        collateral.qeIdentity().toByteArray(),
                        collateral.qeIdentitySignature().hex()),
                "SGX-Enclave-Identity-Issuer-Chain",
                collateral.qeIdentityIssuerChain());
        put(
                "/sgx/certification/v4/pckcrl?ca=" + authority + "&encoding=der",
                collateral.pckCrl().toByteArray(),
                "SGX-PCK-CRL-Issuer-Chain",
                collateral.pckCrlIssuerChain());
        put("/sgx/certification/v4/rootcacrl", collateral.rootCaCrl().toByteArray(), "X-None", "-");
    }

    private void put(String path, byte[] body, String header, String chain) {
        bodies.put(path, body);
        String encoded = URLEncoder.encode(chain, StandardCharsets.UTF_8).replace("+", "%20");
        headers.put(path, Map.of(header, encoded));
    }

    private static byte[] signed(String member, byte[] json, String signature) {
        return ("{\"" + member + "\":" + new String(json, StandardCharsets.UTF_8) + ",\"signature\":\"" + signature
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requests.add(path);
        String asked = path.startsWith("/moved") ? path.substring("/moved".length()) : path;
        byte[] body = bodies.get(asked);
        try (exchange) {
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, asked, body, path.startsWith("/moved") ? Behaviour.NORMAL : behaviour);
            }
        }
    }

    private void answer(HttpExchange exchange, String path, byte[] body, Behaviour how) throws IOException {
        boolean list = path.contains("crl");
        switch (how) {
            case NORMAL -> send(exchange, path, list ? hex(body) : body);
            case DER_LISTS -> send(exchange, path, body);
            case DOWN -> exchange.sendResponseHeaders(503, -1);
            case LATE -> {
                sleep(LATE_MILLIS);
                send(exchange, path, list ? hex(body) : body);
            }
            case DRIPPING -> drip(exchange, path, body);
            case HUGE -> send(exchange, path, new byte[10_000_000]);
            case HUGE_HEADER -> {
                exchange.getResponseHeaders().set("X-Long", "a".repeat(200_000));
                send(exchange, path, body);
            }
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", "/moved" + path);
                exchange.sendResponseHeaders(302, -1);
            }
            case ALTERED -> send(exchange, path, list ? hex(body) : altered(body));
            case RESERIALISED -> send(exchange, path, list ? hex(body) : reserialised(body));
            case NO_CHAINS -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void send(HttpExchange exchange, String path, byte[] body) throws IOException {
        headers.getOrDefault(path, Map.of()).forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void drip(HttpExchange exchange, String path, byte[] body) throws IOException {
        headers.getOrDefault(path, Map.of()).forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(200, body.length);
        OutputStream out = exchange.getResponseBody();
        for (byte one : body) {
            out.write(one);
            out.flush();
            sleep(50);
        }
    }

    private static byte[] hex(byte[] der) {
        return java.util.HexFormat.of().formatHex(der).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] altered(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.replace("OutOfDate", "Uptodated").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] reserialised(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.replace("\"version\":", "\"version\": ").getBytes(StandardCharsets.UTF_8);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "PccsStandIn" + Arrays.asList(base(), behaviour);
    }
}
