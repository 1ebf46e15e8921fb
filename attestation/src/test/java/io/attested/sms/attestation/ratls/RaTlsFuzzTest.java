package io.attested.sms.attestation.ratls;

import static io.attested.sms.attestation.ratls.RaTlsFixtures.RATLS;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Verdict.Verified;
import java.io.IOException;
import java.util.Map;

/** Whatever the bytes are, each reader answers, and what is bound is bound to the one key that signed. */
class RaTlsFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void certificate(byte[] bytes) {
        if (RaTlsCertificate.read(bytes) instanceof RaTlsReading.Presented presented
                && verdict(presented.evidence()) instanceof Verified) {
            assertThat(presented.evidence().keyInfo().toByteArray()).isEqualTo(RATLS.keyDer());
        }
    }

    /** The extension's content in a certificate that is signed well. */
    @FuzzTest(maxDuration = "10m")
    void signedExtension(byte[] content) {
        for (RaTlsForm form : RaTlsForm.values()) {
            byte[] certificate = RATLS.certificate(Map.of(form.identifier(), content));
            if (RaTlsCertificate.read(certificate) instanceof RaTlsReading.Presented presented) {
                assertThat(presented.evidence().form()).isEqualTo(form);
                assertThat(presented.evidence().expectedReportData().length()).isEqualTo(64);
            }
        }
    }

    @FuzzTest(maxDuration = "10m")
    void taggedEvidence(byte[] content) {
        try {
            TaggedEvidence evidence = TaggedEvidence.read(ByteString.copyOf(content));
            assertThat(evidence.quote().length() + evidence.claims().length()).isLessThan(content.length);
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }
}
