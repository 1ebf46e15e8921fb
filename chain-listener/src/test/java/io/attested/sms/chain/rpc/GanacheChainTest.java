package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import org.junit.jupiter.api.Test;

/** The main path once on the other node, which refuses block hashes. */
class GanacheChainTest {
    @Test
    void taskWhenNodeRefusesBlockHashesThenReadByNumberWithTheSameFacts() {
        try (LocalChain node = LocalChain.ganache()) {
            Poco poco = PocoDeployment.deploy(node);
            Scenario scenario = Scenario.on(node, poco);
            String dataset = scenario.createDataset("http://127.0.0.1/data", new byte[32]);
            MatchedDeal deal =
                    scenario.match(scenario.terms(scenario.createApp("x")).withDataset(dataset));
            Bytes32 task = Bytes32.parse(scenario.initialize(deal, 0));
            ChainSettings settings = ChainSettings.of(node.url(), poco.chainId(), Address.parse(poco.hub()))
                    .withDepth(2);
            try (JsonRpcChain chain = JsonRpcChain.open(settings)) {
                assertThat(chain.pinning()).isEqualTo(Pinning.BY_NUMBER);
                assertThat(chain.task(task)).isInstanceOf(TaskLookup.NotSettled.class);
                assertThat(chain.task(Bytes32.parse(deal.taskId(7)))).isInstanceOf(TaskLookup.Unknown.class);

                node.mine(2);

                assertThat(chain.task(task)).isInstanceOfSatisfying(TaskLookup.Found.class, found -> {
                    assertThat(found.facts().deal().id()).hasToString(deal.dealId());
                    assertThat(found.facts().atHead().datasetOwner())
                            .contains(Address.parse(Wallet.DATASET_OWNER.address()));
                });
                assertThat(chain.owner(Address.parse(dataset))).isInstanceOf(OwnerLookup.Owner.class);
                assertThat(chain.owner(Address.ZERO)).isInstanceOf(OwnerLookup.NoOwner.class);
            }
        }
    }
}
