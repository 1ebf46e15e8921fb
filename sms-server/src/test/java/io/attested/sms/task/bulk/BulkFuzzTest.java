package io.attested.sms.task.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;

class BulkFuzzTest {
    private final SliceReader reader = new SliceReader();

    @FuzzTest
    void root(byte[] bytes) {
        try {
            assertThat(reader.slice(ByteString.copyOf(bytes), bytes.length % 3)).hasSizeLessThanOrEqualTo(128);
        } catch (MalformedListException refused) {
            assertThat(refused).hasMessageContaining("root");
        }
    }

    @FuzzTest
    void orders(byte[] bytes) {
        try {
            assertThat(reader.orders(ByteString.copyOf(bytes))).hasSizeBetween(1, 100);
        } catch (MalformedListException refused) {
            assertThat(refused).hasMessageContaining("slice");
        }
    }
}
