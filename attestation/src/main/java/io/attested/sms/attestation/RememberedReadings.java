package io.attested.sms.attestation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers values by the bytes they were read from, compared in full. The least recently used goes first.
 *
 * <p>Bounded by the length of the contents; the values take a small multiple of it. Safe for concurrent use: values are
 * immutable, and two threads may read the same new content at once.
 */
public final class RememberedReadings implements Readings {
    private final long maxBytes;
    private final LinkedHashMap<Key, Object> values = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param maxBytes most bytes of content to remember, such as 4 MiB for some two hundred platforms */
    public RememberedReadings(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("memory for readings is " + maxBytes + " bytes, expected zero or more");
        }
        this.maxBytes = maxBytes;
    }

    @Override
    public <V> V read(Class<V> kind, ByteString content, Reader<V> reader) throws EvidenceRejected {
        Key key = new Key(kind, content);
        Object known = known(key);
        if (known != null) {
            return kind.cast(known);
        }
        V value = reader.read(content);
        remember(key, value);
        return value;
    }

    private synchronized @Nullable Object known(Key key) {
        return values.get(key);
    }

    private synchronized void remember(Key key, Object value) {
        if (values.put(key, value) == null) {
            bytes += key.content.length();
        }
        Iterator<Map.Entry<Key, Object>> eldest = values.entrySet().iterator();
        while (bytes > maxBytes) {
            bytes -= eldest.next().getKey().content.length();
            eldest.remove();
        }
    }

    /** Bytes of content it remembers. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The values of one content differ by kind. The contents are public, so the comparison may stop early. */
    private record Key(Class<?> kind, ByteString content) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && kind == that.kind && content.hasContentOf(that.content);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + content.hashCode();
        }
    }
}
