package io.attested.sms.attestation.tcb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;

/** Even a signed text may be anything: the readers answer or refuse. */
class TcbFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void tcbInfo(byte[] json) {
        try {
            assertThat(TcbInfo.read(ByteString.copyOf(json)).levels())
                    .isNotEmpty()
                    .isSortedAccordingTo(PlatformLevel.HIGHEST_FIRST);
        } catch (EvidenceRejected refused) {
            assertThat(refused.verdict().detail()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void qeIdentity(byte[] json) {
        try {
            assertThat(QeIdentity.read(ByteString.copyOf(json)).levels().levels())
                    .isNotEmpty();
        } catch (EvidenceRejected refused) {
            assertThat(refused.verdict().detail()).isNotBlank();
        }
    }
}
