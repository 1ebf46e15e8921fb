package io.attested.sms.chain.lens;

import static io.attested.sms.chain.lens.SameFacts.assertThatLensAgrees;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.lens.HubAtBlock.Generation;
import io.attested.sms.chain.lens.HubAtBlock.Money;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lenses on hubs and nodes of other kinds. */
class LensOnOtherHubsTest {
    private static final String PROPERTY = "sms.testbed";

    @Test
    void everythingWhenHubIsNativeThenServedAndSaid() throws Exception {
        try (LocalChain chain = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deployNative(chain);
            play(chain, poco, new LensNode(chain.url()), Money.NATIVE);
        }
    }

    @Test
    void everythingWhenHubLacksTheViewsOfPoco6ThenReadByTheAssetsOwnGetters() throws Exception {
        byte[] checksum = HexFormat.of().parseHex("17".repeat(32));
        try (LocalChain chain = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deployWithout(
                    chain,
                    "viewTaskABILegacy(bytes32)",
                    "viewApp(address)",
                    "viewDataset(address)",
                    "viewDealBoost(bytes32)",
                    "assertDatasetDealCompatibility((address,uint256,uint256,bytes32,address,address,address,bytes32,"
                            + "bytes),bytes32)");
            Scenario scenario = Scenario.on(chain, poco);
            LensNode node = new LensNode(chain.url());
            LensQuestions questions = new LensQuestions(poco.chainId(), Address.parse(poco.hub()), Optional.empty());
            String dataset = scenario.createDataset("http://127.0.0.1/data", checksum);
            String app = scenario.createApp("fingerprint");
            MatchedDeal deal =
                    scenario.match(scenario.terms(app).withDataset(dataset).withTasks(2));
            Bytes32 task = Bytes32.parse(scenario.initialize(deal, 1));
            BlockRef head = node.head();

            assertThat(node.ask(questions.task(task), head)).isInstanceOfSatisfying(TaskAtBlock.Known.class, known -> {
                assertThat(known.task().index()).isEqualTo(1);
                assertThat(known.task().status()).isEqualTo(TaskStatus.ACTIVE);
                assertThat(known.task().finalDeadline()).isAfter(known.task().contributionDeadline());
                App read = known.facts().app();
                assertThat(read.owner()).hasToString(Wallet.APP_DEVELOPER.address());
                assertThat(read.type()).isEqualTo("DOCKER");
                assertThat(read.multiaddr()).isEqualTo("registry.test/app:1");
                assertThat(read.checksum()).hasToString("0x" + "5a".repeat(32));
                assertThat(read.mrenclave().text()).contains("fingerprint");
                assertThat(known.facts().dataset())
                        .contains(new Dataset(
                                Address.parse(dataset),
                                Address.parse(Wallet.DATASET_OWNER.address()),
                                "http://127.0.0.1/data",
                                Bytes32.of(checksum)));
            });
            MatchedDeal boosted = scenario.boost(scenario.terms(app));
            assertThat(node.ask(questions.deal(Bytes32.parse(boosted.dealId())), node.head()))
                    .isInstanceOf(DealAtBlock.Unknown.class);
            assertThat(node.ask(questions.hub(), head)).isInstanceOfSatisfying(HubAtBlock.Poco.class, hub -> {
                assertThat(hub.generation()).isEqualTo(Generation.BEFORE_6);
                assertThat(hub.boosts()).isFalse();
            });
        }
    }

    private static void play(LocalChain chain, Poco poco, LensNode node, Money money) throws FactsRefused {
        Scenario scenario = Scenario.on(chain, poco);
        Address hub = Address.parse(poco.hub());
        LensQuestions questions = new LensQuestions(poco.chainId(), hub, Optional.empty());
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
        MatchedDeal deal =
                scenario.sponsor(scenario.terms(scenario.createApp("x")).withDataset(dataset), Wallet.STRANGER);
        Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
        chain.mine(2);
        ChainSettings settings =
                ChainSettings.of(chain.url(), poco.chainId(), hub).withDepth(2);
        try (JsonRpcChain callByCall = JsonRpcChain.open(settings)) {
            TaskAtBlock.Known known = assertThatLensAgrees(callByCall, node, questions, task);
            assertThat(known.facts().sponsor()).contains(Address.parse(Wallet.STRANGER.address()));
        }
        BlockRef head = node.head();
        assertThat(node.ask(questions.hub(), head))
                .isInstanceOfSatisfying(
                        HubAtBlock.Poco.class,
                        found -> assertThat(found.money()).isEqualTo(money));
        MatchedDeal boosted = scenario.boost(scenario.terms(scenario.createApp("y")));
        assertThat(node.ask(questions.deal(Bytes32.parse(boosted.dealId())), node.head()))
                .isInstanceOf(DealAtBlock.Boosted.class);
    }

    @ParameterizedTest
    @CsvSource({"., true", "poco-6.2, false"})
    void tasksOfTheRecordingAreReadAsCallByCall(String folder, boolean boosts) throws Exception {
        Path recording = recording().resolve(folder);
        JsonNode scenario = new JsonMapper().readTree(recording.resolve("scenario.json"));
        try (LocalChain chain =
                LocalChain.anvil(AnvilOptions.standard().withState(recording.resolve("anvil-state.json.gz")))) {
            chain.mine(1);
            Address hub = Address.parse(scenario.get("hub").asString());
            LensQuestions questions = new LensQuestions(65535, hub, Optional.empty());
            LensNode node = new LensNode(chain.url());
            try (JsonRpcChain callByCall = JsonRpcChain.open(ChainSettings.of(chain.url(), 65535, hub))) {
                for (JsonNode deal : scenario.get("deals")) {
                    JsonNode tasks = deal.get("dealOnChain").get("tasks");
                    for (int i = 0; i < Math.min(2, tasks.size()); i++) {
                        assertThatLensAgrees(
                                callByCall,
                                node,
                                questions,
                                Bytes32.parse(tasks.get(i).asString()));
                    }
                }
            }
            assertThat(node.ask(questions.hub(), node.head())).isInstanceOfSatisfying(HubAtBlock.Poco.class, found -> {
                assertThat(found.generation()).isEqualTo(Generation.V6_1_OR_6_2);
                assertThat(found.boosts()).isEqualTo(boosts);
            });
        }
    }

    private static Path recording() {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                "skipped: no recorded chain state; name its folder with -D" + PROPERTY + "=FOLDER");
        return Path.of(folder);
    }
}
