package io.attested.sms.worker.evidence.gramine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.worker.evidence.ReportIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On ordinary files of the same names and lengths; Gramine itself needs SGX hardware. */
class GramineEvidenceTest {
    @TempDir
    Path folder;

    private GramineEvidence evidence;

    @BeforeEach
    void files() throws IOException {
        byte[] report = new byte[432];
        Arrays.fill(report, 64, 96, (byte) 0xaa);
        Arrays.fill(report, 192, 256, (byte) 0xcc);
        byte[] targetInfo = new byte[512];
        Arrays.fill(targetInfo, (byte) 7);
        Files.write(folder.resolve("my_target_info"), targetInfo);
        Files.write(folder.resolve("target_info"), new byte[512]);
        Files.write(folder.resolve("user_report_data"), new byte[64]);
        Files.write(folder.resolve("report"), report);
        Files.write(folder.resolve("quote"), new byte[4730]);
        evidence = new GramineEvidence(folder, folder.resolve("image.json"), folder);
    }

    @Test
    void identityReadsMrEnclaveAndConfigIdOfAReportForItself() throws IOException {
        ReportIdentity.Enclave identity = (ReportIdentity.Enclave) evidence.identity();
        assertThat(identity.mrEnclave().digits()).isEqualTo("aa".repeat(32));
        assertThat(identity.configId().hex()).isEqualTo("cc".repeat(64));
        assertThat(folder.resolve("target_info"))
                .hasBinaryContent(Files.readAllBytes(folder.resolve("my_target_info")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 431, 433})
    void identityWhenTheReportHasAnotherLengthThenSaysSo(int length) throws IOException {
        Files.write(folder.resolve("report"), new byte[length]);
        assertThatThrownBy(evidence::identity).isInstanceOf(IOException.class).hasMessageContaining("expected 432");
    }

    @Test
    void quoteWritesTheReportDataFirst() throws IOException {
        byte[] reportData = new byte[64];
        Arrays.fill(reportData, (byte) 9);
        assertThat(evidence.quote(reportData)).hasSize(4730);
        assertThat(folder.resolve("user_report_data")).hasBinaryContent(reportData);
    }

    @Test
    void quoteWhenEmptyThenSaysWhatTheManifestNeeds() throws IOException {
        Files.write(folder.resolve("quote"), new byte[0]);
        assertThatThrownBy(() -> evidence.quote(new byte[64])).hasMessageContaining("sgx.remote_attestation");
    }

    @Test
    void measuredImageComesFromItsFileOrNotAtAll() throws IOException {
        assertThat(evidence.measuredImage()).isEmpty();
        Files.writeString(
                folder.resolve("image.json"),
                "{\"serviceKey\":\"0x" + "11".repeat(32)
                        + "\",\"applicationDirectory\":\"/app\",\"entrypoint\":\"run\"}");
        assertThat(evidence.measuredImage().orElseThrow().entrypoint()).isEqualTo("run");
        Files.writeString(folder.resolve("image.json"), "{\"serviceKey\":\"0x11\",\"applicationDirectory\":\"/app\"}");
        assertThatThrownBy(evidence::measuredImage)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("serviceKey");
    }

    @Test
    void providerRefusesOptionsAndPlacesThatAreNoEnclave() {
        GramineProvider provider = new GramineProvider();
        assertThatThrownBy(() -> provider.open(Optional.of(folder))).hasMessageContaining("no options");
        assertThatThrownBy(() -> provider.open(Optional.empty())).hasMessageContaining("gramine-sgx");
    }
}
