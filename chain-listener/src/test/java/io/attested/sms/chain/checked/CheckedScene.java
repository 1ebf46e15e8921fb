package io.attested.sms.chain.checked;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.chain.testbed.Misbehaviour;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** PoCo on one real chain, three nodes before it that can be told to lie, and a clock. */
public final class CheckedScene implements AutoCloseable {
    public static final int DEPTH = 3;
    public static final Duration BENCH = Duration.ofSeconds(30);
    /** How long nothing must have come after all nodes were asked equally often, and when some were left out. */
    private static final Duration LEVEL = Duration.ofMillis(150);

    private static final Duration UNEVEN = Duration.ofMillis(500);

    public static final byte[] CHECKSUM = HexFormat.of().parseHex("17".repeat(32));
    public static final byte[] IPFS = HexFormat.of().parseHex("a503221220" + "42".repeat(32));
    public static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);
    public static final String PARAMS = "{\"iexec_args\":\"é\"}";

    public final LocalChain chain = LocalChain.anvil();
    public final Poco poco = PocoDeployment.deploy(chain);
    public final Scenario scenario = Scenario.on(chain, poco);
    public final List<ScriptedNode> nodes = new ArrayList<>();
    public Duration later = Duration.ZERO;
    private List<Long> whenQuiet = List.of(0L, 0L, 0L);

    public CheckedScene() {
        for (int i = 0; i < 3; i++) {
            nodes.add(ScriptedNode.before(chain.url()));
        }
    }

    /** Two of three nodes at depth {@value #DEPTH}, any age. */
    public CheckedChainSettings settings() {
        return settings(3, 2, TrustLevel.QUORUM);
    }

    public CheckedChainSettings settings(int of, int needed, TrustLevel level) {
        List<NodeSettings> named = IntStream.range(0, of)
                .mapToObj(i -> NodeSettings.of("node-" + (i + 1), nodes.get(i).url()))
                .toList();
        return new CheckedChainSettings(
                named,
                new QuorumSettings(needed, Duration.ofSeconds(6), Duration.ofMillis(300), BENCH),
                level,
                new SettlementRule.Depth(DEPTH),
                poco.chainId(),
                hub(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public CheckedChain open(CheckedChainSettings settings) {
        return CheckedChain.open(settings, RpcMeter.NONE, QuorumEvents.NONE, clock());
    }

    public InstantSource clock() {
        return () -> Instant.now().plus(later);
    }

    /** The adapter over one honest node, call by call. */
    public JsonRpcChain callByCall() {
        return JsonRpcChain.open(
                ChainSettings.of(chain.url(), poco.chainId(), hub()).withDepth(DEPTH));
    }

    public Address hub() {
        return Address.parse(poco.hub());
    }

    /** The second task of a deal with a dataset, just initialised. */
    public Bytes32 task() {
        String app = scenario.createApp(
                Wallet.APP_DEVELOPER, "registry.test/app:1", CHECKSUM, FINGERPRINT.getBytes(StandardCharsets.US_ASCII));
        String dataset = scenario.createDataset(Wallet.DATASET_OWNER, IPFS, CHECKSUM);
        return Bytes32.parse(scenario.initialize(
                scenario.match(scenario.terms(app)
                        .withDataset(dataset)
                        .withParams(PARAMS)
                        .withTasks(2)),
                1));
    }

    /** As {@link #task}, settled. */
    public Bytes32 settledTask() {
        Bytes32 task = task();
        chain.mine(DEPTH);
        return task;
    }

    /** What a follower would know now. */
    public static Positions known(CheckedChain chain, CheckedChainSettings settings) {
        AskedPositions asked = new AskedPositions(chain.quorum(), settings.chainId(), settings.rule());
        Position now = asked.now(Purpose.FOLLOWER);
        Position head = asked.head(Purpose.FOLLOWER);
        assertThat(now).isInstanceOf(Position.Known.class);
        return new Positions() {
            @Override
            public Position now(Purpose purpose) {
                return now;
            }

            @Override
            public Position head(Purpose purpose) {
                return head;
            }
        };
    }

    /** Overwrites a word of storage and mines a block on it. */
    public void write(String account, Bytes32 slot, Bytes32 word) {
        String set =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"anvil_setStorageAt\",\"params\":[\"%s\",\"%s\",\"%s\"]}"
                        .formatted(account, slot, word);
        HttpRequest request = HttpRequest.newBuilder(chain.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(set))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("true");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        chain.mine(1);
    }

    /** Tries again until the assertion holds; gives up after a minute, however slow the machine. */
    public static void eventually(Runnable assertion) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause(5);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public void allMisbehave(Misbehaviour... misbehaviours) {
        quiet();
        nodes.forEach(node -> node.misbehave(misbehaviours));
    }

    public void allBehave() {
        nodes.forEach(ScriptedNode::behave);
        later = later.plus(BENCH.multipliedBy(40));
    }

    /** Each of the first nodes got so many HTTP requests since the counts were last reset, and no more. */
    public void assertRoundTrips(int nodesAsked, long expected) {
        eventually(() -> assertThat(nodes.stream().limit(nodesAsked).map(ScriptedNode::roundTrips))
                .containsOnly(expected));
    }

    public void resetCounts() {
        quiet(UNEVEN);
        nodes.forEach(ScriptedNode::resetCounts);
        whenQuiet = roundTrips();
    }

    /** Waits until no request is under way: a quorum does not wait for the slowest, whose answer is judged all the same. */
    public void quiet() {
        quiet(LEVEL);
    }

    private void quiet(Duration whenLevel) {
        long changed = System.nanoTime();
        List<Long> before = roundTrips();
        while (!served() || System.nanoTime() - changed < (level() ? whenLevel : UNEVEN).toNanos()) {
            pause(5);
            List<Long> now = roundTrips();
            if (!now.equals(before)) {
                changed = System.nanoTime();
                before = now;
            }
        }
        whenQuiet = roundTrips();
    }

    private boolean served() {
        return nodes.stream().noneMatch(ScriptedNode::answering);
    }

    /** Whether each node got as many requests as any other since it was quiet: then hardly any is on its way to one of them. */
    private boolean level() {
        List<Long> now = roundTrips();
        return IntStream.range(0, now.size())
                        .mapToObj(node -> now.get(node) - whenQuiet.get(node))
                        .distinct()
                        .count()
                == 1;
    }

    private List<Long> roundTrips() {
        return nodes.stream().map(ScriptedNode::roundTrips).toList();
    }

    public static TaskFacts found(TaskLookup lookup) {
        assertThat(lookup).isInstanceOf(TaskLookup.Found.class);
        return ((TaskLookup.Found) lookup).facts();
    }

    public static Kind failure(TaskLookup lookup) {
        assertThat(lookup).isInstanceOf(TaskLookup.Unavailable.class);
        ChainFailure failure = ((TaskLookup.Unavailable) lookup).failure();
        assertThat(failure.detail()).isNotBlank().doesNotContain("http://");
        return failure.kind();
    }

    public static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }

    public static String digits(Address address) {
        return address.value().substring(2);
    }

    public static String digits(Bytes32 word) {
        return word.value().substring(2);
    }

    public static String digits(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String word(Address address) {
        return "0".repeat(24) + digits(address);
    }

    public static String word(long number) {
        return "%064x".formatted(number);
    }

    @Override
    public void close() {
        nodes.forEach(ScriptedNode::close);
        chain.stop();
    }
}
