package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.simulated.SimulatedKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedSignaturesTest extends P256Contract {
    private static final SimulatedKey KEY = SimulatedKey.derive(new byte[32], "remembered");
    private static final ByteString PUBLIC = ByteString.copyOf(KEY.publicKey());

    private final Counting counting = new Counting();
    private final RememberedSignatures remembered = new RememberedSignatures(counting, 4);

    RememberedSignaturesTest() {
        super(new RememberedSignatures(new BouncyCastleP256(), 100));
    }

    @Test
    void whatHeldIsCheckedOnce() {
        assertThat(holds(1)).isTrue();
        assertThat(holds(1)).isTrue();
        assertThat(counting.checks).hasValue(1);
        assertThat(remembered.hits()).isEqualTo(1);
        assertThat(remembered.misses()).isEqualTo(1);
    }

    @Test
    void whatDidNotHoldIsCheckedAgainAndTakesNoRoom() {
        ByteString wrong = ByteString.copyOf(KEY.sign(new byte[] {9}));
        assertThat(remembered.verifies(PUBLIC, message(1), wrong)).isFalse();
        assertThat(remembered.verifies(PUBLIC, message(1), wrong)).isFalse();
        assertThat(counting.checks).hasValue(2);
        assertThat(remembered.size()).isZero();
        assertThat(remembered.hits()).isZero();
    }

    /** Bytes that move from one part to the next are another check, though their concatenation is the same. */
    @Test
    void partsAreNotRunTogether() {
        ByteString signature = signature(1);
        assertThat(remembered.verifies(PUBLIC, message(1), signature)).isTrue();
        ByteString joined = ByteString.ofHex(PUBLIC.hex() + message(1).sha256().hex() + signature.hex());
        assertThat(remembered.verifies(joined.slice(0, 65), joined.slice(65, 31), signature))
                .isFalse();
        assertThat(remembered.verifies(joined.slice(0, 64), joined.slice(64, 33), joined.slice(97, 63)))
                .isFalse();
    }

    @Test
    void anotherKeyMessageOrSignatureIsAnotherCheck() {
        assertThat(holds(1)).isTrue();
        ByteString other =
                ByteString.copyOf(SimulatedKey.derive(new byte[32], "other").publicKey());
        assertThat(remembered.verifies(other, message(1), signature(1))).isFalse();
        assertThat(remembered.verifies(PUBLIC, message(2), signature(1))).isFalse();
        assertThat(remembered.verifies(PUBLIC, message(1), signature(2))).isFalse();
        assertThat(counting.checks).hasValue(4);
    }

    @Test
    void theLeastRecentlyUsedIsForgottenFirst() {
        for (int i = 1; i <= 4; i++) {
            holds(i);
        }
        holds(1);
        holds(5);
        assertThat(remembered.size()).isEqualTo(4);
        int before = counting.checks.get();
        holds(1);
        assertThat(counting.checks).hasValue(before);
        holds(2);
        assertThat(counting.checks).hasValue(before + 1);
    }

    @Test
    void manyThreadsStayWithinTheBound() {
        assertThat(IntStream.range(0, 2000).parallel().allMatch(i -> holds(i % 20)))
                .isTrue();
        assertThat(remembered.size()).isEqualTo(4);
        assertThat(remembered.hits() + remembered.misses()).isEqualTo(2000);
        assertThat(remembered.misses()).isEqualTo(counting.checks.get());
    }

    @Test
    void aMemoryOfNothingIsAMistake() {
        assertThatThrownBy(() -> new RememberedSignatures(counting, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    private boolean holds(int number) {
        return remembered.verifies(PUBLIC, message(number), signature(number));
    }

    private static ByteString message(int number) {
        return ByteString.copyOf(new byte[] {(byte) number});
    }

    private static ByteString signature(int number) {
        return ByteString.copyOf(KEY.sign(new byte[] {(byte) number}));
    }

    private static final class Counting implements P256 {
        private final P256 p256 = new BouncyCastleP256();
        private final AtomicInteger checks = new AtomicInteger();

        @Override
        public boolean verifies(ByteString key, ByteString message, ByteString signature) {
            checks.incrementAndGet();
            return p256.verifies(key, message, signature);
        }

        @Override
        public String provider() {
            return "counting";
        }
    }
}
