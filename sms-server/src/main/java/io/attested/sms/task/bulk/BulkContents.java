package io.attested.sms.task.bulk;

import io.attested.sms.attestation.ByteString;
import java.time.Instant;

/**
 * The port to content that is named by its hash.
 *
 * <p>Guarantee wanted of an adapter: bytes are given only when they hash to what their CID says, whoever served them; an
 * answer comes before the deadline; what is larger than the adapter's bound is not held in memory. Safe for many threads.
 */
public interface BulkContents {
    /**
     * The content of a CID.
     *
     * @param cid as somebody wrote it
     * @param deadline when there must be an answer
     */
    Content read(String cid, Instant deadline);

    /** What became of it. */
    sealed interface Content {
        /** The bytes that the CID names. */
        record Found(ByteString bytes) implements Content {}

        /** Nobody gave them in time: an outage, which says nothing of the content. */
        record Unavailable(String reason) implements Content {}

        /** No bytes that can be read here hash to it: no CID of a kind that is known, no file, or too large a one. */
        record Unreadable(String reason) implements Content {}
    }
}
