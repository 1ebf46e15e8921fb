package io.attested.sms.chain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each command on real PoCo, over one node, over three of which one lies, and with proofs. */
class ChainCommandsTest {
    private static final byte[] CHECKSUM = new byte[32];
    private static final String FINGERPRINT = "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16);

    private static final LocalChain CHAIN = LocalChain.anvil();
    private static final Poco POCO = PocoDeployment.deploy(CHAIN);
    private static final Scenario SCENARIO = Scenario.on(CHAIN, POCO);
    private static final ScriptedNode LIAR = ScriptedNode.before(CHAIN.url());
    private static final ScriptedNode HONEST = ScriptedNode.before(CHAIN.url());
    private static String app = "";
    private static String dataset = "";
    private static String task = "";
    private static String deal = "";
    private static long before;

    @BeforeAll
    static void match() {
        app = SCENARIO.createApp(
                Wallet.APP_DEVELOPER, "registry.test/app:1", CHECKSUM, FINGERPRINT.getBytes(StandardCharsets.US_ASCII));
        dataset = SCENARIO.createDataset("https://data.test/d.enc", CHECKSUM);
        MatchedDeal matched = SCENARIO.match(SCENARIO.terms(app).withDataset(dataset));
        deal = matched.dealId();
        before = CHAIN.height();
        task = SCENARIO.initialize(matched, 0);
        CHAIN.mine(3);
    }

    @AfterAll
    static void stop() {
        LIAR.close();
        HONEST.close();
        CHAIN.stop();
    }

    /** What a command printed and ended with. */
    private record Run(int exit, String out, String err) {
        JsonNode json() {
            return new JsonMapper().readTree(out);
        }
    }

    private static Run run(List<URI> nodes, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(words));
        nodes.forEach(node -> all.addAll(List.of("--node", node.toString())));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(NodeOptions.ID, Long.toString(POCO.chainId()), NodeOptions.HUB, POCO.hub()));
        int exit = ChainCommands.run(console, InstantSource.system(), all.toArray(String[]::new));
        Run run = new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(run.out().lines().filter(line -> !line.startsWith("{"))).allMatch(line -> line.length() <= 100);
        assertThat(run.out() + run.err()).doesNotContain("http://");
        if (Boolean.getBoolean("sms.show")) {
            System.out.println(
                    "$ ./sms chain " + String.join(" ", words) + "\n" + run.out() + run.err() + "exit " + exit);
        }
        return run;
    }

    private static List<URI> one() {
        return List.of(CHAIN.url());
    }

    private static List<URI> three() {
        return List.of(CHAIN.url(), HONEST.url(), LIAR.url());
    }

    @Test
    void statusTellsHubHeadAndNodes() {
        Run readable = run(one(), "status", "--depth", "3");
        assertThat(readable.exit()).isZero();
        assertThat(readable.out()).contains(POCO.hub().toLowerCase(Locale.ROOT), "PoCo 6", "single-node", "good");
        JsonNode json = run(three(), "status", "--depth", "3", "--json").json();
        assertThat(json.at("/trust").asString()).isEqualTo("quorum");
        assertThat(json.at("/nodes")).hasSize(3);
        assertThat(json.at("/head/number").asLong() - json.at("/settled/number").asLong())
                .isEqualTo(3);
    }

    @Test
    void nodeThatTellsNoHeadIsNotShownAsGood() {
        Run readable = run(List.of(CHAIN.url(), HONEST.url(), URI.create("http://localhost:1")), "status");
        assertThat(readable.exit()).isZero();
        assertThat(readable.out().lines().filter(line -> line.startsWith("localhost:1 ")))
                .singleElement()
                .asString()
                .contains("unusable");
    }

    @Test
    void taskIsShownAtSettledBlockAndHead() {
        Run readable = run(one(), "task", task, "--depth", "3");
        assertThat(readable.exit()).isZero();
        assertThat(readable.out()).contains("ACTIVE", deal, "Settled block (depth 3)", "Head", "SCONE");
        JsonNode json = run(one(), "task", task, "--depth", "3", "--trust", "proof", "--json")
                .json();
        assertThat(json.at("/outcome").asString()).isEqualTo("found");
        assertThat(json.at("/live").asBoolean()).isTrue();
        assertThat(json.at("/readings/0/trust").asString()).isEqualTo("proof");
        assertThat(json.at("/readings/0/values/app").asString()).isEqualTo(app.toLowerCase(Locale.ROOT));
        assertThat(json.at("/readings/1/at").asString()).isEqualTo("head");
    }

    @Test
    void blockBeforeInitialisationDoesNotKnowTheTask() {
        assertThat(run(one(), "task", task, "--block", Long.toString(before)).exit())
                .isEqualTo(1);
        assertThat(run(one(), "task", task, "--block", Long.toString(before + 1))
                        .exit())
                .isZero();
        assertThat(run(one(), "task", task, "--block", "999999").exit()).isEqualTo(3);
    }

    @Test
    void unsettledAndUnknownTasksAreNotFound() {
        Run unsettled = run(one(), "task", task, "--depth", "4", "--json");
        assertThat(unsettled.exit()).isEqualTo(1);
        assertThat(unsettled.json().at("/outcome").asString()).isEqualTo("not-settled");
        assertThat(run(one(), "task", "0x" + "77".repeat(32)).out()).contains("unknown");
    }

    @Test
    void assetsAndDealAreShownAndProven() {
        for (String level : List.of("single-node", "proof")) {
            for (List<String> words :
                    List.of(List.of("app", app), List.of("dataset", dataset), List.of("deal", deal))) {
                Run run = run(one(), words.get(0), words.get(1), "--depth", "0", "--trust", level, "--json");
                assertThat(run.exit()).as(run.err()).isZero();
                assertThat(run.json().at("/readings/0/trust").asString()).isEqualTo(level);
            }
        }
        assertThat(run(one(), "app", app, "--depth", "0").out()).contains("registry.test/app:1");
        assertThat(run(one(), "dataset", dataset, "--depth", "0").out()).contains("data.test");
        assertThat(run(one(), "deal", deal, "--depth", "0").out()).contains("workerpool");
        assertThat(run(one(), "app", dataset, "--depth", "0").exit()).isEqualTo(1);
    }

    @Test
    void wrongHubAndWrongChainAreRefused() {
        Run hub = run(one(), "status", "--hub", app);
        assertThat(hub.exit()).isEqualTo(3);
        assertThat(hub.err()).contains("no PoCo hub is known");
        assertThat(run(one(), "status", "--chain-id", "7").exit()).isEqualTo(3);
    }

    @Test
    void lyingNodeDoesNotCountAtQuorumAndIsNotBelievedByAll() {
        Address owner = Address.parse(Wallet.APP_DEVELOPER.address());
        LIAR.misbehave(Lies.owner(owner, Address.parse(Wallet.STRANGER.address())));
        try {
            Run two = run(three(), "app", app, "--depth", "0", "--json");
            assertThat(two.exit()).isZero();
            assertThat(two.json().at("/readings/0/values/appOwner").asString()).isEqualTo(owner.value());
            assertThat(run(three(), "app", app, "--depth", "0", "--needed", "3").exit())
                    .isEqualTo(4);
        } finally {
            LIAR.behave();
        }
    }

    @Test
    void credentialsAreNeverRepeated() {
        Run run = run(List.of(URI.create("ftp://user:hidden@node.test/key")), "status");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("hidden", "key");
        assertThat(run(List.of(), "status", "https://user:hidden@node.test/secret-path")
                        .err())
                .doesNotContain("hidden", "secret-path");
    }

    @Test
    void mistakeOnTheCommandLineIsToldInOneSentence() {
        Run unknown = run(one(), "status", "--jason");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err().lines())
                .containsExactly(
                        "sms chain: unknown option: '--jason'; `./sms chain status --help` shows what it takes");
        Run incomplete = run(List.of(), "task");
        assertThat(incomplete.exit()).isEqualTo(2);
        assertThat(incomplete.err().lines())
                .containsExactly("sms chain: missing required parameter: 'ID'; `./sms chain task --help` shows what it"
                        + " takes");
        Run nothing = run(List.of());
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err().lines()).hasSize(1);
    }

    @Test
    void readableFormHasTheDocsWordsAndADashForWhatIsEmpty() {
        String shown = run(one(), "app", app, "--depth", "0").out();
        assertThat(shown).contains("  MRENCLAVE\n").doesNotContain("mr enclave");
        assertThat(shown.lines()).allMatch(line -> line.length() <= 80).contains("    " + "ab".repeat(32));
        assertThat(run(one(), "deal", deal, "--depth", "0").out().lines().map(String::strip))
                .doesNotContain("params");
    }

    @Test
    void missingNodeIsAMistakeOnTheCommandLine() {
        assertThat(run(List.of(), "status").exit()).isEqualTo(2);
    }
}
