package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import java.io.IOException;
import java.util.List;

/** Whatever the bytes are, each reader of the PKI answers or refuses as it declares. */
class PkiFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void pemChain(byte[] pem) {
        try {
            List<SignedCertificate> chain = PemChain.read(pem);
            assertThat(chain).isNotEmpty().hasSizeLessThanOrEqualTo(4);
            // A chain that parses has one encoding: flipping its last boundary's bit must not parse to the same.
            byte[] changed = pem.clone();
            changed[changed.length - 1] ^= 1;
            assertThat(parses(changed)).isFalse();
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest(maxDuration = "10m")
    void revocationList(byte[] der) {
        try {
            assertThat(RevocationList.read("list", ByteString.copyOf(der))
                            .signature()
                            .length())
                    .isEqualTo(64);
        } catch (EvidenceRejected refused) {
            assertThat(refused.verdict().detail()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void pckExtension(byte[] der) {
        try {
            assertThat(PckExtension.read(ByteString.copyOf(der)).fmspc().length())
                    .isEqualTo(6);
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static boolean parses(byte[] pem) {
        try {
            PemChain.read(pem);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
