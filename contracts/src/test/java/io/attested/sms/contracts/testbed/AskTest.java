package io.attested.sms.contracts.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;

class AskTest {
    private static final String TASK = "0x" + "aa".repeat(32);
    private static final String HUB = "0x5fc8d32690cc91d4c39d9d3abcbd16989f875707";
    private static final byte[] SERVICE_ID = Wallet.keccak(new byte[] {7});

    @Test
    void digestIsThatOfWeb3jsEncoder() throws IOException {
        Ask ask = new Ask(TASK, "app", Wallet.WORKER.address(), Wallet.STRANGER.address(), 1_800_000_000L);
        String typed =
                """
                {"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
                {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"},
                {"name":"salt","type":"bytes32"}],
                "Ask":[{"name":"chainTaskId","type":"bytes32"},{"name":"stage","type":"string"},
                {"name":"worker","type":"address"},{"name":"enclaveChallenge","type":"address"},
                {"name":"deadline","type":"uint256"}]},
                "primaryType":"Ask",
                "domain":{"name":"SMS","version":"1","chainId":"65535","verifyingContract":"%s","salt":"%s"},
                "message":{"chainTaskId":"%s","stage":"app","worker":"%s","enclaveChallenge":"%s",
                "deadline":"1800000000"}}
                """.formatted(HUB, Abi.hex(SERVICE_ID), TASK, Wallet.WORKER.address(), Wallet.STRANGER.address());

        assertThat(ask.digest(65535, HUB, SERVICE_ID)).isEqualTo(new StructuredDataEncoder(typed).hashStructuredData());
    }
}
