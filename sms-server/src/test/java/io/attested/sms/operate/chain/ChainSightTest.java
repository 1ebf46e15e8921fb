package io.attested.sms.operate.chain;

import static io.attested.sms.operate.store.TestStore.NOW;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.quorum.NodeStanding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainSightTest {
    private static final BlockRef HEAD = new BlockRef(112, bytes32(112), NOW.minusSeconds(3));
    private static final BlockRef SETTLED = new BlockRef(100, bytes32(100), NOW.minusSeconds(63));

    private static ChainSight sight(Standing standing) {
        return new ChainSight(
                new ChainSight.Terms(TrustLevel.QUORUM, new SettlementRule.Depth(12), 2),
                () -> standing,
                () -> List.of(
                        new NodeStanding("one", NodeStanding.Standing.GOOD, 0),
                        new NodeStanding("two", NodeStanding.Standing.BENCHED, 3)),
                () -> NOW);
    }

    @Test
    void reportWhenFollowing() {
        ChainSight sight = sight(new Standing.Following(SETTLED, HEAD));
        assertThat(sight.following()).isTrue();
        assertThat(sight.stopped()).isEmpty();
        assertThat(sight.report())
                .containsEntry("status", "following")
                .doesNotContainKey("reason")
                .containsEntry("head", 112L)
                .containsEntry("headHash", bytes32(112).value())
                .containsEntry("headTime", NOW.minusSeconds(3).toString())
                .containsEntry("headAgeSeconds", 3L)
                .containsEntry("settled", 100L)
                .containsEntry("settledAgeSeconds", 63L)
                .containsEntry("settledBy", "depth 12")
                .containsEntry("trust", "quorum")
                .containsEntry("agreement", 2)
                .containsEntry(
                        "nodes",
                        List.of(
                                Map.of("name", "one", "standing", "good", "disagreements", 0L),
                                Map.of("name", "two", "standing", "benched", "disagreements", 3L)));
        assertThat(sight.headAgeSeconds()).isEqualTo(3);
        assertThat(sight.settledNumber()).isEqualTo(100);
    }

    @Test
    void reportWhenStoppedSaysWhyAndWhere() {
        ChainSight sight =
                sight(new Standing.Stopped(Standing.Reason.STALE_HEAD, Optional.of(SETTLED), Optional.of(HEAD)));
        assertThat(sight.following()).isFalse();
        assertThat(sight.stopped()).contains(Standing.Reason.STALE_HEAD);
        assertThat(sight.report())
                .containsEntry("status", "stopped")
                .containsEntry("reason", "stale-head")
                .containsEntry("head", 112L);
    }

    @Test
    void reportWhenNothingIsKnownYetHasNoBlocks() {
        ChainSight sight = sight(new Standing.Stopped(Standing.Reason.STARTING, Optional.empty(), Optional.empty()));
        assertThat(sight.report())
                .doesNotContainKeys("head", "headTime", "settled")
                .containsKey("nodes");
        assertThat(sight.headNumber()).isZero();
        assertThat(sight.headAgeSeconds()).isZero();
    }

    @Test
    void standingOfANode() {
        ChainSight sight = sight(new Standing.Following(SETTLED, HEAD));
        assertThat(sight.node("two")).contains(NodeStanding.Standing.BENCHED);
        assertThat(sight.node("three")).isEmpty();
    }
}
