package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The layout on the chains that the real SDKs left behind, PoCo 6.1 and 6.2; the folder is named by the system property
 * {@code sms.testbed} ({@code mvn -Dsms.testbed=FOLDER}), and without it these tests are skipped and say so.
 */
class RecordedProofTest {
    private static final String PROPERTY = "sms.testbed";
    private static final String VIEW = "viewDeal(bytes32)";

    @ParameterizedTest
    @ValueSource(strings = {".", "poco-6.2"})
    void everyTaskOfTheRecordingIsProven(String folder) {
        Path recording = recording().resolve(folder);
        JsonNode scenario = new JsonMapper().readTree(recording.resolve("scenario.json"));
        Address hub = Address.parse(scenario.get("hub").asString());
        try (LocalChain chain =
                LocalChain.anvil(AnvilOptions.standard().withState(recording.resolve("anvil-state.json.gz")))) {
            chain.mine(1);
            try (ProofNode node = new ProofNode(chain.url(), hub)) {
                for (JsonNode deal : scenario.get("deals")) {
                    JsonNode tasks = deal.get("dealOnChain").get("tasks");
                    for (int index = 0; index < tasks.size(); index++) {
                        check(node, tasks.get(index).asString(), index);
                    }
                }
                Address facet = node.address(
                        hub,
                        "facetAddress(bytes4)",
                        Hash.sha3String(VIEW).substring(2, 10) + "0".repeat(56),
                        node.head());
                assertProven(node, node.head(), Fact.FacetFact.of(VIEW, facet));
            }
        }
    }

    /** The recordings initialised the first two tasks of a deal only. */
    private static void check(ProofNode node, String task, int index) {
        Fact none = new Fact.NoTaskFact(Bytes32.parse(task));
        if (index == 2) {
            assertProven(node, node.head(), none);
            return;
        }
        ProofNode.Read read = node.read(task);
        assertProven(node, read.block(), read.rights());
        assertThat(node.prove(read.block(), none)).isInstanceOf(ProofVerdict.Contradicted.class);
    }

    private static void assertProven(ProofNode node, BlockRef block, Fact fact) {
        assertThat(node.prove(block, fact)).isInstanceOf(ProofVerdict.Proven.class);
    }

    private static Path recording() {
        String folder = System.getProperty(PROPERTY, "");
        assumeTrue(
                !folder.isEmpty(),
                "skipped: the recorded chains are not here; name their folder with -D" + PROPERTY + "=FOLDER");
        assertThat(Files.isDirectory(Path.of(folder)))
                .as("the folder that -D" + PROPERTY + " names")
                .isTrue();
        return Path.of(folder);
    }
}
