package io.attested.sms.boot;

import io.attested.sms.grant.UnusableDataset;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bulk processing, prefix {@code sms.bulk}.
 *
 * @param gateway URL of the IPFS gateway before {@code /ipfs/…}; absent: bulk deals are refused
 * @param timeout for the whole list of one task
 * @param maxBytes most bytes of the root and of a slice
 * @param missing what becomes of a task with a dataset that cannot be used: {@code refuse} or {@code blank}
 * @param parallel how many files of lists are read at once; further requests wait within their timeout
 */
@ConfigurationProperties("sms.bulk")
public record BulkSettings(
        @Nullable URI gateway,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("1MB") DataSize maxBytes,
        @DefaultValue("refuse") UnusableDataset missing,
        @DefaultValue("8") int parallel) {
    /** Without the gateway's URL, which may carry credentials. */
    @Override
    public String toString() {
        return "BulkSettings[" + timeout + ", " + maxBytes + ", " + missing + ", " + parallel + "]";
    }
}
