package io.attested.sms.worker.cli;

import java.net.http.HttpClient;

/**
 * An HTTP client that ends with its command.
 *
 * @param client to use
 */
record ClosingClient(HttpClient client) implements AutoCloseable {
    @Override
    public void close() {
        client.shutdownNow();
    }
}
