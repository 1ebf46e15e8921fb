package io.attested.sms.audit;

import io.attested.sms.chain.Bytes32;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * The signed head of the log after one group commit: who keeps it can later convict a rewritten or rolled-back store.
 *
 * @param sequence number of the last entry, 0 when there is none
 * @param hash hash of the chain up to that entry
 * @param signature Ed25519 signature (64 bytes) of the service key, domain {@value #DOMAIN}, over {@link #statement}
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogHead(long sequence, Bytes32 hash, byte[] signature) {
    /** Domain of a head's signature. */
    public static final String DOMAIN = "sms-head/1";

    /** What is signed: the sequence as 8 bytes big-endian, then the 32 bytes of the hash. */
    public static byte[] statement(long sequence, Bytes32 hash) {
        return ByteBuffer.allocate(Long.BYTES + 32)
                .putLong(sequence)
                .put(hash.bytes())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogHead that
                && sequence == that.sequence
                && hash.equals(that.hash)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "LogHead[" + sequence + ", " + hash + ", " + Base64.getEncoder().encodeToString(signature) + "]";
    }
}
