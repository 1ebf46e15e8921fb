package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.Standing.Reason;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorgTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 64})
    void taskOfAnAbandonedBranchIsNeverKnown(int depth) {
        Rig rig = Rig.atDepth(64);
        rig.chain.mine(block -> block.initialize("deal/0"));
        rig.chain.mine(depth - 1);
        rig.run();
        assertThat(rig.ask("deal/0")).isInstanceOf(TaskAnswer.NotSettled.class);

        rig.chain.reorg(depth);
        rig.run();

        assertThat(rig.ask("deal/0")).isInstanceOf(TaskAnswer.Miss.class);
        assertThat(rig.reorgs).containsExactly((long) depth);
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
        assertThat(rig.following().settled())
                .isEqualTo(rig.chain.block(rig.chain.top().number() - 64).ref());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 64})
    void vetoesOfAnAbandonedBranchAreLifted(int depth) {
        Rig rig = Rig.atDepth(64);
        rig.chain.mine(block -> block.initialize("deal/0"));
        rig.chain.mine(64);
        rig.run();
        assertThat(rig.known("deal/0").atHead().status()).isEqualTo(TaskStatus.ACTIVE);
        rig.chain.mine(block -> block.complete("deal/0").transfer("data deal", Names.address("thief")));
        rig.chain.mine(depth - 1);
        rig.run();
        FollowedTask before = rig.known("deal/0");
        assertThat(before.atHead().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(before.atHead().datasetOwner()).contains(Names.address("thief"));

        rig.chain.reorg(depth);
        rig.run();

        FollowedTask after = rig.known("deal/0");
        assertThat(after.atHead().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(after.atHead().datasetOwner()).contains(Names.address("first owner of data deal"));
        assertThat(rig.changes).isEmpty();
    }

    @Test
    void dealReadOnAnAbandonedBranchIsReadAgain() {
        Rig rig = Rig.atDepth(0);
        Rig deep = new Rig(rig.chain, Rig.settings(new SettlementRule.Depth(4)));
        deep.run();
        rig.chain.mine(block -> block.initialize("deal/0").terms("deal", "cheap"));
        deep.run();
        deep.facts().learned(List.of(deep.chain.read("deal/0", deep.following().head())));
        assertThat(deep.facts().taskAtHead(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Known.class);

        rig.chain.rewind(1);
        rig.chain.mine(block -> block.initialize("deal/0").terms("deal", "dear"));
        rig.chain.mine(4);
        deep.run();

        assertThat(deep.known("deal/0").deal().params()).isEqualTo("dear");
    }

    @Test
    void reorgBelowTheSettledBlockStopsUntilTheNewBranchIsSettledHigher() {
        Rig rig = Rig.atDepth(3);
        rig.chain.mine(block -> block.initialize("deal/0"));
        rig.chain.mine(3);
        rig.run();
        long settled = rig.following().settled().number();
        assertThat(rig.known("deal/0").task().status()).isEqualTo(TaskStatus.ACTIVE);

        rig.chain.rewind(4);
        rig.chain.mine(4);
        rig.run();

        assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
        assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
        assertThat(rig.reorgs).containsExactly(4L);
        assertThat(rig.stops).containsExactly(Reason.REORG_BELOW_SETTLED);
        assertThat(rig.facts().task(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Stopped.class);

        while (rig.chain.top().number() - 3 <= settled) {
            rig.run();
            assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
            rig.chain.mine();
        }
        rig.run();

        assertThat(rig.following().settled().number()).isEqualTo(settled + 1);
        assertThat(rig.ask("deal/0")).isInstanceOf(TaskAnswer.Miss.class);
    }

    @Test
    void reorgDeeperThanAllThatIsKnownStopsToo() {
        Rig rig = Rig.atDepth(3);
        rig.chain.rewind(64);
        rig.chain.mine(64);
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
        rig.chain.mine(3);
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void restartWhileASettledBlockIsAbandonedStaysStopped() {
        Rig rig = Rig.atDepth(3);
        rig.chain.rewind(5);
        rig.chain.mine(5);
        rig.run();
        rig.restart();
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
    }

    @Test
    void oldBranchComingBackEndsTheStop() {
        Rig rig = Rig.atDepth(3);
        Following before = rig.following();
        List<BlockHeader> old = rig.chain.rewind(5);
        rig.chain.mine(5);
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.REORG_BELOW_SETTLED);
        rig.chain.rewind(5);
        rig.chain.restore(old);
        rig.run();
        assertThat(rig.following()).isEqualTo(before);
    }

    @Test
    void nodeThatGoesBackSixtyFourBlocksStopsAndComesBackByItself() {
        Rig rig = Rig.atDepth(12);
        BlockHeader settled = rig.chain.block(rig.following().settled().number());
        rig.chain.frozen = rig.chain.block(rig.chain.top().number() - 64);
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.BEHIND_SETTLED);
        assertThat(rig.stopped()).isEqualTo(Reason.BEHIND_SETTLED);
        assertThat(rig.lags).containsExactly(-64L);
        rig.chain.frozen = null;
        rig.chain.mine();
        rig.run();
        assertThat(rig.following().settled().number()).isEqualTo(settled.number() + 1);
        assertThat(rig.reorgs).isEmpty();
    }

    @Test
    void nodeThatGoesBackALittleKeepsTheHigherHead() {
        Rig rig = Rig.atDepth(12);
        rig.chain.frozen = rig.chain.block(rig.chain.top().number() - 5);
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
        assertThat(rig.reorgs).isEmpty();
    }

    @Test
    void restartAtALowerHeadThanTheCheckpointWaits() {
        Rig rig = Rig.atDepth(3);
        rig.chain.frozen = rig.chain.block(100);
        rig.restart();
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.BEHIND_SETTLED);
        rig.chain.frozen = null;
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }
}
