package io.attested.sms.attestation.pki;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Remembers which signatures held, so that the same check is done once.
 *
 * <p>Whether a signature over given bytes by a given key holds never changes, so a remembered answer cannot become wrong.
 * What can change is not remembered here: dates, revocation and TCB levels are the verifier's to evaluate every time.
 * Negative answers are not remembered either, so nobody can fill the memory with forgeries.
 *
 * <p>An entry is the SHA-256 over key, SHA-256 of the message, and signature, each with its length before it. The least
 * recently used entry goes first. Safe for concurrent use.
 */
public final class RememberedSignatures implements P256 {
    private final P256 p256;
    private final Map<ByteString, Boolean> held;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param p256 does the checks
     * @param capacity most entries; one takes about 200 bytes
     */
    public RememberedSignatures(P256 p256, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity is " + capacity + ", expected at least 1");
        }
        this.p256 = p256;
        this.held = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteString, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    @Override
    public boolean verifies(ByteString key, ByteString message, ByteString signature) {
        ByteString check = Sha256.ofFramed(key, message.sha256(), signature);
        if (isKnown(check)) {
            hits.increment();
            return true;
        }
        misses.increment();
        if (!p256.verifies(key, message, signature)) {
            return false;
        }
        synchronized (held) {
            held.put(check, true);
        }
        return true;
    }

    private boolean isKnown(ByteString check) {
        synchronized (held) {
            return held.get(check) != null;
        }
    }

    @Override
    public String provider() {
        return p256.provider();
    }

    @Override
    public P256 unremembered() {
        return p256;
    }

    /** Number of entries. */
    public int size() {
        synchronized (held) {
            return held.size();
        }
    }

    /** Checks answered from memory since the start. */
    public long hits() {
        return hits.sum();
    }

    /** Checks that had to be done since the start, whatever they came to. */
    public long misses() {
        return misses.sum();
    }
}
