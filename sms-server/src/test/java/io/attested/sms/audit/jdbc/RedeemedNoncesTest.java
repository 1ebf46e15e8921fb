package io.attested.sms.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedeemedNoncesTest {
    private static final Bytes32 NONCE = TestStore.bytes32(1);
    private static final Instant EXPIRY = TestStore.NOW.plusSeconds(120);

    @TempDir
    private Path folder;

    private static boolean redeem(OpenStore store, Bytes32 nonce) {
        RedeemedNonces nonces = new RedeemedNonces(store.database().jdbc());
        return store.log()
                .commit(() -> Recorded.silently(nonces.redeem(nonce, EXPIRY)))
                .outcome();
    }

    @Test
    void redeemWhenRepeatedThenRefusedAlsoAfterRestart() {
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(redeem(store, NONCE)).isTrue();
            assertThat(redeem(store, NONCE)).isFalse();
            assertThat(redeem(store, TestStore.bytes32(2))).isTrue();
        }
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(redeem(store, NONCE)).isFalse();
        }
    }

    @Test
    void redeemWhenInParallelThenExactlyOneSucceeds() throws Exception {
        try (OpenStore store = TestStore.open(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> rivals = Stream.<Callable<Boolean>>generate(() -> () -> redeem(store, NONCE))
                    .limit(50)
                    .toList();
            assertThat(threads.invokeAll(rivals).stream().filter(Future::resultNow))
                    .hasSize(1);
        }
    }

    @Test
    void forgetExpiredWhenExpiredThenGoneAndOthersStay() {
        try (OpenStore store = TestStore.open(folder)) {
            RedeemedNonces nonces = new RedeemedNonces(store.database().jdbc());
            redeem(store, NONCE);
            assertThat(store.log()
                            .commit(() -> Recorded.silently(nonces.forgetExpired(EXPIRY)))
                            .outcome())
                    .isZero();
            assertThat(redeem(store, NONCE)).isFalse();
            assertThat(store.log()
                            .commit(() -> Recorded.silently(nonces.forgetExpired(EXPIRY.plusMillis(1))))
                            .outcome())
                    .isEqualTo(1);
        }
    }
}
