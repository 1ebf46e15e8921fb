package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Bytes32;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LogsBloomEntryTest {
    /** keccak256 of 32 zero bytes starts with 290d ecd9 548b: the low eleven bits of each pair of bytes. */
    private static final int[] BITS_OF_ZERO = {0x10d, 0x4d9, 0x48b};

    private static LogsBloom withBits(int... bits) {
        byte[] bytes = new byte[LogsBloom.LENGTH];
        for (int bit : bits) {
            bytes[LogsBloom.LENGTH - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
        return LogsBloom.of(bytes);
    }

    @Test
    void entryIsInTheFilterWithItsThreeBits() {
        LogsBloom.Entry zero = LogsBloom.Entry.of(Bytes32.ZERO);
        assertThat(withBits(BITS_OF_ZERO).mayContain(zero)).isTrue();
        assertThat(withBits(BITS_OF_ZERO[0], BITS_OF_ZERO[1]).mayContain(zero)).isFalse();
        assertThat(withBits(BITS_OF_ZERO[1], BITS_OF_ZERO[2]).mayContain(zero)).isFalse();
        assertThat(withBits().mayContain(zero)).isFalse();
    }

    @Test
    void addingSetsExactlyThoseBits() {
        byte[] bytes = new byte[LogsBloom.LENGTH];
        LogsBloom.Entry.of(Bytes32.ZERO).addTo(bytes);
        assertThat(BitSet.valueOf(bytes).cardinality()).isEqualTo(BITS_OF_ZERO.length);
        assertThat(LogsBloom.of(bytes)).isEqualTo(withBits(BITS_OF_ZERO)).hasSameHashCodeAs(withBits(BITS_OF_ZERO));
        assertThat(LogsBloom.of(bytes)).isNotEqualTo(withBits());
    }

    @Test
    void filterOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> LogsBloom.of(new byte[255])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogsBloom.of(new byte[257])).isInstanceOf(IllegalArgumentException.class);
    }
}
