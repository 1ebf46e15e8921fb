package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** The filter against bits set by the definition: three numbers of eleven bits from keccak256. */
class LogsBloomTest {
    private static final Address ADDRESS = Address.parse("0x0000000000000000000000000000000000000001");
    private static final Bytes32 TOPIC = Bytes32.parse("0x" + "ab".repeat(32));

    @Test
    void mayContainWhenItsThreeBitsAreSetThenAndOnlyThen() {
        LogsBloom bloom = LogsBloom.of(bits(ADDRESS.bytes(), 3));

        assertThat(bloom.mayContain(ADDRESS)).isTrue();
        assertThat(bloom.mayContain(TOPIC)).isFalse();
        assertThat(LogsBloom.of(bits(ADDRESS.bytes(), 2)).mayContain(ADDRESS)).isFalse();
        assertThat(LogsBloom.of(new byte[LogsBloom.LENGTH]).mayContain(ADDRESS)).isFalse();
    }

    /** Bits 1323, 431 and 1319, of the yellow paper's community example for this address. */
    @Test
    void mayContainWhenTheBitsOfAKnownExampleThenContained() {
        byte[] bits = new byte[LogsBloom.LENGTH];
        for (int bit : new int[] {1323, 431, 1319}) {
            bits[LogsBloom.LENGTH - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
        Address example = Address.parse("0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6");

        assertThat(LogsBloom.of(bits).mayContain(example)).isTrue();
    }

    @Test
    void mayMatchWhenOneOfTheSetsIsMissingThenNot() {
        LogsBloom bloom = LogsBloom.of(bits(ADDRESS.bytes(), 3));

        assertThat(new LogFilter(Set.of(ADDRESS), List.of()).mayMatch(bloom)).isTrue();
        assertThat(new LogFilter(Set.of(), List.of(Set.of())).mayMatch(bloom)).isTrue();
        assertThat(new LogFilter(Set.of(ADDRESS), List.of(Set.of(TOPIC))).mayMatch(bloom))
                .isFalse();
        assertThat(new LogFilter(Set.of(Address.ZERO), List.of()).mayMatch(bloom))
                .isFalse();
    }

    @Test
    void ofWhenTheLengthIsAnotherThenRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LogsBloom.of(new byte[255]));
        assertThatIllegalArgumentException().isThrownBy(() -> LogsBloom.of(new byte[257]));
    }

    private static byte[] bits(byte[] entry, int count) {
        byte[] hash = Hash.sha3(entry);
        byte[] bits = new byte[LogsBloom.LENGTH];
        for (int i = 0; i < count; i++) {
            int bit = ((Byte.toUnsignedInt(hash[2 * i]) << 8) + Byte.toUnsignedInt(hash[2 * i + 1])) % 2048;
            bits[255 - bit / 8] |= (byte) (1 << bit % 8);
        }
        return bits;
    }
}
