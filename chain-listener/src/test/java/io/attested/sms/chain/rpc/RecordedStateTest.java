package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.follow.FollowSettings;
import io.attested.sms.chain.live.LiveChain;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.live.LivePorts;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chain's state after a run of the real SDKs, restored; the folder is named by the system property
 * {@code sms.testbed} ({@code mvn -Dsms.testbed=FOLDER}), and without it these tests are skipped and say so.
 */
class RecordedStateTest {
    private static final String PROPERTY = "sms.testbed";

    @ParameterizedTest
    @ValueSource(strings = {".", "poco-6.2"})
    void tasksOfTheRecordingAreReadAsTheRecordingSays(String folder) {
        Path recording = recording().resolve(folder);
        Path state = file(recording, "anvil-state.json.gz");
        JsonNode scenario = new JsonMapper().readTree(file(recording, "scenario.json"));
        try (LocalChain node = LocalChain.anvil(AnvilOptions.standard().withState(state))) {
            node.mine(1);
            ChainSettings settings = ChainSettings.of(
                    node.url(), 65535, Address.parse(scenario.get("hub").asString()));
            try (JsonRpcChain callByCall = JsonRpcChain.open(settings);
                    LiveChain proven = LiveChain.open(proven(settings), LivePorts.silent(), InstantSource.system())) {
                for (JsonNode deal : scenario.get("deals")) {
                    check(callByCall, deal);
                    check(proven, deal);
                    assertThat(found(
                                    proven, deal.get("dealOnChain").get("tasks").get(0)))
                            .usingRecursiveComparison()
                            .ignoringFields("provenance.level")
                            .isEqualTo(found(
                                    callByCall,
                                    deal.get("dealOnChain").get("tasks").get(0)));
                }
            }
        }
    }

    /** One node, every value proven, at the head. */
    private static LiveChainSettings proven(ChainSettings settings) {
        SettlementRule head = new SettlementRule.Depth(0);
        CheckedChainSettings checked = new CheckedChainSettings(
                List.of(NodeSettings.of("node", settings.node())),
                QuorumSettings.of(1),
                TrustLevel.PROOF,
                head,
                settings.chainId(),
                settings.hub(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FollowSettings follow = new FollowSettings(
                head, 100, 0, Optional.empty(), Optional.empty(), Duration.ofDays(1), Duration.ofMinutes(1), 100, 100);
        return new LiveChainSettings(checked, follow, Duration.ofMillis(200), List.of());
    }

    private static void check(ChainView chain, JsonNode deal) {
        JsonNode tasks = deal.get("dealOnChain").get("tasks");
        TaskFacts first = found(chain, tasks.get(0));
        assertThat(first.task().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(first.deal().id()).hasToString(deal.get("dealId").asString());
        assertThat(first.deal().tag()).hasToString(deal.get("tag").asString());
        assertThat(first.app().address())
                .isEqualTo(Address.parse(deal.get("app").asString()));
        assertThat(first.app().mrenclave().isEmpty()).isEqualTo(!deal.hasNonNull("mrenclave"));
        assertThat(first.dataset().map(Dataset::address).orElse(Address.ZERO))
                .isEqualTo(Address.parse(deal.get("dataset").asString()));
        assertThat(first.deal().params())
                .isEqualTo(deal.get("orders").get("requestorder").get("params").asString());
        if (tasks.size() > 1) {
            assertThat(found(chain, tasks.get(1)).task().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(chain.task(id(tasks.get(2)))).isInstanceOf(TaskLookup.Unknown.class);
        }
    }

    private static TaskFacts found(ChainView chain, JsonNode task) {
        TaskLookup lookup = chain.task(id(task));
        assertThat(lookup).isInstanceOf(TaskLookup.Found.class);
        return ((TaskLookup.Found) lookup).facts();
    }

    private static Bytes32 id(JsonNode task) {
        return Bytes32.parse(task.asString());
    }

    private static Path recording() {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                "skipped: no recorded chain state; name its folder with -D" + PROPERTY + "=FOLDER");
        return Path.of(folder);
    }

    private static Path file(Path recording, String name) {
        Path file = recording.resolve(name);
        assumeTrue(Files.exists(file), "skipped: the recording has no " + name + " in " + recording.getFileName());
        return file;
    }
}
