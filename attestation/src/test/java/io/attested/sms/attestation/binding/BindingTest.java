package io.attested.sms.attestation.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BindingTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] TAG = new byte[16];

    @Test
    void reportDataIsSha512OfDomainZeroAndData() throws Exception {
        byte[] joined = "sms-attest/worker/1\0{}".getBytes(StandardCharsets.US_ASCII);
        assertThat(ReportBinding.reportData(ReportBinding.WORKER_DOMAIN, "{}".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(MessageDigest.getInstance("SHA-512").digest(joined))
                .hasSize(ReportBinding.REPORT_DATA_LENGTH);
    }

    @Test
    void reportDataDependsOnTheDomain() {
        assertThat(ReportBinding.reportData("a", new byte[0])).isNotEqualTo(ReportBinding.reportData("b", new byte[0]));
    }

    @Test
    void configIdIsSha512OfDomainZeroServiceKeyAndFingerprint() throws Exception {
        byte[] joined = HexFormat.of()
                .parseHex("736d732d6c61756e63682f3100" + "11".repeat(32) + "22".repeat(32) + "33".repeat(16));
        assertThat(LaunchBinding.configId(filled(32, 0x11), filled(32, 0x22), filled(16, 0x33)))
                .isEqualTo(MessageDigest.getInstance("SHA-512").digest(joined))
                .hasSize(LaunchBinding.CONFIG_ID_LENGTH);
    }

    @Test
    void configIdRefusesOtherLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchBinding.configId(new byte[31], KEY, TAG));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchBinding.configId(KEY, new byte[33], TAG));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchBinding.configId(KEY, KEY, new byte[15]));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
