package io.attested.sms.session.store;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body to its end and keeps nothing, so that the connection can serve again; a long one ends the exchange. */
final class Discarded implements HttpResponse.BodySubscriber<Void> {
    static final int MAX_BYTES = 65_536;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long seen;

    /** The body is longer than a store has any reason for. */
    static final class Oversized extends IOException {
        private static final long serialVersionUID = 1L;

        Oversized() {
            super("the answer has more than " + MAX_BYTES + " bytes");
        }
    }

    @Override
    public CompletionStage<Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen > MAX_BYTES && subscription != null) {
            subscription.cancel();
            end.completeExceptionally(new Oversized());
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
