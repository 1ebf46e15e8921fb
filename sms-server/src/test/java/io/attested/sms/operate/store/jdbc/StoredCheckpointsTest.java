package io.attested.sms.operate.store.jdbc;

import static io.attested.sms.operate.store.TestStore.HUB;
import static io.attested.sms.operate.store.TestStore.NOW;
import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.follow.Checkpoints.Checkpoint;
import io.attested.sms.operate.store.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCheckpointsTest {
    private static final long CHAIN = 65535;

    @TempDir
    private Path folder;

    private Instant now = NOW;

    private StoredCheckpoints checkpoints(OpenStore store, long chain, Address hub) {
        return new StoredCheckpoints(store.database().jdbc(), store.log(), chain, hub, () -> now);
    }

    private StoredCheckpoints checkpoints(OpenStore store) {
        return checkpoints(store, CHAIN, HUB);
    }

    private static Checkpoint at(long number) {
        return new Checkpoint(number, bytes32(number));
    }

    @Test
    void freshStoreHasNone() {
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(checkpoints(store).load()).isEmpty();
        }
    }

    @Test
    void theLastOneIsThereAfterReopening() {
        try (OpenStore store = TestStore.open(folder);
                StoredCheckpoints first = checkpoints(store)) {
            first.save(at(7));
            first.save(at(8));
            assertThat(first.load()).contains(at(8));
        }
        try (OpenStore store = TestStore.open(folder)) {
            assertThat(checkpoints(store).load()).contains(at(8));
        }
    }

    @Test
    void oneEachTenMinutesIsWrittenWithoutAnEntry() {
        try (OpenStore store = TestStore.open(folder)) {
            long entries = store.log().head().sequence();
            StoredCheckpoints killed = checkpoints(store);
            killed.save(at(7));
            now = now.plus(StoredCheckpoints.PAUSE).minusSeconds(1);
            killed.save(at(8));
            assertThat(checkpoints(store).load()).contains(at(7));
            now = now.plusSeconds(1);
            killed.save(at(9));
            assertThat(checkpoints(store).load()).contains(at(9));
            assertThat(store.log().head().sequence()).isEqualTo(entries);
        }
    }

    @Test
    void oneOfAnotherChainOrHubIsIgnoredAndReplaced() {
        try (OpenStore store = TestStore.open(folder)) {
            checkpoints(store).save(at(7));
            StoredCheckpoints otherHub = checkpoints(store, CHAIN, address(0xb0c));
            assertThat(checkpoints(store, CHAIN + 1, HUB).load()).isEmpty();
            assertThat(otherHub.load()).isEmpty();
            otherHub.save(at(3));
            assertThat(otherHub.load()).contains(at(3));
            assertThat(checkpoints(store).load()).isEmpty();
        }
    }

    @Test
    void saveWhenTheStoreIsClosedThrowsAndIsRepeatedByTheNext() {
        OpenStore store = TestStore.open(folder);
        StoredCheckpoints checkpoints = checkpoints(store);
        store.close();
        assertThatThrownBy(() -> checkpoints.save(at(7))).isInstanceOf(LogUnavailable.class);
        assertThatThrownBy(() -> checkpoints.save(at(8))).isInstanceOf(LogUnavailable.class);
    }
}
