package io.attested.sms.contracts.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PocoDeploymentTest {
    @Test
    void deployWhenChainIsFreshThenAddressesAndOwnerAreThoseOfEveryOtherRun() {
        try (LocalChain chain = LocalChain.anvil()) {
            Poco poco = PocoDeployment.deploy(chain);

            assertThat(poco.hub()).isEqualTo("0x5fc8d32690cc91d4c39d9d3abcbd16989f875707");
            assertThat(Abi.firstAddress(chain.rpc().read(poco.hub(), Abi.call("owner()"))))
                    .isEqualTo(Wallet.DEPLOYER.address());
            assertThat(Abi.firstNumber(chain.rpc().read(poco.hub(), Abi.call("countCategory()"))))
                    .isEqualTo(poco.shortCategory() + 1);
        }
    }
}
