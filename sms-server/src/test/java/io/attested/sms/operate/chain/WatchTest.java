package io.attested.sms.operate.chain;

import static io.attested.sms.operate.store.TestStore.NOW;
import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.follow.OwnershipChanges;
import io.attested.sms.chain.rpc.Purpose;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private double count(String name, String... labels) {
        return Optional.ofNullable(metrics.find(name).tags(labels).counter())
                .map(Counter::count)
                .orElse(0.0);
    }

    private static BlockRef block(long number) {
        return new BlockRef(number, bytes32(number), NOW);
    }

    @Test
    void callsAreCountedByNodeMethodAndPurpose() {
        RpcCounts counts = new RpcCounts(metrics);
        counts.roundTrip("one", Purpose.REQUEST);
        counts.called("one", "eth_call", Purpose.REQUEST);
        counts.called("one", "eth_call", Purpose.FOLLOWER);
        counts.called("one", "eth_invented", Purpose.CHECK);
        counts.failed("one", "eth_call", Purpose.REQUEST, ChainFailure.Kind.RPC_ERROR);

        assertThat(count("sms.chain.exchanges", "node", "one", "purpose", "request"))
                .isEqualTo(1);
        assertThat(count("sms.chain.calls", "node", "one", "method", "eth_call", "purpose", "request"))
                .isEqualTo(1);
        assertThat(count("sms.chain.calls", "node", "one", "method", "other", "purpose", "check"))
                .isEqualTo(1);
        assertThat(count("sms.chain.errors", "node", "one", "method", "eth_call", "kind", "rpc-error"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,3-4", "4,3-4", "5,5-8", "8,5-8", "9,9-16", "64,33-64", "65,65+", "100000,65+"})
    void reorgsAreCountedByRangesOfDepth(long depth, String range) {
        new FollowerWatch(metrics, () -> NOW).reorg(depth, block(7), block(8));
        assertThat(count("sms.chain.reorgs", "depth", range)).isEqualTo(1);
    }

    @Test
    void faultsAreCountedAndLagIsTheLastOne() {
        FollowerWatch watch = new FollowerWatch(metrics, () -> NOW);
        watch.fault(new ChainFailure(ChainFailure.Kind.TIMEOUT, "late"));
        watch.fault(new ChainFailure(ChainFailure.Kind.TIMEOUT, "late"));
        watch.lag(3, block(9));

        assertThat(count("sms.chain.faults", "kind", "timeout")).isEqualTo(2);
        assertThat(watch.lagBlocks()).isEqualTo(3);
    }

    @Test
    void disagreementsFailuresAndSplitsAreCounted() {
        NodeWatch watch = new NodeWatch(metrics);
        watch.disagreed("two", Purpose.REQUEST, Duration.ofSeconds(30));
        watch.failed("two", Purpose.FOLLOWER, new ChainFailure(ChainFailure.Kind.INCONSISTENT, "hash"));
        watch.split(List.of("one", "two"), Purpose.REQUEST);

        assertThat(count("sms.chain.disagreements", "node", "two")).isEqualTo(1);
        assertThat(count("sms.chain.node.failures", "node", "two", "kind", "inconsistent"))
                .isEqualTo(1);
        assertThat(count("sms.chain.splits")).isEqualTo(1);
    }

    @Test
    void lookupsAndChangesOfOwnersAreCounted() {
        LookupCounts lookups = new LookupCounts(metrics);
        lookups.hit();
        lookups.hit();
        lookups.miss();
        new OwnershipWatch(metrics)
                .changed(new OwnershipChanges.Change(address(1), address(2), address(3), address(4), 7, bytes32(7)));

        assertThat(count("sms.chain.lookups", "by", "memory")).isEqualTo(2);
        assertThat(count("sms.chain.lookups", "by", "nodes")).isEqualTo(1);
        assertThat(count("sms.chain.ownership.changes")).isEqualTo(1);
    }
}
