package io.attested.sms.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.RegisteredBytes;
import java.nio.charset.StandardCharsets;

/** What owners and requesters wrote on chain: any bytes at all. */
class TaskFuzzTest {
    private final RegisteredCodeReader codes = new RegisteredCodeReader();
    private final DealParametersReader parameters = new DealParametersReader();

    @FuzzTest
    void registeredCode(byte[] bytes) {
        App app = new App(Address.ZERO, Address.ZERO, "DOCKER", "image", Bytes32.ZERO, RegisteredBytes.of(bytes));
        for (TeeFramework framework : TeeFramework.values()) {
            if (codes.read(app, framework) instanceof RegisteredCode.Fingerprint found) {
                assertThat(found.mrEnclave().length()).isEqualTo(32);
                assertThat(found.fspfKey().length()).isEqualTo(32);
                assertThat(found.fspfTag().length()).isEqualTo(16);
            }
        }
    }

    @FuzzTest
    void dealParameters(byte[] bytes) {
        DealParameters read = parameters.read(new String(bytes, StandardCharsets.UTF_8));
        assertThat(read.requesterSecrets().keySet()).allMatch(index -> index > 0);
    }
}
