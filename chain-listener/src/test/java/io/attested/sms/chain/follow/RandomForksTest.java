package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.follow.FakeChain.Script;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.TaskReading.Content;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the chain does, memory serves what a fresh reading at the same block gives. */
class RandomForksTest {
    private static final int ROUNDS = 200;
    private static final int DEALS = 6;

    /** What a run came to, so that a test in which nothing happens fails. */
    private static final class Tally {
        int served;
        int fromMemory;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void memoryServesWhatAFreshReadingGives(long seed) {
        Random random = new Random(seed);
        int depth = 1 + random.nextInt(12);
        Rig rig = Rig.atDepth(depth);
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            move(rig, random, random.nextInt(depth + 1));
            misbehave(rig, random);
            rig.run();
            rig.chain.down = false;
            rig.chain.logsDown = false;
            judge(rig, random, tally);
        }
        assertThat(tally.served).isGreaterThan(ROUNDS / 2);
        assertThat(tally.fromMemory).isGreaterThan(ROUNDS / 4);
        assertThat(rig.reorgs).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106})
    void memoryServesWhatAFreshReadingGivesAfterReorgsBelowTheSettledBlock(long seed) {
        Random random = new Random(seed);
        Rig rig = Rig.atDepth(2);
        Tally tally = new Tally();
        for (int round = 0; round < ROUNDS; round++) {
            move(rig, random, random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(3));
            if (random.nextInt(40) == 0) {
                rig.restart();
            }
            rig.run();
            judge(rig, random, tally);
        }
        assertThat(tally.served).isGreaterThan(ROUNDS / 8);
        assertThat(rig.reorgs).anyMatch(depth -> depth > 2);
    }

    private static void move(Rig rig, Random random, int abandoned) {
        if (random.nextInt(3) == 0 && abandoned > 0) {
            rig.chain.rewind(abandoned);
            for (int i = 0; i < abandoned; i++) {
                rig.chain.mine(block -> happen(rig, block, random));
            }
        }
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            rig.chain.mine(block -> happen(rig, block, random));
        }
    }

    private static void happen(Rig rig, Script block, Random random) {
        Ledger now = rig.chain.ledger(rig.chain.top().ref());
        for (int events = random.nextInt(3); events > 0; events--) {
            String deal = "deal" + random.nextInt(DEALS);
            String task = deal + "/" + random.nextInt(2);
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    if (!now.terms().containsKey(deal)) {
                        block.terms(deal, "terms " + random.nextInt());
                    }
                    block.initialize(task);
                }
                case 3 -> {
                    if (now.tasks().containsKey(task)) {
                        block.complete(task);
                    }
                }
                case 4, 5 -> block.transfer("data " + deal, Names.address("owner " + random.nextInt(3)));
                case 6 -> block.transfer("app " + deal, Names.address("owner " + random.nextInt(3)));
                case 7 -> block.consume("order " + random.nextInt(3), random.nextInt(100));
                default -> block.noise(random.nextInt(300));
            }
        }
    }

    private static void misbehave(Rig rig, Random random) {
        boolean hiding = random.nextBoolean();
        rig.chain.hidden = log -> hiding && random.nextInt(2) == 0;
        rig.chain.down = random.nextInt(20) == 0;
        rig.chain.logsDown = random.nextInt(20) == 0;
    }

    private static void judge(Rig rig, Random random, Tally tally) {
        if (!(rig.facts().standing() instanceof Following blocks)) {
            return;
        }
        for (int i = 0; i < 6; i++) {
            String task = "deal" + random.nextInt(DEALS) + "/" + random.nextInt(2);
            TaskAnswer first = rig.facts().task(Names.word(task));
            TaskAnswer answer = canBeRead(rig, blocks) ? rig.ask(task) : first;
            if (answer instanceof TaskAnswer.Known known && canBeRead(rig, blocks)) {
                tally.served++;
                tally.fromMemory += first instanceof TaskAnswer.Known ? 1 : 0;
                same(rig, task, known.facts());
            }
            sameOwner(rig, "data deal" + random.nextInt(DEALS), random);
            sameOrder(rig, "order " + random.nextInt(3), random);
        }
    }

    /** A node that went on to another branch since the last step refuses readings pinned to the old one. */
    private static boolean canBeRead(Rig rig, Following blocks) {
        return rig.chain.isCanonical(blocks.head()) && rig.chain.isCanonical(blocks.settled());
    }

    private static void same(Rig rig, String task, FollowedTask facts) {
        Content rights = rig.chain.read(task, facts.settled()).content().orElseThrow();
        Content vetoes = rig.chain.read(task, facts.head()).content().orElseThrow();
        List<Object> expected = new ArrayList<>(List.of(
                rights.task(),
                rights.deal(),
                rights.app(),
                rights.dataset(),
                rights.category(),
                vetoes.task().status(),
                vetoes.app().owner(),
                vetoes.dataset().map(dataset -> dataset.owner())));
        assertThat(List.<Object>of(
                        facts.task(),
                        facts.deal(),
                        facts.app(),
                        facts.dataset(),
                        facts.category(),
                        facts.atHead().status(),
                        facts.atHead().appOwner(),
                        facts.atHead().datasetOwner()))
                .isEqualTo(expected);
    }

    private static void sameOwner(Rig rig, String asset, Random random) {
        Side side = random.nextBoolean() ? Side.HEAD : Side.SETTLED;
        Answer<Optional<Address>> answer = rig.facts().owner(Names.address(asset), side);
        if (answer instanceof Answer.Known<Optional<Address>> known && rig.chain.isCanonical(known.block())) {
            assertThat(known.value()).contains(rig.chain.ledger(known.block()).owner(asset));
        } else if (answer instanceof Answer.Miss<Optional<Address>> miss && rig.chain.isCanonical(miss.block())) {
            Address owner = rig.chain.ledger(miss.block()).owner(asset);
            assertThat(rig.facts().learnedOwner(miss.block(), Names.address(asset), Optional.of(owner), true))
                    .isEqualTo(Learned.KEPT);
        }
    }

    private static void sameOrder(Rig rig, String order, Random random) {
        Side side = random.nextBoolean() ? Side.HEAD : Side.SETTLED;
        Answer<BigInteger> answer = rig.facts().consumed(Names.word(order), side);
        if (answer instanceof Answer.Known<BigInteger> known && rig.chain.isCanonical(known.block())) {
            assertThat(known.value()).isEqualTo(consumed(rig, order, known.block()));
        } else if (answer instanceof Answer.Miss<BigInteger> miss && rig.chain.isCanonical(miss.block())) {
            assertThat(rig.facts().learnedConsumed(miss.block(), Names.word(order), consumed(rig, order, miss.block())))
                    .isEqualTo(Learned.KEPT);
        }
    }

    private static BigInteger consumed(Rig rig, String order, BlockRef at) {
        return rig.chain.ledger(at).consumed().getOrDefault(order, BigInteger.ZERO);
    }
}
