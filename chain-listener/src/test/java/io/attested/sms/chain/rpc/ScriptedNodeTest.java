package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

/** One node before a real chain with real events: each misbehaviour is a typed failure, and passes when it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptedNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** With a node that is late: long enough to ask, and no answer comes in it. */
    private static final Duration IMPATIENCE = Duration.ofMillis(400);

    private LocalChain chain;
    private long height;
    private LogFilter filter;
    private ScriptedNode scripted;
    private Node node;
    private final Counts counts = new Counts();

    @BeforeAll
    void deploy() {
        chain = LocalChain.anvil();
        var poco = PocoDeployment.deploy(chain);
        Scenario scenario = Scenario.on(chain, poco);
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
        scenario.initialize(
                scenario.match(scenario.terms(scenario.createApp("x")).withDataset(dataset)), 0);
        height = chain.height();
        filter = new LogFilter(Set.of(Address.parse(poco.hub())), List.of());
    }

    @AfterAll
    void stop() {
        chain.stop();
    }

    @BeforeEach
    void open() {
        counts.all.clear();
        scripted = ScriptedNode.before(chain.url());
        node = open(NodeSettings.of("one", scripted.url()).withTimeout(PATIENCE));
    }

    @AfterEach
    void close() {
        node.close();
        scripted.close();
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("another chain", Lies.chainId(1), Kind.WRONG_CHAIN),
                Arguments.of("another hash", Lies.blockHash(Bytes32.ZERO), Kind.INCONSISTENT),
                Arguments.of("null results", Lies.nullResults(), Kind.MALFORMED_ANSWER),
                Arguments.of("huge numbers", Lies.hugeNumbers(), Kind.MALFORMED_ANSWER),
                Arguments.of("closed", Faults.drop(), Kind.UNREACHABLE),
                Arguments.of("truncated", Faults.truncate(), Kind.UNREACHABLE),
                Arguments.of("cut short", Faults.cutShort(), Kind.MALFORMED_ANSWER),
                Arguments.of("late", Faults.delay(IMPATIENCE.multipliedBy(5)), Kind.TIMEOUT),
                Arguments.of("HTML", Faults.html(), Kind.MALFORMED_ANSWER),
                Arguments.of("null", Faults.nothing(), Kind.MALFORMED_ANSWER),
                Arguments.of("each twice", Faults.duplicate(), Kind.MALFORMED_ANSWER),
                Arguments.of("50 MB", Faults.large(50L << 20), Kind.MALFORMED_ANSWER),
                Arguments.of("compressed", Faults.gzip(), Kind.MALFORMED_ANSWER),
                Arguments.of("500", Faults.status(500), Kind.RPC_ERROR),
                Arguments.of("302", Faults.status(302), Kind.RPC_ERROR),
                Arguments.of("an error", Lies.error("eth_getBlockByNumber", -32000, "no"), Kind.RPC_ERROR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void askWhenTheNodeMisbehavesThenTypedAndWellAgainAfterwards(String name, Misbehaviour misbehaviour, Kind kind)
            throws ReadFailure {
        scripted.misbehave(misbehaviour);
        if (kind == Kind.TIMEOUT) {
            try (Node impatient = open(NodeSettings.of("one", scripted.url()).withTimeout(IMPATIENCE))) {
                assertThat(failure(impatient, head()).failure().kind()).isEqualTo(kind);
            }
        } else {
            assertThat(failure(head()).failure().kind()).isEqualTo(kind);
        }

        scripted.behave();
        assertThat(node.ask(head(), Purpose.REQUEST).number()).isEqualTo(height);
    }

    @Test
    void askWhenManyTimesThenOverOneConnection() throws ReadFailure {
        for (int i = 0; i < 20; i++) {
            node.ask(head(), Purpose.REQUEST);
        }

        assertThat(scripted.connections()).isEqualTo(1);
        assertThat(scripted.roundTrips()).isEqualTo(20);
        assertThat(scripted.calls("eth_chainId")).isEqualTo(20);
    }

    @Test
    void askWhenToldToComeBackWithinTheTimeLimitThenAskedAgainThen() throws ReadFailure {
        scripted.misbehave(Faults.tooManyRequests(1, "1"));
        long start = System.nanoTime();

        assertThat(node.ask(head(), Purpose.REQUEST).number()).isEqualTo(height);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(scripted.roundTrips()).isEqualTo(2);
    }

    @Test
    void askWhenToldToComeBackMuchLaterThenFailsAtOnceAndLeavesTheNodeAlone() {
        scripted.misbehave(Faults.tooManyRequests(1, "86400"));

        assertThat(failure(head()).refusal()).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(failure(head()).refusal()).isEqualTo(Refusal.RATE_LIMITED);
        assertThat(scripted.roundTrips()).isEqualTo(1);
    }

    @Test
    void askWhenTheNodeLimitsBatchesThenSplitAndRemembered() throws ReadFailure {
        scripted.misbehave(Faults.batchLimit(5));

        assertThat(node.ask(Reads.headers(0, 16), Purpose.FOLLOWER)).hasSize(16);
        scripted.resetCounts();
        assertThat(node.ask(Reads.headers(0, 16), Purpose.FOLLOWER)).hasSize(16);

        assertThat(scripted.roundTrips()).isEqualTo(4);
    }

    @Test
    void askWhenTheConnectionsAreCutThenTheNextAttemptsPass() throws ReadFailure {
        node.ask(head(), Purpose.REQUEST);
        scripted.cutConnections();
        scripted.misbehave();

        assertThat(eventually(head()).number()).isEqualTo(height);
    }

    @Test
    void meterCountsCallsAndErrorsByNodeMethodAndPurpose() throws ReadFailure {
        node.ask(head(), Purpose.FOLLOWER);
        scripted.misbehave(Lies.error("eth_getBlockByNumber", -32000, "no"));
        failure(head());

        assertThat(counts.all)
                .containsEntry("trip one FOLLOWER", 1)
                .containsEntry("one eth_chainId FOLLOWER", 1)
                .containsEntry("one eth_getBlockByNumber REQUEST", 1)
                .containsEntry("one eth_getBlockByNumber REQUEST RPC_ERROR", 1)
                .doesNotContainKey("one eth_chainId REQUEST RPC_ERROR");
    }

    @Test
    void headersWhenOneIsAnotherBlockThenNoPieceOfAChain() {
        scripted.misbehave((Misbehaviour.Lie) (method, params, honest) -> {
            var answer = honest.answer(method, params);
            return "0x5".equals(params.path(0).asString(""))
                    ? Lies.otherBlock(1).answer(method, params, (m, p) -> answer)
                    : answer;
        });

        assertThat(failure(Reads.headers(3, 5)).failure().kind()).isEqualTo(Kind.HEAD_MOVED);
        assertThat(failure(Reads.headers(height, 2)).failure().kind()).isEqualTo(Kind.HEAD_MOVED);
    }

    @Test
    void headWhenFrozenOrGoneBackThenThatHeadAndNoBlockAbove() throws ReadFailure {
        scripted.misbehave(Lies.headAt(height - 6));

        assertThat(node.ask(head(), Purpose.REQUEST).number()).isEqualTo(height - 6);
        assertThat(node.ask(Reads.headers(List.of(height, height - 6)), Purpose.REQUEST))
                .satisfiesExactly(
                        above -> assertThat(above).isEmpty(),
                        at -> assertThat(at).isPresent());
    }

    @Test
    void logsWhenHonestThenTheSameByRangeByHeadersAndByHash() throws ReadFailure {
        List<BlockHeader> headers = node.ask(Reads.headers(height - 8, 9), Purpose.FOLLOWER);
        List<Log> byRange = node.ask(Reads.logs(filter, height - 8, height), Purpose.FOLLOWER);
        List<Log> byHeaders = node.ask(Reads.logs(filter, headers), Purpose.FOLLOWER);

        assertThat(byRange).isNotEmpty().isEqualTo(byHeaders);
        for (BlockHeader header : headers) {
            assertThat(node.ask(Reads.logs(filter, header), Purpose.FOLLOWER))
                    .isEqualTo(byRange.stream()
                            .filter(log -> log.blockNumber() == header.number())
                            .toList());
            boolean logged = byRange.stream().anyMatch(log -> log.blockNumber() == header.number());
            assertThat(filter.mayMatch(header.logsBloom())).isEqualTo(logged);
        }
    }

    static Stream<Arguments> falseLogs() {
        return Stream.of(
                Arguments.of("removed", "removed", true),
                Arguments.of("of another contract", "address", "0x" + "11".repeat(20)),
                Arguments.of("of another height", "blockNumber", "0x1"),
                Arguments.of("of a future height", "blockNumber", "0xffffff"),
                Arguments.of("of another block", "blockHash", "0x" + "22".repeat(32)),
                Arguments.of("without data", "data", "nothing"),
                Arguments.of("without topics", "topics", "0x"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseLogs")
    void logsWhenOneIsFalseThenRefused(String name, String member, Object value) throws ReadFailure {
        List<BlockHeader> headers = node.ask(Reads.headers(height - 8, 9), Purpose.FOLLOWER);
        scripted.misbehave(Lies.logs(log -> log.putPOJO(member, value)));

        assertThat(failure(Reads.logs(filter, headers)).failure().kind())
                .isIn(Kind.INCONSISTENT, Kind.MALFORMED_ANSWER);
    }

    @Test
    void logsWhenATopicIsNotInTheBloomThenInconsistent() throws ReadFailure {
        List<BlockHeader> headers = node.ask(Reads.headers(height - 8, 9), Purpose.FOLLOWER);
        scripted.misbehave(Lies.logs(log -> {
            log.putArray("topics").add("0x" + "77".repeat(32));
            return log;
        }));

        assertThat(failure(Reads.logs(filter, headers)).failure().kind()).isEqualTo(Kind.INCONSISTENT);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void logsWhenRangesAreRefusedThenTheSpanShrinksUntilAnsweredAndGrowsAgain(Misbehaviour limit) throws ReadFailure {
        List<Log> honest = node.ask(Reads.logs(filter, 0, height), Purpose.FOLLOWER);
        scripted.misbehave(limit);
        LogSpan span = new LogSpan(1000);
        var caught = new ArrayList<Log>();

        for (long from = 0; from <= height; ) {
            long to = span.end(from, height);
            try {
                caught.addAll(node.ask(Reads.logs(filter, from, to), Purpose.FOLLOWER));
                span.answered();
                from = to + 1;
            } catch (ReadFailure e) {
                assertThat(span.shrinks(e)).as(e.getMessage()).isTrue();
            }
        }

        assertThat(caught).isEqualTo(honest);
        assertThat(span.blocks()).isLessThan(1000);
    }

    static Stream<Misbehaviour> limits() {
        return Stream.of(Lies.logRange(7), Lies.logResults(10));
    }

    @Test
    void stateWhenPrunedThenSaysSo() {
        scripted.misbehave(Lies.prunedState());

        assertThat(failure(code()).refusal()).isEqualTo(Refusal.PRUNED);
        scripted.misbehave(Lies.prunedHeaders());
        assertThat(failure(Reads.headers(1, 2)).failure().kind()).isEqualTo(Kind.HEAD_MOVED);
    }

    @Test
    void failuresNeverTellTheUrl() {
        scripted.close();

        assertThat(failure(head()).failure().detail())
                .doesNotContain("127.0.0.1")
                .doesNotContain("http");
        assertThat(NodeSettings.of("one", scripted.url()).toString()).doesNotContain("127.0.0.1");
    }

    private RoundTrip<Integer> code() {
        return new RoundTrip<>() {
            @Override
            public List<Question> questions() {
                return List.of(new Question("eth_getCode", List.of("0x" + "00".repeat(20), "0x1")));
            }

            @Override
            public Integer read(Replies replies) throws ReadFailure {
                return replies.data(0, "the code").length;
            }
        };
    }

    private RoundTrip<BlockHeader> head() {
        return Reads.tagged(BlockTag.LATEST, chain.chainId());
    }

    private <T> T eventually(RoundTrip<T> trip) throws ReadFailure {
        try {
            return node.ask(trip, Purpose.REQUEST);
        } catch (ReadFailure e) {
            return node.ask(trip, Purpose.REQUEST);
        }
    }

    private ReadFailure failure(RoundTrip<?> trip) {
        return failure(node, trip);
    }

    private static ReadFailure failure(Node asked, RoundTrip<?> trip) {
        return catchThrowableOfType(ReadFailure.class, () -> asked.ask(trip, Purpose.REQUEST));
    }

    private Node open(NodeSettings settings) {
        return Node.open(settings, counts, InstantSource.system());
    }

    /** What was counted, by what it was counted under. */
    private static final class Counts implements RpcMeter {
        private final Map<String, Integer> all = new ConcurrentHashMap<>();

        @Override
        public void roundTrip(String node, Purpose purpose) {
            all.merge("trip " + node + " " + purpose, 1, Integer::sum);
        }

        @Override
        public void called(String node, String method, Purpose purpose) {
            all.merge(node + " " + method + " " + purpose, 1, Integer::sum);
        }

        @Override
        public void failed(String node, String method, Purpose purpose, ChainFailure.Kind kind) {
            all.merge(node + " " + method + " " + purpose + " " + kind, 1, Integer::sum);
        }
    }
}
