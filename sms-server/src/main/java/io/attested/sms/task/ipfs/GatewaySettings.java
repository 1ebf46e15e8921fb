package io.attested.sms.task.ipfs;

import java.net.URI;
import java.time.Duration;

/**
 * One IPFS gateway and its bounds.
 *
 * @param gateway {@code http} or {@code https} URL before {@code /ipfs/…}, without query; credentials in it are sent as
 *     basic authentication and never printed
 * @param timeout of one exchange, positive
 * @param maxBytes most bytes of one file, 1 to 16 MiB
 * @param parallel most files read at once; further ones wait for their turn until their deadline
 */
public record GatewaySettings(URI gateway, Duration timeout, int maxBytes, int parallel) {
    /** Largest bound of a file, in bytes. */
    public static final int LARGEST_MAX_BYTES = 16 << 20;

    /** @throws IllegalArgumentException naming what is wrong */
    public GatewaySettings {
        String scheme = gateway.getScheme() == null ? "" : gateway.getScheme();
        require(
                (scheme.equals("http") || scheme.equals("https")) && gateway.getHost() != null,
                "the gateway must be an http or https URL");
        require(
                gateway.getRawQuery() == null && gateway.getRawFragment() == null,
                "the gateway's URL must end before the path of the content: no query, no fragment");
        require(timeout.isPositive(), "the timeout must be positive");
        require(maxBytes >= 1 && maxBytes <= LARGEST_MAX_BYTES, "the bound of a file must be 1 byte to 16 MiB");
        require(parallel >= 1, "at least one file must be read at once");
    }

    /** Without the URL, which may carry credentials. */
    @Override
    public String toString() {
        return "GatewaySettings[" + timeout + ", " + maxBytes + ", " + parallel + "]";
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
