package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.follow.Checkpoints.Checkpoint;
import io.attested.sms.chain.follow.Standing.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private final Rig rig = Rig.atDepth(5);

    private void missed(int blocks) {
        for (int i = 0; i < blocks; i++) {
            int n = i;
            rig.chain.mine(block -> block.transfer("data deal" + n, Names.address("buyer " + n)));
        }
        rig.chain.mine(5);
    }

    private List<Long> delivered() {
        return rig.changes.stream()
                .map(change -> change.blockNumber())
                .distinct()
                .toList();
    }

    @Test
    void firstStartPromisesNothingAboutThePast() {
        assertThat(rig.changes).isEmpty();
        assertThat(rig.gaps).isEmpty();
        assertThat(rig.saved).contains(new Checkpoint(195, rig.chain.block(195).hash()));
        assertThat(rig.caughtUp).isEqualTo(1);
    }

    @Test
    void restartDeliversWhatHappenedMeanwhile() {
        missed(1000);
        rig.restart();
        assertThat(rig.stopped()).isEqualTo(Reason.STARTING);
        rig.run();
        assertThat(rig.changes).hasSize(1000);
        assertThat(delivered()).isSorted();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void followerThatFallsFarBehindCatchesUpLikeARestart() {
        missed(500);
        rig.run();
        assertThat(rig.changes).hasSize(500);
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void refusedRangesShrinkAndGrowAgain() {
        rig.chain.mostBlocksOfLogs = 7;
        missed(200);
        rig.restart();
        rig.run();
        assertThat(rig.changes).hasSize(200);
        assertThat(rig.chain.ranges).allMatch(blocks -> blocks <= 7).contains(6L, 7L);
        rig.chain.ranges.clear();
        rig.chain.mostBlocksOfLogs = 1000;
        missed(800);
        rig.restart();
        rig.run();
        assertThat(rig.changes).hasSize(1000);
        assertThat(rig.chain.ranges).contains(50L);
    }

    @Test
    void prunedHistoryIsAStatedGap() {
        long from = rig.saved.orElseThrow().number() + 1;
        missed(300);
        rig.chain.prunedBelow = from + 100;
        rig.restart();
        rig.run();
        long settled = rig.chain.top().number() - 5;
        assertThat(rig.gaps).containsExactly(from + "-" + settled);
        assertThat(rig.following().settled().number()).isEqualTo(settled);
        assertThat(rig.changes).isEmpty();
    }

    @Test
    void changesAreDeliveredOnceTheirBlocksAreSettled() {
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.chain.mine(4);
        rig.run();
        assertThat(rig.changes).isEmpty();
        rig.chain.mine();
        rig.run();
        assertThat(rig.changes).hasSize(1);
    }

    @Test
    void transferThatARangeLacksIsAskedForByHash() {
        FakeChain chain = rig.chain;
        chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        chain.mine(5);
        int[] asked = {0};
        chain.hidden = log -> asked[0]++ == 0;
        rig.run();
        assertThat(rig.changes).hasSize(1);
    }

    @Test
    void brokenStoreDeliversAgain() {
        long settled = rig.following().settled().number();
        rig.storeBroken = true;
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.chain.mine(5);
        assertThatThrownBy(rig::run).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(rig::run).isInstanceOf(IllegalStateException.class);
        assertThat(rig.following().settled().number()).isEqualTo(settled + 6);
        rig.storeBroken = false;
        rig.run();
        assertThat(rig.changes).hasSize(3);
        assertThat(rig.following().settled().number()).isEqualTo(settled + 6);
    }

    @Test
    void changesOfAnAbandonedBranchAreNotDelivered() {
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.run();
        rig.chain.reorg(1);
        rig.chain.mine(10);
        rig.run();
        assertThat(rig.changes).isEmpty();
    }

    @Test
    void changesBelowAnAbandonedSettledBlockAreDeliveredAgainFromTheNewBranch() {
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.chain.mine(5);
        rig.run();
        rig.chain.rewind(6);
        rig.chain.mine(block -> block.transfer("data deal", Names.address("another buyer")));
        rig.chain.mine(20);
        rig.run();
        assertThat(rig.changes.stream().map(change -> change.to()))
                .containsExactly(Names.address("buyer"), Names.address("another buyer"));
    }

    @Test
    void brokenStoreDoesNotLetTheBranchGrowForEver() {
        rig.storeBroken = true;
        for (int i = 0; i < 400; i++) {
            rig.chain.mine();
            try {
                rig.run();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the store is broken");
            }
            assertThat(rig.facts()
                            .branch()
                            .map(branch -> branch.blocks().size())
                            .orElse(0))
                    .isLessThanOrEqualTo(2 * 100 + 8 + 1);
        }
        rig.storeBroken = false;
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void nodeWithoutHeadersBelowTheSettledBlockIsFollowed() {
        rig.chain.headersFrom = 195;
        rig.saved = Optional.empty();
        rig.restart();
        rig.run();
        assertThat(rig.following().settled().number()).isEqualTo(195);
    }

    @Test
    void changesThatWaitedOnAnAbandonedBranchAreForgottenWithTheSettledBlock() {
        rig.chain.mine(4);
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.run();
        rig.chain.rewind(8);
        rig.chain.mine(30);
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
        assertThat(rig.changes).isEmpty();
    }

    @Test
    void changesThatWaitedDuringACatchUpAreDeliveredOnce() {
        rig.chain.mine(block -> block.transfer("data deal", Names.address("buyer")));
        rig.run();
        rig.chain.mine(500);
        rig.run();
        rig.chain.mine(20);
        rig.run();
        assertThat(rig.changes).hasSize(1);
    }
}
