package io.attested.sms.chain.rpc;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The texts of one WebSocket, handed over one by one; at most one is read ahead, so memory stays bounded. */
final class SocketTexts implements WebSocket.Listener {
    private final int mostCharacters;
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(8);
    private final StringBuilder message = new StringBuilder();
    private volatile Optional<WebSocket> socket = Optional.empty();

    SocketTexts(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** What came. */
    sealed interface Heard {}

    /** A whole message. */
    record Text(String text) implements Heard {}

    /** Nothing more comes. */
    record Ended(String why) implements Heard {}

    /** The next message, or the end; silence longer than {@code patience} is one. */
    Heard next(Duration patience) throws InterruptedException {
        Heard next = heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            return new Ended("nothing came for " + patience.toMillis() + " ms");
        }
        if (next instanceof Text) {
            socket.ifPresent(open -> open.request(1));
        }
        return next;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = Optional.of(opened);
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (message.length() + part.length() > mostCharacters) {
            heard.offer(new Ended("a message is longer than " + mostCharacters + " characters"));
            from.abort();
            return null;
        }
        message.append(part);
        if (last) {
            heard.offer(new Text(message.toString()));
            message.setLength(0);
        } else {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        heard.offer(new Ended("the node closed the socket with status " + status));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.offer(new Ended("the socket failed (" + error.getClass().getSimpleName() + ")"));
    }
}
