package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Bytes32;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code eth_subscribe} of {@code newHeads} at one node, over the JDK's WebSocket.
 *
 * <p>Guarantees: a lost, silent or misbehaving connection is closed and tried again, after pauses that double; a message
 * of more than {@link #MOST_CHARACTERS} ends the connection. Not guaranteed: that a head is told at all, or exists. Poll
 * as well. Closing ends the thread and the connection.
 */
public final class HeadSubscription implements AutoCloseable {
    /** Longest message in characters: a header has some 2,000. */
    public static final int MOST_CHARACTERS = 1 << 16;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SUBSCRIBE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";

    private final Settings settings;
    private final HeadHints hints;
    private final HttpClient client;
    private final Thread thread;
    private volatile boolean closed;

    private HeadSubscription(Settings settings, HeadHints hints) {
        this.settings = settings;
        this.hints = hints;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
        this.thread = Thread.ofVirtual().name("chain-heads-" + settings.node()).unstarted(this::run);
    }

    /**
     * Where to subscribe, and when to try again.
     *
     * @param node its name in events; no credentials
     * @param url WebSocket URL; may carry credentials and is never printed
     * @param timeout for the connection, and for the answer to the subscription; positive
     * @param silence without a head for this long the connection is taken for dead; several times the chain's block time
     * @param firstPause before the first new attempt, doubled each time up to {@code longestPause}
     * @param longestPause between two attempts
     */
    public record Settings(
            String node, URI url, Duration timeout, Duration silence, Duration firstPause, Duration longestPause) {
        /** @throws IllegalArgumentException when a value is out of its range; the message does not print the URL */
        public Settings {
            String scheme = url.getScheme();
            boolean socket = ("ws".equals(scheme) || "wss".equals(scheme)) && url.getHost() != null;
            if (!socket) {
                throw new IllegalArgumentException("the node's heads need a ws or wss URL that names a host");
            }
            if (!timeout.isPositive() || !silence.isPositive() || !firstPause.isPositive()) {
                throw new IllegalArgumentException("timeout, silence and pause must be positive");
            }
        }

        /** Five seconds for the connection; pauses from half a second to half a minute. */
        public static Settings of(String node, URI url, Duration silence) {
            return new Settings(
                    node, url, Duration.ofSeconds(5), silence, Duration.ofMillis(500), Duration.ofSeconds(30));
        }

        @Override
        public String toString() {
            return "HeadSubscription.Settings[" + node + "]";
        }
    }

    /** Connects on a thread of its own. */
    public static HeadSubscription start(Settings settings, HeadHints hints) {
        HeadSubscription subscription = new HeadSubscription(settings, hints);
        subscription.thread.start();
        return subscription;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        client.shutdownNow();
    }

    /** Ends one connection. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(String why) {
            super(why, null, false, false);
        }
    }

    private void run() {
        Duration pause = settings.firstPause();
        while (!closed) {
            boolean[] heard = {false};
            try {
                follow(heard);
            } catch (Lost e) {
                hints.lost(settings.node(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                return;
            }
            pause = heard[0] ? settings.firstPause() : pause;
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : twice;
        }
    }

    private void follow(boolean[] heard) throws Lost, InterruptedException {
        SocketTexts texts = new SocketTexts(MOST_CHARACTERS);
        WebSocket socket = connected(texts);
        try {
            socket.sendText(SUBSCRIBE, true);
            JsonNode confirmation = parsed(texts, settings.timeout());
            if (!confirmation.path("result").isString()) {
                throw new Lost("the node does not confirm the subscription");
            }
            String subscription = confirmation.path("result").asString();
            hints.subscribed(settings.node());
            while (!closed) {
                JsonNode params = parsed(texts, settings.silence()).path("params");
                if (!subscription.equals(params.path("subscription").asString(""))) {
                    throw new Lost("a message belongs to no subscription");
                }
                tell(params.path("result"));
                heard[0] = true;
            }
        } finally {
            socket.abort();
        }
    }

    private WebSocket connected(SocketTexts texts) throws Lost, InterruptedException {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(settings.timeout());
        String credentials = settings.url().getUserInfo();
        if (credentials != null) {
            builder.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            return builder.buildAsync(settings.url(), texts)
                    .get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The message may name the node, so only its class is told.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Lost("no connection (" + cause.getClass().getSimpleName() + ")");
        }
    }

    private static JsonNode parsed(SocketTexts texts, Duration patience) throws Lost, InterruptedException {
        return switch (texts.next(patience)) {
            case SocketTexts.Text text -> json(text.text());
            case SocketTexts.Ended ended -> throw new Lost(ended.why());
        };
    }

    private static JsonNode json(String text) throws Lost {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Lost("a message is not JSON");
        }
    }

    private void tell(JsonNode head) throws Lost {
        try {
            long number = Quantity.longNumber(head.path("number"), "the head's number");
            Bytes32 hash = Quantity.word(head.path("hash"), "the head's hash");
            hints.head(settings.node(), number, hash);
        } catch (ReadFailure e) {
            throw new Lost(e.failure().detail());
        }
    }
}
