package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.chain.Bytes32;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Where a log has heads, and their hashes: 40 bytes for each, for a log may have a million of them. */
final class HeadsInOrder {
    private static final int SIZE = Long.BYTES + Bytes32.LENGTH;

    private byte[] records = new byte[64 * SIZE];
    private int added;
    private int taken;

    /** False when it is not above the one before. */
    boolean add(long sequence, Bytes32 hash) {
        if (added > 0 && sequence <= sequenceOf(added - 1)) {
            return false;
        }
        if ((added + 1) * SIZE > records.length) {
            records = Arrays.copyOf(records, Math.multiplyExact(records.length, 2));
        }
        ByteBuffer.wrap(records).position(added * SIZE).putLong(sequence).put(hash.bytes());
        added++;
        return true;
    }

    private long sequenceOf(int index) {
        return ByteBuffer.wrap(records).getLong(index * SIZE);
    }

    /** The hash of the next head, if it is at this entry. */
    Optional<Bytes32> takeAt(long sequence) {
        if (taken == added || sequenceOf(taken) != sequence) {
            return Optional.empty();
        }
        int from = taken * SIZE + Long.BYTES;
        taken++;
        return Optional.of(Bytes32.of(Arrays.copyOfRange(records, from, from + Bytes32.LENGTH)));
    }

    boolean allTaken() {
        return taken == added;
    }
}
