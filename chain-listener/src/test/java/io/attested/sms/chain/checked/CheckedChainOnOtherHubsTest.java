package io.attested.sms.chain.checked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.rpc.JsonRpcChain;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.RpcMeter;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hubs and nodes of other kinds, one node, what it says proven. */
class CheckedChainOnOtherHubsTest {
    private static final String PROPERTY = "sms.testbed";

    @Test
    void aSponsoredTaskOfANativeHubIsProven() {
        try (LocalChain chain = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deployNative(chain);
            Scenario scenario = Scenario.on(chain, poco);
            String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
            String task = scenario.initialize(
                    scenario.sponsor(scenario.terms(scenario.createApp("x")).withDataset(dataset), Wallet.STRANGER), 0);

            assertProvenAsCallByCall(chain, poco.hub(), List.of(task));
        }
    }

    @Test
    void aHubOlderThanPoco6IsServedByItsNodesWordAndRefusedWhereProofsAreAskedFor() {
        try (LocalChain chain = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deployWithout(
                    chain,
                    "viewApp(address)",
                    "viewDataset(address)",
                    "assertDatasetDealCompatibility((address,uint256,uint256,bytes32,address,address,address,bytes32,"
                            + "bytes),bytes32)");
            Scenario scenario = Scenario.on(chain, poco);
            Bytes32 task = Bytes32.parse(
                    scenario.initialize(scenario.match(scenario.terms(scenario.createApp("fingerprint"))), 0));
            CheckedChainSettings word = settings(chain, poco.hub(), TrustLevel.SINGLE_NODE);

            try (CheckedChain checked = open(word)) {
                assertThat(CheckedScene.found(checked.task(task))
                                .app()
                                .mrenclave()
                                .text())
                        .contains("fingerprint");
            }
            assertThatExceptionOfType(ChainRefused.class)
                    .isThrownBy(() -> open(word.withLevel(TrustLevel.PROOF)).close())
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(ChainRefused.Reason.UNKNOWN_HUB))
                    .withMessageContaining("older than PoCo 6");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "poco-6.2"})
    void tasksOfTheRecordingAreProvenAsCallByCall(String folder) {
        Path recording = recording().resolve(folder);
        JsonNode scenario = new JsonMapper().readTree(recording.resolve("scenario.json"));
        try (LocalChain chain =
                LocalChain.anvil(AnvilOptions.standard().withState(recording.resolve("anvil-state.json.gz")))) {
            chain.mine(1);
            List<String> tasks = scenario.get("deals")
                    .valueStream()
                    .flatMap(deal ->
                            deal.get("dealOnChain").get("tasks").valueStream().limit(2))
                    .map(JsonNode::asString)
                    .toList();

            assertThat(tasks).isNotEmpty();
            assertProvenAsCallByCall(chain, scenario.get("hub").asString(), tasks);
        }
    }

    private static void assertProvenAsCallByCall(LocalChain chain, String hub, List<String> tasks) {
        ChainSettings honest = ChainSettings.of(chain.url(), chain.chainId(), Address.parse(hub));
        try (CheckedChain proven = open(settings(chain, hub, TrustLevel.PROOF));
                JsonRpcChain callByCall = JsonRpcChain.open(honest)) {
            for (String task : tasks) {
                TaskFacts facts = CheckedScene.found(proven.task(Bytes32.parse(task)));

                assertThat(facts.provenance().level()).isEqualTo(TrustLevel.PROOF);
                assertThat(facts)
                        .usingRecursiveComparison()
                        .ignoringFields("provenance.level")
                        .isEqualTo(CheckedScene.found(callByCall.task(Bytes32.parse(task))));
            }
        }
    }

    private static CheckedChain open(CheckedChainSettings settings) {
        return CheckedChain.open(settings, RpcMeter.NONE, QuorumEvents.NONE, InstantSource.system());
    }

    private static CheckedChainSettings settings(LocalChain chain, String hub, TrustLevel level) {
        return new CheckedChainSettings(
                NodeSettings.named(List.of(chain.url())),
                QuorumSettings.of(1),
                level,
                new SettlementRule.Depth(0),
                chain.chainId(),
                Address.parse(hub),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Path recording() {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                "skipped: no recorded chain state; name its folder with -D" + PROPERTY + "=FOLDER");
        return Path.of(folder);
    }
}
