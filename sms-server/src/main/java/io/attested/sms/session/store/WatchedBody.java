package io.attested.sms.session.store;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of a request; it knows whether anybody began to send it. */
final class WatchedBody implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher bytes;
    private volatile boolean begun;

    WatchedBody(byte[] document) {
        this.bytes = HttpRequest.BodyPublishers.ofByteArray(document);
    }

    boolean begun() {
        return begun;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        begun = true;
        bytes.subscribe(subscriber);
    }
}
