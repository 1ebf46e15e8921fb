package io.attested.sms.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An IPFS gateway on 127.0.0.1: it holds what a test adds, under the CIDs that {@code ipfs add} gives, serves it as raw
 * blocks or as plain content, and can be told to misbehave.
 */
public final class IpfsStandIn implements AutoCloseable {
    private static final int CHUNK = 256 << 10;
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> blocks = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = Behaviour.HONEST;
    private volatile Duration delay = Duration.ofSeconds(2);
    private volatile String redirect = "http://127.0.0.2:1/";

    /** What the gateway does. */
    public enum Behaviour {
        /** Raw blocks to whoever asks for them, plain content otherwise. */
        HONEST,
        /** Plain content even to who asks for raw blocks. */
        PLAIN_ONLY,
        /** 406 to who asks for raw blocks, plain content otherwise. */
        REFUSES_RAW,
        /** The right bytes with one changed. */
        LYING,
        /** The right bytes after {@link #delay(Duration)}. */
        SLOW,
        /** Headers at once, then a byte now and then. */
        DRIPPING,
        /** 302 to {@link #redirectTo(String)}. */
        REDIRECTING,
        /** A body that does not end. */
        ENDLESS,
        /** The right bytes, said to be compressed. */
        COMPRESSED,
        /** 500. */
        BROKEN,
        /** 504, as gateways answer for what nobody has. */
        LOST
    }

    private IpfsStandIn(HttpServer server) {
        this.server = server;
    }

    /** A gateway with nothing in it. */
    public static IpfsStandIn start() {
        return start(0);
    }

    /** The same on this port; 0 for any. */
    public static IpfsStandIn start(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            IpfsStandIn gateway = new IpfsStandIn(server);
            server.setExecutor(gateway.threads);
            server.createContext("/ipfs/", gateway::serve);
            server.start();
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the gateway does from now on. */
    public IpfsStandIn behave(Behaviour next) {
        behaviour = next;
        return this;
    }

    /** How slow it is when it is slow. */
    public IpfsStandIn delay(Duration other) {
        delay = other;
        return this;
    }

    /** Where it redirects to. */
    public IpfsStandIn redirectTo(String location) {
        redirect = location;
        return this;
    }

    /** Paths with queries asked for so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Adds a value as JSON, as {@code ipfs add} does: CID version 0, dag-pb. */
    public String addJson(Object value) {
        return add(JSON.writeValueAsBytes(value));
    }

    /** Adds a file, as {@code ipfs add} does; one of more than 256 KiB becomes a node with links. */
    public String add(byte[] file) {
        if (file.length <= CHUNK) {
            return keep(leaf(file, true), file, true, 0x70);
        }
        List<byte[]> links = new ArrayList<>();
        ByteArrayOutputStream sizes = new ByteArrayOutputStream();
        for (int from = 0; from < file.length; from += CHUNK) {
            byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + CHUNK));
            byte[] block = leaf(piece, true);
            keep(block, piece, true, 0x70);
            ByteArrayOutputStream link = new ByteArrayOutputStream();
            bytes(link, 1, multihash(block));
            bytes(link, 2, new byte[0]);
            varint(link, 3 << 3);
            varint(link, block.length);
            links.add(link.toByteArray());
            varint(sizes, 4 << 3);
            varint(sizes, piece.length);
        }
        return keep(root(file.length, links, sizes.toByteArray()), file, true, 0x70);
    }

    /** Adds a file of at most 256 KiB as {@code ipfs add --raw-leaves} does: CID version 1, raw. */
    public String addRaw(byte[] file) {
        return keep(file, file, false, 0x55);
    }

    /** Adds a file in CID version 1 with dag-pb; {@code ipfs add} tells its size, others do not. */
    public String addVersion1(byte[] file, boolean withSize) {
        return keep(leaf(file, withSize), file, false, 0x70);
    }

    /** Adds any block under the CID of its bytes, version 1. */
    public String addBlock(byte[] block, int codec) {
        return keep(block, block, false, codec);
    }

    /** Adds a dag-pb node that links to raw blocks, with these sizes told. */
    public String addNode(List<byte[]> rawPieces, long fileSize) {
        List<byte[]> links = new ArrayList<>();
        for (byte[] piece : rawPieces) {
            addRaw(piece);
            ByteArrayOutputStream link = new ByteArrayOutputStream();
            ByteArrayOutputStream cid = new ByteArrayOutputStream();
            cid.write(1);
            cid.write(0x55);
            cid.writeBytes(multihash(piece));
            bytes(link, 1, cid.toByteArray());
            links.add(link.toByteArray());
        }
        return addBlock(root(fileSize, links, new byte[0]), 0x70);
    }

    private String keep(byte[] block, byte[] file, boolean version0, int codec) {
        byte[] hash = multihash(block);
        ByteArrayOutputStream version1 = new ByteArrayOutputStream();
        version1.write(1);
        version1.write(codec);
        version1.writeBytes(hash);
        String base32 = "b" + base32(version1.toByteArray());
        String name = version0 ? base58(hash) : base32;
        for (String known : List.of(name, base32)) {
            blocks.put(known, block);
            files.put(known, file);
        }
        return name;
    }

    private static byte[] leaf(byte[] content, boolean withSize) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {8, 2});
        if (content.length > 0) {
            bytes(file, 2, content);
        }
        if (withSize) {
            varint(file, 3 << 3);
            varint(file, content.length);
        }
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        bytes(node, 1, file.toByteArray());
        return node.toByteArray();
    }

    private static byte[] root(long fileSize, List<byte[]> links, byte[] sizes) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        links.forEach(link -> bytes(node, 2, link));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {8, 2});
        varint(file, 3 << 3);
        varint(file, fileSize);
        file.writeBytes(sizes);
        bytes(node, 1, file.toByteArray());
        return node.toByteArray();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            String cid = exchange.getRequestURI().getPath().substring("/ipfs/".length());
            boolean raw = "format=raw".equals(exchange.getRequestURI().getQuery());
            byte[] bytes = (raw && behaviour != Behaviour.PLAIN_ONLY ? blocks : files).get(cid);
            if (bytes == null || behaviour == Behaviour.LOST) {
                exchange.sendResponseHeaders(504, -1);
            } else {
                answer(exchange, bytes, raw);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, byte[] bytes, boolean raw) throws IOException, InterruptedException {
        switch (behaviour) {
            case HONEST, PLAIN_ONLY -> send(exchange, bytes);
            case REFUSES_RAW -> {
                if (raw) {
                    exchange.sendResponseHeaders(406, -1);
                } else {
                    send(exchange, bytes);
                }
            }
            case LYING -> {
                byte[] other = bytes.clone();
                other[other.length / 2] ^= 1;
                send(exchange, other);
            }
            case SLOW -> {
                Thread.sleep(delay);
                send(exchange, bytes);
            }
            case DRIPPING -> drip(exchange, bytes);
            case REDIRECTING -> {
                exchange.getResponseHeaders().add("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                while (!Thread.interrupted()) {
                    exchange.getResponseBody().write(new byte[1 << 16]);
                }
            }
            case COMPRESSED -> {
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                send(exchange, bytes);
            }
            case BROKEN -> exchange.sendResponseHeaders(500, -1);
            case LOST -> exchange.sendResponseHeaders(504, -1);
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void drip(HttpExchange exchange, byte[] bytes) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, bytes.length);
        for (byte next : bytes) {
            exchange.getResponseBody().write(next);
            exchange.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private static byte[] multihash(byte[] block) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x12);
            out.write(32);
            out.writeBytes(MessageDigest.getInstance("SHA-256").digest(block));
            return out.toByteArray();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bytes(ByteArrayOutputStream out, int number, byte[] value) {
        varint(out, number << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static String base58(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, bytes);
                rest.signum() > 0;
                rest = rest.divide(BigInteger.valueOf(58))) {
            digits.append(BASE58.charAt(rest.mod(BigInteger.valueOf(58)).intValue()));
        }
        return digits.reverse().toString();
    }

    private static String base32(byte[] bytes) {
        BigInteger bits = new BigInteger(1, bytes);
        int digits = (bytes.length * 8 + 4) / 5;
        bits = bits.shiftLeft(digits * 5 - bytes.length * 8);
        StringBuilder text = new StringBuilder();
        for (int i = digits - 1; i >= 0; i--) {
            text.append(BASE32.charAt(bits.shiftRight(5 * i).intValue() & 31));
        }
        return text.toString();
    }

    /** The text of {@code value} as a test would write it. */
    public static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
