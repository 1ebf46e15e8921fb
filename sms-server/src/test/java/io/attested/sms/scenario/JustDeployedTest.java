package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.IexecSdk;
import io.attested.sms.contracts.testbed.SdkRun;
import io.attested.sms.contracts.testbed.SdkStep;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SDK does in one go, on a chain where nothing of it is settled yet. */
class JustDeployedTest {
    private static final String CHECKSUM = "0x" + "17".repeat(32);
    private static final String KEY = "A".repeat(43) + "=";

    @Test
    void secretsOfAssetsDeployedJustBeforeAreAccepted(@TempDir Path folder) {
        Map<String, String> settings =
                Map.of("sms.chain.depth", "5", "sms.chain.poll", "20s", "sms.chain.max-silence", "60s");
        try (ServedChain served = ServedChain.start(folder, settings)) {
            for (IexecSdk.Version version : IexecSdk.Version.values()) {
                boolean eighth = version == IexecSdk.Version.V8;
                IexecSdk sdk = new IexecSdk(
                        version,
                        served.chain(),
                        served.story().poco(),
                        eighth ? served.server().scone() : served.server().tdx());
                SdkRun run = sdk.run(
                        SdkStep.deployDataset(
                                "dataset", Wallet.DATASET_OWNER, "data " + version, "http://127.0.0.1/data", CHECKSUM),
                        SdkStep.pushDatasetSecret("push", Wallet.DATASET_OWNER, SdkStep.of("dataset", "address"), KEY),
                        SdkStep.checkDatasetSecret("check", SdkStep.of("dataset", "address")));

                assertThat(run.outcomes())
                        .as(version.toString())
                        .allSatisfy(outcome -> assertThat(outcome.error()).isEmpty());
                assertThat(run.outcome("push").is("done")).isTrue();
                assertThat(run.outcome("check").is("exists")).isTrue();
            }
        }
    }
}
