package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.SettlementRule.Name;
import io.attested.sms.chain.SettlementRule.Tag;
import io.attested.sms.chain.follow.Standing.Reason;
import io.attested.sms.chain.rpc.BlockHeader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    @Test
    void frozenHeadIsFoundByTheClockAlone() {
        Rig rig = Rig.atDepth(3);
        rig.late = Duration.ofSeconds(30);
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());

        rig.late = Duration.ofSeconds(31);
        assertThat(rig.stopped()).isEqualTo(Reason.STALE_HEAD);
        rig.run();

        assertThat(rig.faults).isEmpty();
        assertThat(rig.stops).containsExactly(Reason.STALE_HEAD);
        assertThat(rig.facts().task(Names.word("deal/0"))).isInstanceOf(TaskAnswer.Stopped.class);
        rig.late = Duration.ZERO;
        rig.chain.mine();
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void oldSettledBlockStopsUnderAFreshHead() {
        FakeChain chain = new FakeChain();
        chain.mine(300);
        chain.spacing = Duration.ofSeconds(60);
        chain.mine(20);
        Rig rig = new Rig(chain, Rig.settings(new Depth(10)));
        rig.run();
        assertThat(rig.following().settled().number()).isEqualTo(chain.top().number() - 10);
        Rig slow = new Rig(chain, Rig.settings(new Depth(11)));
        slow.run();
        assertThat(slow.stopped()).isEqualTo(Reason.STALE_SETTLED);
    }

    @Test
    void headFromTheFutureIsNotFollowed() {
        Rig rig = Rig.atDepth(3);
        BlockHeader before = rig.chain.top();
        rig.now = Optional.of(before.time());
        rig.chain.spacing = Duration.ofSeconds(16);
        rig.chain.mine();
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.HEAD_FROM_FUTURE);
        assertThat(rig.faults).hasSize(1);

        rig.now = Optional.of(before.time().plusSeconds(1));
        rig.run();
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
    }

    @Test
    void deadNodeLeavesWhatIsKnownToTheClock() {
        Rig rig = Rig.atDepth(3);
        rig.chain.down = true;
        rig.run();
        assertThat(rig.faults).singleElement().extracting(fault -> fault.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(rig.following().head()).isEqualTo(rig.chain.top().ref());
        rig.late = Duration.ofMinutes(1);
        assertThat(rig.stopped()).isEqualTo(Reason.STALE_HEAD);
    }

    @Test
    void silentNodeStopsWhereHeadsMayBeOld() {
        FakeChain chain = new FakeChain();
        chain.mine(200);
        Rig rig = new Rig(chain, Rig.ageless(new Depth(3), Duration.ofSeconds(10)));
        rig.now = Optional.of(chain.top().time().plusSeconds(86_400));
        rig.run();
        assertThat(rig.following().head()).isEqualTo(chain.top().ref());

        chain.down = true;
        rig.now = rig.now.map(now -> now.plusSeconds(10));
        rig.run();
        assertThat(rig.following().head()).isEqualTo(chain.top().ref());
        rig.now = rig.now.map(now -> now.plusSeconds(1));
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.SILENT);

        chain.down = false;
        rig.run();
        assertThat(rig.following().head()).isEqualTo(chain.top().ref());
    }

    @Test
    void nodeThatKeepsTheEventsOfItsHeadBackStops() {
        FakeChain chain = new FakeChain();
        chain.mine(200);
        Rig rig = new Rig(chain, Rig.ageless(new Depth(3), Duration.ofSeconds(10)));
        rig.run();
        chain.mine();
        chain.logsDown = true;
        rig.late = Duration.ofSeconds(11);
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Reason.SILENT);
    }

    @Test
    void tagNamesTheSettledBlock() {
        FakeChain chain = new FakeChain();
        chain.mine(200);
        chain.tagDepth = 7;
        Rig rig = new Rig(chain, Rig.settings(new Tag(Name.FINALIZED)));
        rig.run();
        assertThat(rig.following().settled())
                .isEqualTo(chain.block(chain.top().number() - 7).ref());
        chain.mine(2);
        rig.run();
        assertThat(rig.following().settled())
                .isEqualTo(chain.block(chain.top().number() - 7).ref());
        chain.mine(2);
        chain.tagDepth = 50;
        rig.run();
        assertThat(rig.following().settled())
                .as("a settled block does not become unsettled")
                .isEqualTo(chain.block(chain.top().number() - 9).ref());
    }

    @Test
    void chainThatDoesNotSettleStopsAndDoesNotGrow() {
        FakeChain chain = new FakeChain();
        chain.mine(200);
        chain.tagDepth = 7;
        Rig rig = new Rig(chain, Rig.settings(new Tag(Name.SAFE)));
        rig.run();
        for (int i = 0; i < 120; i++) {
            chain.mine();
            chain.tagDepth++;
            rig.run();
        }
        assertThat(rig.stopped()).isEqualTo(Reason.NOT_SETTLING);
        assertThat(rig.facts().branch()).isEmpty();
        chain.tagDepth = 7;
        rig.run();
        assertThat(rig.following().settled())
                .isEqualTo(chain.block(chain.top().number() - 7).ref());
    }
}
