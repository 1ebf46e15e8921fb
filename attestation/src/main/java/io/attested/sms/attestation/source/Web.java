package io.attested.sms.attestation.source;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The network: one GET without redirects. The one place where this module leaves the process. */
public interface Web {
    /**
     * Asks once.
     *
     * @param limits most bytes and longest time, both including headers and body
     * @throws IOException when there is no whole answer within the limits
     */
    Reply get(URI address, Limits limits) throws IOException, InterruptedException;

    /**
     * Limits of one exchange.
     *
     * @param bodyBytes most bytes of the body
     * @param headerBytes most characters of all headers
     * @param time for connection, headers and body together
     */
    record Limits(int bodyBytes, int headerBytes, Duration time) {}

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param headers by lower-case name; the first value of each
     * @param body all of it
     */
    record Reply(int status, Map<String, String> headers, byte[] body) {}
}
