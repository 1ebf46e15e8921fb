package io.attested.sms.chain.testbed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The server's side of a WebSocket (RFC 6455) on an HTTP connection. */
final class SocketWire {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 0x81;
    private static final int PONG = 0x8A;

    private final HttpWire wire;

    SocketWire(HttpWire wire) {
        this.wire = wire;
    }

    void accept(String key) throws IOException {
        wire.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next text the client sends; empty when it closes. */
    Optional<String> read() throws IOException {
        while (true) {
            byte[] head = wire.exactly(2);
            byte[] payload = payload(head[1] & 0x7f);
            switch (head[0] & 0x0f) {
                case 1 -> {
                    return Optional.of(new String(payload, StandardCharsets.UTF_8));
                }
                case 8 -> {
                    return Optional.empty();
                }
                case 9 -> frame(PONG, payload);
                default -> {}
            }
        }
    }

    void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Announces a frame and sends half of it. */
    void half(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer part = ByteBuffer.allocate(4 + bytes.length / 2);
        part.put((byte) TEXT).put((byte) 126).putShort((short) bytes.length).put(bytes, 0, bytes.length / 2);
        wire.write(part.array());
    }

    /** Announces a message of many gigabytes and sends it until the client hangs up. */
    void endless() throws IOException {
        wire.write(ByteBuffer.allocate(10)
                .put((byte) TEXT)
                .put((byte) 127)
                .putLong(1L << 40)
                .array());
        byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        while (!Thread.currentThread().isInterrupted()) {
            wire.write(blanks);
        }
    }

    void close() throws IOException {
        wire.write(new byte[] {(byte) 0x88, 0});
    }

    private synchronized void frame(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        wire.write(bytes);
    }

    private byte[] payload(int announced) throws IOException {
        int length = announced == 126
                ? Short.toUnsignedInt(ByteBuffer.wrap(wire.exactly(2)).getShort())
                : announced;
        byte[] mask = wire.exactly(4);
        byte[] payload = wire.exactly(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private static String accepted(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
