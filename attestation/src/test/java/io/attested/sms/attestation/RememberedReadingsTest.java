package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedReadingsTest {
    private final AtomicInteger reads = new AtomicInteger();
    private final RememberedReadings readings = new RememberedReadings(100);

    @Test
    void equalContentIsReadOnce() throws EvidenceRejected {
        Integer first = read(filled(40, 1));
        assertThat(read(filled(40, 1))).isSameAs(first);
        assertThat(reads).hasValue(1);
        assertThat(readings.bytes()).isEqualTo(40);
    }

    @Test
    void otherContentOfTheSameLengthIsReadItself() throws EvidenceRejected {
        assertThat(read(filled(40, 1))).isEqualTo(1);
        assertThat(read(filled(40, 2))).isEqualTo(2);
        assertThat(reads).hasValue(2);
    }

    @Test
    void oneContentCanBeReadAsTwoKinds() throws EvidenceRejected {
        read(filled(40, 1));
        assertThat(readings.read(String.class, ByteString.copyOf(filled(40, 1)), ByteString::hex))
                .startsWith("0101");
        assertThat(readings.bytes()).isEqualTo(80);
    }

    @Test
    void theLeastRecentlyUsedIsForgottenWhenTheBytesRunOut() throws EvidenceRejected {
        read(filled(40, 1));
        read(filled(40, 2));
        read(filled(40, 1));
        read(filled(40, 3));
        assertThat(readings.bytes()).isEqualTo(80);
        assertThat(reads).hasValue(3);
        read(filled(40, 1));
        assertThat(reads).hasValue(3);
        read(filled(40, 2));
        assertThat(reads).hasValue(4);
    }

    @Test
    void contentBeyondTheWholeBoundIsReadAndForgotten() throws EvidenceRejected {
        assertThat(read(filled(101, 5))).isEqualTo(5);
        assertThat(readings.bytes()).isZero();
    }

    @Test
    void aRejectionIsNotRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> readings.read(Integer.class, ByteString.copyOf(new byte[1]), content -> {
                        reads.incrementAndGet();
                        throw new EvidenceRejected(RejectionReason.CRL_INVALID, "list", "a list", "none");
                    }))
                    .isInstanceOf(EvidenceRejected.class);
        }
        assertThat(reads).hasValue(2);
        assertThat(readings.bytes()).isZero();
    }

    @Test
    void manyThreadsStayWithinTheBound() {
        IntStream.range(0, 2000).parallel().forEach(i -> {
            try {
                assertThat(read(filled(40, i % 7))).isEqualTo(i % 7);
            } catch (EvidenceRejected e) {
                throw new AssertionError(e);
            }
        });
        assertThat(readings.bytes()).isEqualTo(80);
    }

    private Integer read(byte[] content) throws EvidenceRejected {
        return readings.read(Integer.class, ByteString.copyOf(content), bytes -> {
            reads.incrementAndGet();
            return bytes.unsigned(0);
        });
    }
}
