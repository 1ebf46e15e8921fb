package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** PoCo 6.1 on a node of its own, and what a story about proofs needs. */
record ProofScene(LocalChain chain, Poco poco, Scenario scenario, ProofNode node) implements AutoCloseable {
    static final byte[] CHECKSUM = HexFormat.of().parseHex("17".repeat(32));
    static final byte[] IPFS = HexFormat.of().parseHex("a503221220" + "42".repeat(32));

    static ProofScene open() {
        LocalChain chain = LocalChain.anvil();
        Poco poco = PocoDeployment.deploy(chain);
        return new ProofScene(
                chain, poco, Scenario.on(chain, poco), new ProofNode(chain.url(), Address.parse(poco.hub())));
    }

    static Address address(Wallet wallet) {
        return Address.parse(wallet.address());
    }

    Address hub() {
        return Address.parse(poco.hub());
    }

    /** The last task of a new deal with a dataset and a long fingerprint, just initialised. */
    String task(int tasks, String params) {
        String app = scenario.createApp(
                Wallet.APP_DEVELOPER,
                "registry.test/app:1",
                CHECKSUM,
                "fingerprint".repeat(10).getBytes(StandardCharsets.US_ASCII));
        String dataset = scenario.createDataset(Wallet.DATASET_OWNER, IPFS, CHECKSUM);
        return scenario.initialize(
                scenario.match(scenario.terms(app)
                        .withDataset(dataset)
                        .withParams(params)
                        .withTasks(tasks)),
                tasks - 1);
    }

    void assertProven(BlockRef block, Fact... facts) {
        assertThat(node.prove(block, facts)).isInstanceOf(ProofVerdict.Proven.class);
    }

    @Override
    public void close() {
        node.close();
        chain.stop();
    }
}
