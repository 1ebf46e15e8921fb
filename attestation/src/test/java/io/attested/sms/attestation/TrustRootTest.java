package io.attested.sms.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrustRootTest {
    @Test
    void intelsRootIsTheSecondEdition() {
        TrustRoot intel = TrustRoot.intel();
        assertThat(intel.name()).isEqualTo("intel-sgx-root");
        assertThat(intel.certificate().getNotBefore().toInstant()).isEqualTo(Instant.parse("2018-05-21T10:45:10Z"));
        assertThat(ByteString.copyOf(intel.sha256()).hex())
                .isEqualTo("44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3");
    }

    @Test
    void anythingButOneCertificateIsRefused() {
        String root = Fixtures.INTEL.rootPem();
        assertThat(TrustRoot.of("test", root).der().length()).isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> TrustRoot.of("test", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> TrustRoot.of("test", "no certificate"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustRoot.of("test", root + root))
                .withMessageContaining("expected exactly 1");
    }
}
