package io.attested.sms.chain.checked;

import static io.attested.sms.chain.checked.CheckedScene.digits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainRefused.Reason;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.proof.ProofRequest;
import io.attested.sms.chain.quorum.QuorumSettings;
import io.attested.sms.chain.testbed.Faults;
import io.attested.sms.chain.testbed.Lies;
import io.attested.sms.contracts.testbed.Wallet;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What refuses the start, and what does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckedChainStartTest {
    private CheckedScene scene;

    @BeforeAll
    void deploy() {
        scene = new CheckedScene();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @AfterEach
    void behave() {
        scene.allBehave();
    }

    @Test
    void openWhenTheHubsCodeIsPinnedThenOnlyThatCode() {
        Bytes32 code;
        try (CheckedChain chain = scene.open(scene.settings())) {
            code = chain.hub().codeHash();
            assertThat(chain.hub().registries().app()).isEqualTo(Address.parse(scene.poco.appRegistry()));
        }
        try (CheckedChain chain = scene.open(scene.settings().withHubCodeHash(code))) {
            assertThat(chain.task(Bytes32.ZERO)).isInstanceOf(TaskLookup.Unknown.class);
        }

        assertRefused(
                scene.settings().withHubCodeHash(Bytes32.ZERO), Reason.WRONG_HUB_CODE, "expected " + Bytes32.ZERO);
        scene.allMisbehave(Lies.replace("eth_call", digits(code), "5a".repeat(32)));
        assertRefused(scene.settings().withHubCodeHash(code), Reason.WRONG_HUB_CODE, "expected " + code);
    }

    @Test
    void openWhenOneNodeLiesAboutTheHubsCodeThenTheOthersDecide() {
        Bytes32 code;
        try (CheckedChain chain = scene.open(scene.settings())) {
            code = chain.hub().codeHash();
        }
        scene.nodes.getFirst().misbehave(Lies.replace("eth_call", digits(code), "5a".repeat(32)));

        try (CheckedChain chain = scene.open(scene.settings().withHubCodeHash(code))) {
            assertThat(chain.hub().codeHash()).isEqualTo(code);
        }
    }

    @Test
    void openWhenAllNodesLieAboutTheHubsCodeThenItsProofRefuses() {
        Bytes32 code;
        try (CheckedChain chain = scene.open(scene.settings())) {
            code = chain.hub().codeHash();
        }
        scene.allMisbehave(Lies.replace("eth_call", digits(code), "5a".repeat(32)));

        assertRefused(scene.settings(3, 2, TrustLevel.PROOF), Reason.NO_PROOFS, "holds another code");
    }

    @Test
    void openWhenOneNodeIsOfAnotherChainThenItIsNamed() {
        scene.nodes.get(1).misbehave(Lies.chainId(1));

        assertRefused(scene.settings(), Reason.WRONG_CHAIN, "node node-2: the node serves chain 1, expected 65535");
    }

    @Test
    void openWhenOneNodeIsSilentThenTheOthersAreEnoughAndOneIsNot() {
        scene.nodes.get(1).misbehave(Faults.drop());
        try (CheckedChain chain = scene.open(scene.settings())) {
            assertThat(chain.task(Bytes32.ZERO)).isInstanceOf(TaskLookup.Unknown.class);
        }

        scene.nodes.get(2).misbehave(Faults.html());
        assertRefused(
                scene.settings(), Reason.TOO_FEW_NODES, "1 of 3 Ethereum nodes can be read, 2 are needed (node-2");
        assertRefused(scene.settings(3, 3, TrustLevel.QUORUM), Reason.TOO_FEW_NODES, "3 are needed");
        scene.allMisbehave(Faults.drop());
        assertRefused(scene.settings(1, 1, TrustLevel.SINGLE_NODE), Reason.UNREADABLE, "node-1: no answer");
    }

    @Test
    void openWhenNodesTellDifferentHubsThenTooFewAgree() {
        scene.nodes.get(0).misbehave(Lies.otherBlock(5));
        scene.nodes.get(1).misbehave(Lies.otherBlock(9));

        assertRefused(scene.settings(), Reason.TOO_FEW_NODES, "answer differently");
    }

    @Test
    void openWhenTheHubIsNoPocoThenWhy() {
        assertRefused(withHub(Wallet.STRANGER.address()), Reason.UNKNOWN_HUB, "there is no contract");
        assertRefused(withHub(scene.poco.rlc()), Reason.UNKNOWN_HUB, "registries");
        assertRefused(withHub(scene.scenario.deployHostile(0)), Reason.UNKNOWN_HUB, "registries");
    }

    @Test
    void openWhenNoNodeServesProofsThenRefusedAtTheLevelOfProofsAlone() {
        scene.allMisbehave(Lies.error(ProofRequest.METHOD, -32601, "the method does not exist"));

        assertRefused(scene.settings(3, 2, TrustLevel.PROOF), Reason.NO_PROOFS, "eth_getProof");
        try (CheckedChain chain = scene.open(scene.settings())) {
            assertThat(chain.task(Bytes32.ZERO)).isInstanceOf(TaskLookup.Unknown.class);
        }
    }

    @Test
    void settingsWhenTheyDoNotFitTogetherThenRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> scene.settings(3, 1, TrustLevel.QUORUM));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.settings(2, 3, TrustLevel.QUORUM));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.settings(1, 1, TrustLevel.QUORUM));
        assertThatIllegalArgumentException().isThrownBy(() -> scene.settings(3, 2, TrustLevel.SINGLE_NODE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.settings().withAges(Duration.ZERO, Duration.ofDays(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> withHub(Address.ZERO.value()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SettlementRule.Depth(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SettlementRule.Depth(SettlementRule.MAX_DEPTH + 1));
    }

    private CheckedChainSettings withHub(String hub) {
        CheckedChainSettings settings = scene.settings();
        return new CheckedChainSettings(
                settings.nodes(),
                QuorumSettings.of(2),
                settings.level(),
                settings.rule(),
                settings.chainId(),
                Address.parse(hub),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void assertRefused(CheckedChainSettings settings, Reason reason, String says) {
        assertThatExceptionOfType(ChainRefused.class)
                .isThrownBy(() -> scene.open(settings).close())
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
                .withMessageContaining(says)
                .withMessageNotContaining("http://");
    }
}
