package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service on three nodes of which some lie, fail or stand still: what it serves, and what its operator sees. */
class SeveralNodesTest {
    private static final List<String> NAMES = List.of("alpha", "beta", "gamma");
    private static final Address OWNER = Address.parse(Wallet.DATASET_OWNER.address());

    @TempDir
    private Path folder;

    private LocalChain chain;
    private Scenario story;
    private List<ScriptedNode> nodes;
    private volatile Duration ahead = Duration.ZERO;

    @BeforeEach
    void deploy() {
        chain = LocalChain.anvil();
        Poco poco = PocoDeployment.deploy(chain);
        story = Scenario.on(chain, poco);
        nodes = NAMES.stream().map(name -> ScriptedNode.before(chain.url())).toList();
    }

    @AfterEach
    void stop() {
        nodes.forEach(ScriptedNode::close);
        chain.close();
    }

    private RunningServer server(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            all.put("sms.chain.nodes[" + i + "].name", NAMES.get(i));
            all.put("sms.chain.nodes[" + i + "].url", nodes.get(i).url().toString());
            all.put("sms.chain.nodes[" + i + "].heads", nodes.get(i).socketUrl().toString());
        }
        all.putAll(settings);
        return RunningServer.start(
                folder,
                nodes.getFirst().url(),
                story.poco().hub(),
                all,
                context -> ((GenericApplicationContext) context)
                        .registerBean(
                                "shiftedClock",
                                InstantSource.class,
                                () -> () -> Instant.now().plus(ahead),
                                definition -> definition.setPrimary(true)));
    }

    private static HttpResponse<String> push(RunningServer server, Wallet signer, String dataset) {
        return server.send(Pushes.datasetPush(server.scone(), signer, dataset, "key"));
    }

    private static JsonNode health(RunningServer server) {
        return JsonMapper.shared()
                .readTree(server.get(server.nativeApi().resolve("/v1/health")).body());
    }

    private static JsonNode node(RunningServer server, String name) {
        return StreamSupport.stream(health(server).path("chain").path("nodes").spliterator(), false)
                .filter(node -> node.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorum", "proof"})
    void oneLyingNodeOfThreeIsOutvotedNamedAndBenched(String trust) throws Exception {
        try (RunningServer server = server(Map.of("sms.chain.trust", trust));
                LoggedLines log = LoggedLines.capture()) {
            nodes.get(1).misbehave(Lies.owner(OWNER, Address.parse(Wallet.STRANGER.address())));
            String dataset = story.createDataset("/ipfs/QmTest", new byte[32]);

            assertThat(push(server, Wallet.STRANGER, dataset).statusCode()).isEqualTo(401);
            assertThat(push(server, Wallet.DATASET_OWNER, dataset).statusCode()).isEqualTo(204);

            eventually(() -> node(server, "beta").path("standing").asString().equals("benched"));
            assertThat(node(server, "beta").path("disagreements").asInt()).isPositive();
            assertThat(node(server, "alpha").path("standing").asString()).isEqualTo("good");
            JsonNode health = health(server);
            assertThat(health.path("status").asString()).isEqualTo("up");
            assertThat(health.path("chainTrust").asString()).isEqualTo(trust);
            assertThat(health.path("chain").path("trust").asString()).isEqualTo(trust);
            assertThat(health.path("chain").path("agreement").asInt()).isEqualTo(2);
            assertThat(Prometheus.counter(server, "sms_chain_disagreements_total{node=\"beta\"}"))
                    .isPositive();
            assertThat(Prometheus.counter(server, "sms_chain_node_benched{node=\"beta\"}"))
                    .isEqualTo(1);
            assertThat(Prometheus.counter(server, "sms_chain_node_benched{node=\"alpha\"}"))
                    .isZero();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("chain_node_disagreed node=beta"))
                    .noneMatch(line -> line.contains("127.0.0.1"));
        }
    }

    @Test
    void twoNodesThatLieDifferentlyLeaveNoDecision() throws Exception {
        try (RunningServer server = server(Map.of())) {
            String dataset = story.createDataset("/ipfs/QmTest", new byte[32]);
            nodes.get(1).misbehave(Lies.owner(OWNER, Address.parse(Wallet.STRANGER.address())));
            nodes.get(2).misbehave(Lies.owner(OWNER, Address.parse(Wallet.REQUESTER.address())));

            for (Wallet signer : List.of(Wallet.STRANGER, Wallet.REQUESTER, Wallet.DATASET_OWNER)) {
                assertThat(push(server, signer, dataset).statusCode()).isEqualTo(503);
            }
            assertThat(server.send(Pushes.head(Pushes.dataset(server.scone(), dataset)))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Prometheus.counter(server, "sms_chain_splits_total")).isPositive();

            nodes.forEach(ScriptedNode::behave);
            eventually(() -> push(server, Wallet.DATASET_OWNER, dataset).statusCode() == 204);
        }
    }

    @Test
    void tooFewNodesStopDecisionsUntilTheyAreBack() throws Exception {
        try (RunningServer server = server(Map.of("sms.chain.max-silence", "1s"));
                LoggedLines log = LoggedLines.capture()) {
            String dataset = story.createDataset("/ipfs/QmTest", new byte[32]);
            nodes.get(0).misbehave(Faults.html());
            nodes.get(1).misbehave(Faults.drop());
            server.awaitStopped();
            eventually(() -> log.lines().stream().anyMatch(line -> line.contains("chain_stopped reason=silent")));

            JsonNode health = health(server);
            assertThat(health.path("status").asString()).isEqualTo("degraded");
            assertThat(health.path("chain").path("status").asString()).isEqualTo("stopped");
            assertThat(health.path("chain").path("reason").asString()).isEqualTo("silent");
            assertThat(Prometheus.counter(server, "sms_chain_stopped{reason=\"silent\"}"))
                    .isEqualTo(1);
            assertThat(push(server, Wallet.DATASET_OWNER, dataset).statusCode()).isEqualTo(503);

            nodes.forEach(ScriptedNode::behave);
            eventually(() -> push(server, Wallet.DATASET_OWNER, dataset).statusCode() == 204);
            eventually(() -> health(server).path("status").asString().equals("up"));
            eventually(() -> Prometheus.counter(server, "sms_chain_stopped{reason=\"silent\"}") == 0);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("chain_fault kind="))
                    .anyMatch(line -> line.contains("chain_following settled="));
        }
    }

    @Test
    void feedThatStandsStillWithoutAnyErrorIsFound() throws Exception {
        try (RunningServer server = server(Map.of("sms.chain.max-head-age", "5m"))) {
            chain.mine(1);
            server.awaitHead(chain);
            ahead = Duration.ofHours(1);
            // Until it has asked again at the new time, it has not asked for an hour.
            eventually(() -> "stale-head"
                    .equals(health(server).path("chain").path("reason").asString("")));
            String task = "0x" + "12".repeat(32);
            HttpRequest.Builder challenge = Asking.challenge(server.scone(), task);
            assertThat(server.send(challenge).statusCode()).isEqualTo(503);

            chain.increaseTime(ahead.toSeconds());
            server.awaitHead(chain);
            eventually(() -> health(server).path("status").asString().equals("up"));
        }
    }

    @Test
    void reorganisationIsToldAndOneOfASettledBlockStopsDecisions() throws Exception {
        try (RunningServer server = server(Map.of("sms.chain.depth", "3"));
                LoggedLines log = LoggedLines.capture()) {
            chain.mine(5);
            server.awaitHead(chain);
            chain.reorganise(2);
            eventually(() -> log.lines().stream().anyMatch(line -> line.contains("chain_reorg depth=")));
            chain.mine(1);
            server.awaitHead(chain);
            assertThat(Prometheus.sum(server, "sms_chain_reorgs_total", "depth="))
                    .isPositive();
            assertThat(log.lines()).noneMatch(line -> line.contains("chain_reorg_below_settled"));

            chain.reorganise(6);
            server.awaitStopped();
            // While the nodes hold only a part of the new branch, the head is below the settled block instead.
            eventually(() -> "reorg-below-settled"
                    .equals(health(server).path("chain").path("reason").asString("")));
            eventually(() -> log.lines().stream().anyMatch(line -> line.contains("chain_reorg_below_settled")));
            chain.mine(4);
            server.awaitHead(chain);
            assertThat(health(server).path("status").asString()).isEqualTo("up");
        }
    }

    @Test
    void aServiceThatStartsAgainGoesOnFromItsCheckpoint() {
        String dataset;
        try (RunningServer server = server(Map.of())) {
            dataset = story.createDataset("/ipfs/QmTest", new byte[32]);
            server.awaitHead(chain);
        }
        story.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);
        chain.mine(2);
        try (RunningServer server = server(Map.of())) {
            server.awaitHead(chain);
            assertThat(Prometheus.counter(server, "sms_chain_ownership_changes_total"))
                    .isEqualTo(1);
        }
    }
}
