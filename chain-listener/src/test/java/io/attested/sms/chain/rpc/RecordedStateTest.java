package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import java.nio.file.Files;
import java.nio.file.Path;
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
            try (JsonRpcChain chain = JsonRpcChain.open(settings)) {
                for (JsonNode deal : scenario.get("deals")) {
                    check(chain, deal);
                }
            }
        }
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
