package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.checked.CheckedScene;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.DatasetOffer;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders of bulk deals on the recorded hub of PoCo 6.2, as decisions read them. */
class DatasetOrdersOnPoco62Test {
    private static final int DEPTH = 2;

    @Test
    void ordersAreJudgedAtTheBlocksOfTheTaskAndNotAtOthers() throws Exception {
        Path recording = recording().resolve("poco-6.2");
        JsonNode recorded = new JsonMapper().readTree(recording.resolve("scenario.json"));
        try (LocalChain node =
                LocalChain.anvil(AnvilOptions.standard().withState(recording.resolve("anvil-state.json.gz")))) {
            Poco poco = poco(recorded);
            Scenario story = Scenario.on(node, poco);
            String app = story.createApp(CheckedScene.FINGERPRINT);
            MatchedDeal deal = story.match(story.terms(app));
            Bytes32 task = Bytes32.parse(story.initialize(deal, 0));
            String dataset = story.createDataset("http://127.0.0.1/data", CheckedScene.CHECKSUM);
            // A framework's bits in the order's tag are ignored by 6.2; the deal's tag is SCONE.
            DatasetOffer fits =
                    story.sign(story.offer(dataset).withTag("0x" + "0".repeat(63) + "9"), Wallet.DATASET_OWNER);
            DatasetOffer forged = story.sign(story.offer(dataset), Wallet.STRANGER);
            node.mine(DEPTH);

            try (LiveChain chain = open(node, poco)) {
                CheckedScene.eventually(() -> CheckedScene.found(chain.task(task)));
                TaskFacts facts = CheckedScene.found(chain.task(task));
                Bytes32 dealId = Bytes32.parse(deal.dealId());
                DatasetOrdersLookup.Judged judged = (DatasetOrdersLookup.Judged)
                        chain.datasetOrders(dealId, List.of(order(fits), order(forged)), facts.provenance());

                assertThat(judged.provenance().settled()).isEqualTo(facts.settled());
                assertThat(judged.provenance().head()).isEqualTo(facts.head());
                assertThat(judged.orders())
                        .extracting(DatasetOrderFacts::acceptedAtHead)
                        .containsExactly(true, false);
                assertThat(judged.orders())
                        .extracting(DatasetOrderFacts::acceptedAtSettled)
                        .containsExactly(true, false);
                assertThat(judged.orders().getFirst().dataset()).isPresent();

                BlockRef gone = new BlockRef(
                        facts.head().number(),
                        Bytes32.parse("0x" + "12".repeat(32)),
                        facts.head().time());
                Provenance elsewhere = Provenance.ofOneNode(facts.provenance().rule(), facts.settled(), gone);
                assertThat(chain.datasetOrders(dealId, List.of(order(fits)), elsewhere))
                        .isInstanceOfSatisfying(
                                DatasetOrdersLookup.Unavailable.class,
                                unavailable ->
                                        assertThat(unavailable.failure().kind()).isEqualTo(Kind.HEAD_MOVED));
            }
        }
    }

    private static DatasetOrder order(DatasetOffer offer) {
        return new DatasetOrder(
                Address.parse(offer.dataset()),
                BigInteger.ZERO,
                offer.volume(),
                Bytes32.parse(offer.tag()),
                Address.ZERO,
                Address.ZERO,
                Address.ZERO,
                Bytes32.parse(offer.salt()),
                RegisteredBytes.of(HexFormat.of()
                        .parseHex(offer.signature(), 2, offer.signature().length())));
    }

    private static LiveChain open(LocalChain node, Poco poco) {
        SettlementRule rule = new SettlementRule.Depth(DEPTH);
        CheckedChainSettings settings = new CheckedChainSettings(
                List.of(NodeSettings.of("node-1", node.url())),
                new QuorumSettings(1, Duration.ofSeconds(6), Duration.ofMillis(300), Duration.ofSeconds(30)),
                TrustLevel.SINGLE_NODE,
                rule,
                poco.chainId(),
                Address.parse(poco.hub()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FollowSettings follow = new FollowSettings(
                rule,
                200,
                16,
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(36_500),
                Duration.ofHours(2),
                500,
                1000);
        return LiveChain.open(
                new LiveChainSettings(settings, follow, Duration.ofMillis(100), List.of()),
                LivePorts.silent(),
                InstantSource.system());
    }

    private static Poco poco(JsonNode recorded) {
        JsonNode contracts = recorded.get("contracts");
        return new Poco(
                recorded.get("chainId").asLong(),
                recorded.get("hub").asString(),
                contracts.get("RLC").asString(),
                contracts.get("AppRegistry").asString(),
                contracts.get("DatasetRegistry").asString(),
                contracts.get("WorkerpoolRegistry").asString(),
                5,
                5);
    }

    private static Path recording() {
        String folder = System.getProperty("sms.testbed", "");
        assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                "skipped: no recorded chain state; name its folder with -Dsms.testbed=FOLDER");
        return Path.of(folder);
    }
}
