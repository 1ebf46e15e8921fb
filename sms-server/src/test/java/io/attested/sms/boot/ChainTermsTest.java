package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.live.LiveChainSettings;
import io.attested.sms.chain.rpc.HeadSubscription;
import io.attested.sms.chain.rpc.NodeSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings {@code sms.chain}: each rule with what is accepted beside it. */
class ChainTermsTest {
    private static final Map<String, String> ONE = Map.of(
            "sms.realm", "dev",
            "sms.store.folder", "store",
            "sms.chain.id", "134",
            "sms.chain.hub", "0x" + "b0".repeat(20),
            "sms.chain.node", "https://user:hush@one.example/key");

    private static final Map<String, String> THREE = with(
            ONE,
            "sms.chain.node",
            "",
            "sms.chain.nodes[0].url",
            "https://one.example/key",
            "sms.chain.nodes[1].url",
            "https://two.example:8545",
            "sms.chain.nodes[2].url",
            "http://three.example");

    private static final Map<String, String> PRODUCTION =
            with(THREE, "sms.realm", "production", "sms.chain.hub-code-hash", "0x" + "12".repeat(32));

    private static Map<String, String> with(Map<String, String> settings, String... keysAndValues) {
        Map<String, String> all = new HashMap<>(settings);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private static LiveChainSettings terms(Map<String, String> settings) {
        return ChainTerms.of(new Binder(new MapConfigurationPropertySource(settings))
                .bind("sms", SmsSettings.class)
                .get());
    }

    private static void assertRefused(Map<String, String> settings, String... words) {
        Throwable failure = catchThrowable(() -> terms(settings));
        assertThat(StartFailures.refusal(failure))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .isInstanceOf(StartRefused.class)
                        .message()
                        .contains(words)
                        .doesNotContain("hush", "/key"));
    }

    @Test
    void oneNodeInDevIsBelievedByItself() {
        LiveChainSettings terms = terms(ONE);
        assertThat(terms.checked().level()).isEqualTo(TrustLevel.SINGLE_NODE);
        assertThat(terms.checked().nodes()).extracting(NodeSettings::name).containsExactly("one.example");
        assertThat(terms.checked().rule()).isEqualTo(new SettlementRule.Depth(12));
        assertThat(terms.checked().headAge()).isEmpty();
        assertThat(terms.checked().settledAge()).isEmpty();
        assertThat(terms.follow().silence()).isEqualTo(Duration.ofSeconds(10));
        assertThat(terms.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(terms.subscriptions()).isEmpty();
    }

    @Test
    void severalNodesAreAQuorumOfTheSmallestMajority() {
        LiveChainSettings terms = terms(THREE);
        assertThat(terms.checked().level()).isEqualTo(TrustLevel.QUORUM);
        assertThat(terms.checked().quorum().needed()).isEqualTo(2);
        assertThat(terms.checked().nodes())
                .extracting(NodeSettings::name)
                .containsExactly("one.example", "two.example:8545", "three.example");
    }

    @Test
    void productionHasBoundsOnAges() {
        LiveChainSettings terms = terms(PRODUCTION);
        assertThat(terms.checked().headAge()).contains(Duration.ofMinutes(10));
        assertThat(terms.checked().settledAge()).contains(Duration.ofMinutes(30));
        assertThat(terms.follow().headAge()).contains(Duration.ofMinutes(10));
        assertThat(terms.follow().ahead()).isEqualTo(Duration.ofMinutes(1));
        assertThat(terms(with(PRODUCTION, "sms.chain.max-settled-age", "1h"))
                        .follow()
                        .settledAge())
                .contains(Duration.ofHours(1));
    }

    @Test
    void everythingElseOfANodeIsItsOwn() {
        LiveChainSettings terms = terms(with(
                THREE,
                "sms.chain.nodes[1].name",
                "second",
                "sms.chain.nodes[1].heads",
                "wss://two.example/heads",
                "sms.chain.nodes[1].spacing",
                "200ms",
                "sms.chain.timeout",
                "3s",
                "sms.chain.bench",
                "1m"));
        assertThat(terms.checked().nodes().get(1).name()).isEqualTo("second");
        assertThat(terms.checked().nodes().get(1).spacing()).isEqualTo(Duration.ofMillis(200));
        assertThat(terms.checked().nodes()).allMatch(node -> node.timeout().equals(Duration.ofSeconds(3)));
        assertThat(terms.checked().quorum().bench()).isEqualTo(Duration.ofMinutes(1));
        assertThat(terms.subscriptions())
                .extracting(HeadSubscription.Settings::node)
                .containsExactly("second");
    }

    @ParameterizedTest
    @CsvSource({"quorum,QUORUM", "proof,PROOF"})
    void trustOfSeveralNodes(String word, TrustLevel level) {
        assertThat(terms(with(PRODUCTION, "sms.chain.trust", word)).checked().level())
                .isEqualTo(level);
    }

    @Test
    void trustMustFitTheNodes() {
        assertRefused(with(THREE, "sms.chain.trust", "single-node"), "sms.chain.trust", "3 nodes");
        assertRefused(with(ONE, "sms.chain.trust", "quorum"), "sms.chain.trust is quorum", "one node");
        assertRefused(with(ONE, "sms.chain.trust", "yes"), "sms.chain.trust");
        assertThat(terms(with(ONE, "sms.chain.trust", "proof")).checked().level())
                .isEqualTo(TrustLevel.PROOF);
    }

    @Test
    void oneNodeInProductionMustBeWrittenOut() {
        Map<String, String> one =
                with(ONE, "sms.realm", "production", "sms.chain.hub-code-hash", "0x" + "12".repeat(32));
        assertRefused(one, "sms.chain.trust=single-node", "sms.chain.nodes");
        assertRefused(with(one, "sms.chain.trust", "quorum"), "sms.chain.trust=single-node");
        assertRefused(with(one, "sms.chain.trust", "proof"), "sms.chain.trust=single-node");
        assertThat(terms(with(one, "sms.chain.trust", "single-node")).checked().level())
                .isEqualTo(TrustLevel.SINGLE_NODE);
    }

    @ParameterizedTest
    @CsvSource({"1,false", "2,true", "3,true", "4,false", "0,false"})
    void agreementMustBeAMajorityThatExists(String agreement, boolean accepted) {
        Map<String, String> settings = with(THREE, "sms.chain.agreement", agreement);
        if (accepted) {
            assertThat(terms(settings).checked().quorum().needed()).isEqualTo(Integer.parseInt(agreement));
        } else {
            assertRefused(settings, "sms.chain.agreement is " + agreement, "2 to 3");
        }
    }

    @Test
    void nodesMustBeNodesOfTheirOwn() {
        assertRefused(with(ONE, "sms.chain.node", ""), "sms.chain.nodes is not set", "sms.chain.node");
        assertRefused(with(ONE, "sms.chain.nodes[0].url", "https://two.example"), "both set");
        for (String same : List.of(
                "https://one.example/key",
                "https://ONE.example:443/key/",
                "https://someone:secret@one.example/key?more=1")) {
            assertRefused(with(THREE, "sms.chain.nodes[1].url", same), "one URL twice");
        }
        assertRefused(with(THREE, "sms.chain.nodes[1].name", "three.example"), "the name three.example");
        assertRefused(with(THREE, "sms.chain.nodes[1].name", "https://two"), "sms.chain.nodes[1] needs a name");
        assertRefused(with(THREE, "sms.chain.nodes[1].url", "ftp://two.example/key"), "sms.chain.nodes[1].url");
        assertRefused(with(THREE, "sms.chain.nodes[1].heads", "https://two.example/key"), "sms.chain.nodes[1].heads");
        assertRefused(with(THREE, "sms.chain.nodes[1].spacing", "5s"), "sms.chain.nodes[1].spacing");
        assertRefused(with(THREE, "sms.chain.nodes[1].url", "", "sms.chain.nodes[1].name", "x"), "nodes[].url");
    }

    @Test
    void depthZeroExistsInDevOnly() {
        assertThat(terms(with(ONE, "sms.chain.depth", "0")).checked().rule()).isEqualTo(new SettlementRule.Depth(0));
        assertRefused(with(PRODUCTION, "sms.chain.depth", "0"), "sms.chain.depth is 0", "sms.chain.settled-by");
        assertThat(terms(with(PRODUCTION, "sms.chain.depth", "0", "sms.chain.settled-by", "finalized"))
                        .checked()
                        .rule())
                .isEqualTo(new SettlementRule.Tag(SettlementRule.Name.FINALIZED));
        assertThat(terms(with(PRODUCTION, "sms.chain.settled-by", "safe"))
                        .follow()
                        .rule())
                .isEqualTo(new SettlementRule.Tag(SettlementRule.Name.SAFE));
    }

    @Test
    void depthMustFitIntoTheWindow() {
        assertRefused(with(ONE, "sms.chain.depth", "8193"), "sms.chain.window");
        assertThat(terms(with(ONE, "sms.chain.depth", "8193", "sms.chain.window", "9000"))
                        .follow()
                        .window())
                .isEqualTo(9000);
        assertRefused(with(ONE, "sms.chain.depth", "-1"), "sms.chain.depth is -1");
        assertRefused(with(ONE, "sms.chain.depth", "100001", "sms.chain.window", "200000"), "sms.chain.depth");
    }

    @ParameterizedTest
    @CsvSource({
        "id,0",
        "window,0",
        "log-span,0",
        "remembered,0",
        "timeout,0s",
        "poll,0s",
        "bench,0s",
        "max-head-age,0s",
        "max-settled-age,-1s",
        "max-silence,2s",
        "hub,0x12",
        "hub,0x0000000000000000000000000000000000000000",
        "hub-code-hash,0x12"
    })
    void badValueIsNamed(String key, String value) {
        assertRefused(with(ONE, "sms.chain." + key, value), "sms.chain." + key);
    }

    @Test
    void productionPinsTheHubsCode() {
        assertRefused(with(PRODUCTION, "sms.chain.hub-code-hash", ""), "sms.chain.hub-code-hash is not set");
    }
}
