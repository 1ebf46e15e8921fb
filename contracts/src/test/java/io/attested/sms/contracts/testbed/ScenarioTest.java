package io.attested.sms.contracts.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioTest {
    private static final int ACTIVE = 1;
    private static final int COMPLETED = 3;
    private static final int FAILED = 4;

    private LocalChain chain;
    private Scenario scenario;

    @BeforeAll
    void deploy() {
        chain = LocalChain.anvil();
        scenario = Scenario.on(chain, PocoDeployment.deploy(chain));
    }

    @AfterAll
    void stop() {
        chain.stop();
    }

    @Test
    void matchWhenTermsHaveADatasetThenTheTaskBecomesActive() {
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
        MatchedDeal deal =
                scenario.match(scenario.terms(scenario.createApp("x")).withDataset(dataset));

        String task = scenario.initialize(deal, 0);

        assertThat(status(task)).isEqualTo(ACTIVE);
    }

    @Test
    void completeWhenPoolAndEnclaveSignedThenTheHubAcceptsTheResult() {
        MatchedDeal deal = scenario.match(
                scenario.terms(scenario.createApp("x")).withTag(TeeTag.GRAMINE).withTasks(2));
        String task = scenario.initialize(deal, 1);

        scenario.complete(task, Wallet.WORKER, Wallet.random(new SecureRandom()));

        assertThat(status(task)).isEqualTo(COMPLETED);
    }

    @Test
    void claimWhenBeforeTheFinalDeadlineThenRevertsAndAfterItThenFails() {
        MatchedDeal deal = scenario.match(scenario.terms(scenario.createApp("x"))
                .withTag(TeeTag.NONE)
                .withCategory(scenario.poco().shortCategory()));
        String task = scenario.initialize(deal, 0);
        assertThatThrownBy(() -> scenario.claim(task)).isInstanceOf(TestbedFailure.class);
        String before = chain.snapshot();

        chain.increaseTime(20);
        scenario.claim(task);

        assertThat(status(task)).isEqualTo(FAILED);
        chain.revert(before);
    }

    @Test
    void transferDatasetWhenOwnerSellsThenTheRegistryNamesTheBuyer() {
        String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);

        scenario.transferDataset(dataset, Wallet.DATASET_OWNER, Wallet.STRANGER);

        assertThat(Abi.firstAddress(chain.rpc().read(dataset, Abi.call("owner()"))))
                .isEqualTo(Wallet.STRANGER.address());
    }

    @Test
    void signMessageWhenKeyIsThatOfThePublishedVectorThenSignatureIsTheirs() {
        Wallet pool = Wallet.ofPrivateKey("0x" + "22".repeat(32));
        String task = "0x" + "aa".repeat(32);

        assertThat(WorkerpoolAuthorization.challengeHeader(pool, task))
                .isEqualTo("0x0d4f06d134804401aa920fc49eb36d9c9ced1e1366c3c713a881a562e78cffe1"
                        + "0e436d76db6baf65236e859b7772452e4ec5d3f6524d4e43159b9c579332c6a11b");
    }

    private int status(String task) {
        return Abi.firstNumber(
                        chain.rpc().read(scenario.poco().hub(), Abi.call("viewTaskABILegacy(bytes32)", Abi.word(task))))
                .intValueExact();
    }
}
