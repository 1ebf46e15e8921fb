package io.attested.sms.chain.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.quorum.Consensus.Agreed;
import io.attested.sms.chain.quorum.Consensus.Disagreement;
import io.attested.sms.chain.quorum.Consensus.Refused;
import io.attested.sms.chain.quorum.Consensus.Unavailable;
import io.attested.sms.chain.quorum.NodeStanding.Standing;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Reads;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.HeaderHash;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.PocoCalls;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Two of three nodes must agree; all three stand before the same real chain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuorumTest {
    /** Of nodes, of the quorum, and with those in good standing: nothing here fails because this machine is slow. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** With nodes that answer later than that. */
    private static final Duration IMPATIENCE = Duration.ofMillis(800);

    private static final Duration BENCH = Duration.ofSeconds(30);
    private static final Address STRANGER = Address.parse("0x" + "66".repeat(20));
    private static final Address OTHER_STRANGER = Address.parse("0x" + "77".repeat(20));
    private static final Address OWNER = Address.parse(Wallet.APP_DEVELOPER.address());

    private LocalChain chain;
    private Address app;
    private long height;
    private final List<ScriptedNode> scripted = new ArrayList<>();
    private final Events events = new Events();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Quorum quorum;

    @BeforeAll
    void deploy() {
        chain = LocalChain.anvil();
        app = Address.parse(Scenario.on(chain, PocoDeployment.deploy(chain)).createApp("x"));
        height = chain.height();
    }

    @AfterAll
    void stop() {
        chain.stop();
    }

    @BeforeEach
    void open() {
        events.told.clear();
        for (int i = 0; i < 3; i++) {
            scripted.add(ScriptedNode.before(chain.url()));
        }
        quorum = quorum(2, scripted);
        assertThat(agreed(owner())).isEqualTo(OWNER);
        // The third answer may be under way still.
        eventually(
                () -> assertThat(scripted).extracting(ScriptedNode::roundTrips).containsOnly(1L));
        scripted.forEach(ScriptedNode::resetCounts);
    }

    @AfterEach
    void close() {
        quorum.close();
        scripted.forEach(ScriptedNode::close);
        scripted.clear();
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("false owner", Lies.owner(OWNER, STRANGER), true),
                Arguments.of("false word", Lies.word(0, Bytes32.ZERO), true),
                Arguments.of("null", Lies.nullResults(), false),
                Arguments.of("huge numbers", Lies.hugeNumbers(), false),
                Arguments.of("closed", Faults.drop(), false),
                Arguments.of("truncated", Faults.truncate(), false),
                Arguments.of("late", Faults.delay(IMPATIENCE.multipliedBy(4)), false),
                Arguments.of("HTML", Faults.html(), false),
                Arguments.of("null body", Faults.nothing(), false),
                Arguments.of("each twice", Faults.duplicate(), false),
                Arguments.of("50 MB", Faults.large(50L << 20), false),
                Arguments.of("429", Faults.tooManyRequests(9, "0"), false),
                Arguments.of("pruned", Lies.prunedState(), false),
                Arguments.of("no hashes", Lies.noBlockHashes(), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void askWhenOneNodeMisbehavesThenServedAndALiarIsNamed(String name, Misbehaviour misbehaviour, boolean lie) {
        scripted.get(1).misbehave(misbehaviour);
        impatientWith(name, 1);

        assertThat(agreed(owner())).isEqualTo(OWNER);

        if (lie) {
            eventually(() -> assertThat(events.told).containsExactly("disagreed node-2"));
            assertThat(quorum.standings().get(1)).isEqualTo(new NodeStanding("node-2", Standing.BENCHED, 1));
        }
        scripted.get(1).behave();
        now = now.plus(BENCH).plusSeconds(1);
        assertThat(agreed(owner())).isEqualTo(OWNER);
        eventually(() -> assertThat(standings()).containsOnly(Standing.GOOD));
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of("closed", Faults.drop()),
                Arguments.of("truncated", Faults.truncate()),
                Arguments.of("HTML", Faults.html()),
                Arguments.of("null body", Faults.nothing()),
                Arguments.of("429", Faults.tooManyRequests(9, "0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void aNodeThatGivesNoAnswerIsSilentUntilItDoes(String name, Misbehaviour silence) {
        scripted.get(1).misbehave(silence);
        assertThat(agreed(owner())).isEqualTo(OWNER);
        eventually(
                () -> assertThat(quorum.standings().get(1)).isEqualTo(new NodeStanding("node-2", Standing.SILENT, 0)));
        assertThat(quorum.standings().get(0).standing()).isEqualTo(Standing.GOOD);

        scripted.get(1).behave();
        assertThat(agreed(owner())).isEqualTo(OWNER);
        eventually(() -> assertThat(standings()).containsOnly(Standing.GOOD));
    }

    @Test
    void aNodeThatIsDownIsSilentAndNotGood() {
        scripted.get(2).close();
        assertThat(agreed(owner())).isEqualTo(OWNER);
        eventually(() -> assertThat(standings()).containsExactly(Standing.GOOD, Standing.GOOD, Standing.SILENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void askWhenTwoNodesMisbehaveThenNoFalseAnswerAndServedOnceTheyBehave(
            String name, Misbehaviour misbehaviour, boolean lie) {
        scripted.get(0).misbehave(misbehaviour);
        scripted.get(2).misbehave(lie ? Lies.owner(OWNER, OTHER_STRANGER) : misbehaviour);
        impatientWith(name, 0, 2);

        Consensus<Address> refused = quorum.ask(owner(), Purpose.REQUEST);

        assertThat(refused).isInstanceOf(lie ? Disagreement.class : Unavailable.class);
        scripted.forEach(ScriptedNode::behave);
        impatientWith(name);
        assertThat(agreed(owner())).isEqualTo(OWNER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void askWhenTheOnlyNodeMisbehavesThenATypedFailureOrABelievedLie(
            String name, Misbehaviour misbehaviour, boolean lie) {
        try (Quorum single = quorum(1, scripted.subList(0, 1))) {
            scripted.getFirst().misbehave(misbehaviour);
            if (late(name)) {
                try (Quorum impatient = quorum(scripted.subList(0, 1), settings(1), Set.of(0))) {
                    assertThat(impatient.ask(owner(), Purpose.REQUEST)).isInstanceOf(Unavailable.class);
                }
            } else {
                assertThat(single.ask(owner(), Purpose.REQUEST)).isInstanceOf(lie ? Agreed.class : Unavailable.class);
            }
            scripted.getFirst().behave();
            assertThat(single.ask(owner(), Purpose.REQUEST)).isInstanceOf(Agreed.class);
        }
    }

    @Test
    void askCostsEachNodeOneRoundTripAndDoesNotWaitForTheSlowest() {
        Duration late = Duration.ofSeconds(40);
        scripted.get(2).misbehave(Faults.delay(late));
        long start = System.nanoTime();

        assertThat(quorum.ask(owner(), Purpose.REQUEST)).isInstanceOfSatisfying(Agreed.class, agreed -> {
            assertThat(agreed.agreeing()).hasSize(2);
            assertThat(agreed.nodes()).isEqualTo(3);
        });

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(late);
        eventually(
                () -> assertThat(scripted).extracting(ScriptedNode::roundTrips).containsExactly(1L, 1L, 1L));
    }

    @Test
    void askWhenALiarIsSlowThenNamedAllTheSame() {
        scripted.getFirst().misbehave(Lies.owner(OWNER, STRANGER), Faults.delay(Duration.ofMillis(200)));

        assertThat(agreed(owner())).isEqualTo(OWNER);

        eventually(() -> assertThat(events.told).containsExactly("disagreed node-1"));
    }

    @Test
    void askWhenBenchedThenNotAskedAndLongerEachTime() {
        scripted.get(1).misbehave(Lies.owner(OWNER, STRANGER));
        agreed(owner());
        eventually(() -> assertThat(standings()).contains(Standing.BENCHED));
        scripted.get(1).resetCounts();
        agreed(owner());
        assertThat(scripted.get(1).roundTrips()).isZero();

        now = now.plus(BENCH);
        agreed(owner());
        eventually(() -> assertThat(events.told).hasSize(2));
        now = now.plus(BENCH);
        assertThat(standings()).contains(Standing.BENCHED);
        now = now.plus(BENCH);
        assertThat(standings()).contains(Standing.PROBATION);
        scripted.get(1).behave();
        agreed(owner());

        eventually(() -> assertThat(events.told).last().isEqualTo("returned node-2"));
    }

    @Test
    void askWhenOneIsBenchedAndAnotherIsGoneThenTheBenchedOneIsAskedAndStaysBenched() {
        scripted.get(1).misbehave(Lies.owner(OWNER, STRANGER));
        agreed(owner());
        eventually(() -> assertThat(standings()).contains(Standing.BENCHED));
        scripted.get(2).misbehave(Faults.drop());

        assertThat(quorum.ask(owner(), Purpose.REQUEST)).isInstanceOf(Disagreement.class);
        scripted.get(1).behave();
        assertThat(agreed(owner())).isEqualTo(OWNER);
        assertThat(standings().get(1)).isEqualTo(Standing.BENCHED);
        assertThat(events.told).containsOnlyOnce("disagreed node-2").doesNotContain("returned node-2");
    }

    @Test
    void askWhenOneIsBenchedAndAnotherIsSlowThenServedBeforeTheSlowOneAnswers() {
        Duration late = Duration.ofSeconds(40);
        quorum.close();
        quorum = quorum(scripted, new QuorumSettings(2, PATIENCE, Duration.ofMillis(400), BENCH), Set.of());
        scripted.get(1).misbehave(Lies.owner(OWNER, STRANGER));
        agreed(owner());
        eventually(() -> assertThat(standings()).contains(Standing.BENCHED));
        scripted.get(1).behave();
        scripted.get(2).misbehave(Faults.delay(late));
        long start = System.nanoTime();

        assertThat(agreed(owner())).isEqualTo(OWNER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(late);
    }

    @Test
    void headWhenOneKeepsItBackAndAnotherIsSlowThenTheHighestAllTheSame() {
        scripted.get(0).misbehave(Lies.headAt(height - 3));
        scripted.get(1).misbehave(Faults.delay(Duration.ofMillis(600)));

        assertThat(head().number()).isEqualTo(height);
    }

    @Test
    void headWhenOneKeepsBlocksBackInTheSecondRoundAndAnotherIsSlowThenTheHighestAllTheSame() {
        scripted.get(0).misbehave(farBlock(), Lies.headAt(height - 3));
        scripted.get(1).misbehave(Faults.delay(Duration.ofMillis(600)));

        assertThat(head().number()).isEqualTo(height);
    }

    @Test
    void headWhenOneKeepsItBackAndAnotherIsGoneThenTheLowerOne() {
        scripted.get(0).misbehave(Lies.headAt(height - 3));
        scripted.get(1).misbehave(Faults.drop());

        assertThat(head().number()).isEqualTo(height - 3);
    }

    @Test
    void headWhenOneStaysFarBehindThenNamedAndBenchedAfterFiveLooks() {
        scripted.get(0).misbehave(Lies.headAt(height - 9));
        for (int look = 0; look < 4; look++) {
            assertThat(head().number()).isEqualTo(height);
        }
        assertThat(events.told).isEmpty();
        head();
        eventually(() -> assertThat(events.told).containsExactly("behind node-1 9"));
        assertThat(standings().getFirst()).isEqualTo(Standing.BENCHED);

        scripted.get(0).behave();
        now = now.plus(BENCH);
        head();
        eventually(() -> assertThat(events.told).last().isEqualTo("returned node-1"));
    }

    @Test
    void headWhenOneIsNearEnoughBehindThenNeverNamed() {
        scripted.get(0).misbehave(Lies.headAt(height - 8));
        for (int look = 0; look < 8; look++) {
            assertThat(head().number()).isEqualTo(height);
        }
        assertThat(events.told).isEmpty();
        assertThat(standings()).containsOnly(Standing.GOOD);
    }

    @Test
    void headWhenOneTellsAFarBlockThenNamedAndBenchedAfterFiveLooks() {
        scripted.get(0).misbehave(farBlock());
        for (int look = 0; look < 5; look++) {
            assertThat(events.told).isEmpty();
            assertThat(head().number()).isEqualTo(height);
        }
        eventually(() -> assertThat(events.told).containsExactly("disagreed node-1"));
        assertThat(standings().getFirst()).isEqualTo(Standing.BENCHED);
    }

    @Test
    void headersWhenOneTellsOtherBlocksThenNotBenchedAndNamedFromTheThirdHeight() {
        scripted.get(0).misbehave(Lies.otherBlock(1));
        for (long number = 1; number <= 2; number++) {
            header(number);
            header(number);
        }
        assertThat(events.told).isEmpty();
        header(3);
        eventually(() -> assertThat(events.told).containsExactly("disagreed node-1"));
        assertThat(standings()).containsOnly(Standing.GOOD);
    }

    @Test
    void headWhenNodesAreAtDifferentHeightsThenTheHighestThatTwoHave() {
        scripted.get(0).misbehave(Lies.headAt(height - 3));
        scripted.get(1).misbehave(Lies.headAt(height - 1));

        assertThat(head().number()).isEqualTo(height - 1);
        assertThat(events.told).isEmpty();
    }

    @Test
    void headWhenOneIsFrozenOrGoneBackThenTheOthersDecideAndItDoesNotDisagree() {
        scripted.get(0).misbehave(Lies.headAt(Math.max(0, height - 64)));

        assertThat(head().number()).isEqualTo(height);
        assertThat(events.told).isEmpty();
        assertThat(scripted).extracting(ScriptedNode::roundTrips).containsExactly(1L, 1L, 1L);
    }

    @Test
    void headWhenOneTellsAnotherBlockOfTheSameHeightThenItDoesNotCountAndIsNoLie() {
        scripted.get(0).misbehave(Lies.otherBlock(1));

        for (int look = 0; look < 8; look++) {
            assertThat(value(quorum.head(BlockTag.LATEST, chain.chainId(), Purpose.FOLLOWER)))
                    .isEqualTo(header(height));
        }
        assertThat(events.told).isEmpty();
        assertThat(standings()).containsOnly(Standing.GOOD);
    }

    @Test
    void headWhenOneForgesAFarBlockThenItDoesNotLeadUpwards() {
        scripted.get(0).misbehave(farBlock(), Lies.otherBlock(1));
        scripted.get(1).misbehave(Lies.headAt(height - 1));

        assertThat(head().number()).isEqualTo(height - 1);
    }

    @Test
    void headWhenTwoForgeDifferentlyThenDisagreement() {
        scripted.get(0).misbehave(Lies.otherBlock(1));
        scripted.get(1).misbehave(Lies.otherBlock(2));

        assertThat(quorum.head(BlockTag.LATEST, chain.chainId(), Purpose.FOLLOWER))
                .isInstanceOf(Disagreement.class);
        eventually(() -> assertThat(events.told).contains("split [node-1, node-2, node-3]"));
    }

    @Test
    void headWhenOneServesAnotherChainThenNamedAndTwoThenUnavailable() {
        scripted.get(0).misbehave(Lies.chainId(1));
        assertThat(head().number()).isEqualTo(height);
        eventually(() -> assertThat(events.told).contains("disagreed node-1"));

        scripted.get(1).misbehave(Lies.chainId(1));
        assertThat(quorum.head(BlockTag.LATEST, chain.chainId(), Purpose.FOLLOWER))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.WRONG_CHAIN));
    }

    @Test
    void headWhenTaggedFinalOrSafeThenBelowTheHead() {
        for (BlockTag tag : List.of(BlockTag.FINALIZED, BlockTag.SAFE)) {
            assertThat(quorum.head(tag, chain.chainId(), Purpose.FOLLOWER))
                    .isInstanceOfSatisfying(
                            Agreed.class,
                            agreed -> assertThat(((BlockHeader) agreed.value()).number())
                                    .isLessThanOrEqualTo(height));
        }
    }

    @Test
    void askWhenOneIsEnoughThenTheFirstThatProvesItself() {
        Bytes32 hash = head().hash();
        scripted.get(0).misbehave(Faults.html());
        scripted.get(1).misbehave(Faults.drop());

        assertThat(quorum.ask(Reads.header(hash), Purpose.REQUEST, 1)).isInstanceOf(Agreed.class);
    }

    @Test
    void ofWhenHalfWouldDoOrMoreThanAllAreNeededThenRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> quorum(1, scripted));
        assertThatIllegalArgumentException().isThrownBy(() -> quorum(4, scripted));
        assertThatIllegalArgumentException().isThrownBy(() -> quorum(1, scripted.subList(0, 2)));
    }

    /** A head of a height nobody else has, well hashed. */
    private static Misbehaviour farBlock() {
        return (Misbehaviour.Lie) (method, params, honest) -> {
            var answer = honest.answer(method, params);
            if (method.startsWith("eth_getBlockBy")
                    && "latest".equals(params.path(0).asString(""))) {
                var block = (ObjectNode) answer.get("result");
                block.put("number", "0x3b9aca00");
                block.put("hash", HeaderHash.of(block));
            }
            return answer;
        };
    }

    private BlockHeader header(long number) {
        return value(quorum.ask(Reads.headers(number, 1), Purpose.FOLLOWER)).getFirst();
    }

    private BlockHeader head() {
        return value(quorum.head(BlockTag.LATEST, chain.chainId(), Purpose.FOLLOWER));
    }

    private Address agreed(RoundTrip<Address> trip) {
        return value(quorum.ask(trip, Purpose.REQUEST));
    }

    private static <T> T value(Consensus<T> consensus) {
        return switch (consensus) {
            case Agreed<T> agreed -> agreed.value();
            case Refused<T> refused -> throw new AssertionError(refused.failure());
        };
    }

    private List<Standing> standings() {
        return quorum.standings().stream().map(NodeStanding::standing).toList();
    }

    /** {@code owner()} of the app, pinned to a block by hash. */
    private RoundTrip<Address> owner() {
        try (Node direct = Node.open(NodeSettings.of("direct", chain.url()), RpcMeter.NONE, InstantSource.system())) {
            BlockRef head = direct.ask(Reads.tagged(BlockTag.LATEST, chain.chainId()), Purpose.CHECK)
                    .ref();
            return new OwnerTrip(app, head);
        } catch (ReadFailure e) {
            throw new AssertionError(e);
        }
    }

    private record OwnerTrip(Address app, BlockRef at) implements RoundTrip<Address> {
        @Override
        public List<Question> questions() {
            return List.of(new Question(
                    "eth_call",
                    List.of(Map.of("to", app.value(), "data", PocoCalls.owner().data()), Question.pinned(at))));
        }

        @Override
        public Address read(Replies replies) throws ReadFailure {
            byte[] word = replies.data(0, "the owner");
            return Address.tryParse("0x" + HexFormat.of().formatHex(word).replaceFirst("^0{24}", ""))
                    .orElseThrow(() -> ReadFailure.malformed("the owner is no address"));
        }
    }

    private Quorum quorum(int needed, List<ScriptedNode> nodes) {
        return quorum(nodes, settings(needed), Set.of());
    }

    private static QuorumSettings settings(int needed) {
        return new QuorumSettings(needed, PATIENCE, PATIENCE, BENCH);
    }

    private Quorum quorum(List<ScriptedNode> nodes, QuorumSettings settings, Set<Integer> impatientWith) {
        List<Node> opened = new ArrayList<>();
        for (ScriptedNode node : nodes) {
            Duration timeout = impatientWith.contains(opened.size()) ? IMPATIENCE : PATIENCE;
            opened.add(Node.open(
                    NodeSettings.of("node-" + (opened.size() + 1), node.url()).withTimeout(timeout),
                    RpcMeter.NONE,
                    InstantSource.system()));
        }
        return Quorum.of(settings, opened, events, () -> now);
    }

    private static boolean late(String misbehaviour) {
        return misbehaviour.equals("late");
    }

    /** Does not wait for these nodes when they are late, and waits for all others; for any other fault changes nothing. */
    private void impatientWith(String misbehaviour, Integer... nodes) {
        if (late(misbehaviour)) {
            quorum.close();
            quorum = quorum(scripted, settings(2), Set.of(nodes));
        }
    }

    /** Late votes are judged on their own threads. */
    private static void eventually(Runnable assertion) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                sleep();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Disagreements, lags, returns and splits, in the order they were told. */
    private static final class Events implements QuorumEvents {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void disagreed(String node, Purpose purpose, Duration bench) {
            told.add("disagreed " + node);
        }

        @Override
        public void behind(String node, long blocks, Duration bench) {
            told.add("behind " + node + " " + blocks);
        }

        @Override
        public void returned(String node) {
            told.add("returned " + node);
        }

        @Override
        public void failed(String node, Purpose purpose, ChainFailure failure) {}

        @Override
        public void split(List<String> nodes, Purpose purpose) {
            told.add("split " + nodes.stream().sorted().toList());
        }
    }
}
