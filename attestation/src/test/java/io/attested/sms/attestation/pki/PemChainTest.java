package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PemChainTest {
    private static final SimulatedIntel INTEL =
            SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32]);
    private static final String ROOT = INTEL.rootPem();
    private static final String AUTHORITY = INTEL.platformAuthority().pem();

    static Stream<String> canonical() {
        return Stream.of(
                ROOT,
                ROOT.stripTrailing(),
                ROOT + "\0",
                ROOT.stripTrailing() + "\0\0\0",
                AUTHORITY + ROOT,
                rewrapped(ROOT, 76),
                AUTHORITY + rewrapped(ROOT, 76));
    }

    static Stream<String> others() {
        return Stream.of(
                "",
                "\0",
                " " + ROOT,
                ROOT + "\n",
                ROOT + " ",
                ROOT + "\0\n",
                ROOT + "x",
                ROOT.stripTrailing() + AUTHORITY,
                AUTHORITY + "\n" + ROOT,
                ROOT + ROOT + ROOT + ROOT + ROOT,
                ROOT.replace("\n", "\r\n"),
                ROOT.replace("\n-----END", "-----END"),
                ROOT.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
                ROOT.replaceFirst("M", "M "),
                rewrapped(ROOT, 60),
                rewrapped(ROOT, 72),
                ROOT.substring(0, ROOT.length() - 30),
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void canonicalTextIsRead(String pem) throws IOException {
        assertThat(PemChain.read(bytes(pem)))
                .last()
                .satisfies(root -> assertThat(root.commonName()).isEqualTo("Intel SGX Root CA"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherTextIsRefused(String pem) {
        assertThatThrownBy(() -> PemChain.read(bytes(pem))).isInstanceOf(IOException.class);
    }

    @Test
    void peekingShowsAChainThatVerificationRefusesForWhatFollows() throws EvidenceRejected {
        String chain = INTEL.platformAuthority()
                        .issue(INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true))
                        .pem()
                + AUTHORITY
                + ROOT;
        ByteString followed = ByteString.copyOf(bytes(chain + "x"));
        assertThatThrownBy(() -> PresentedPck.read(followed)).isInstanceOf(EvidenceRejected.class);
        assertThat(PresentedPck.peek(followed)).isEqualTo(PresentedPck.read(ByteString.copyOf(bytes(chain))));
        assertThatThrownBy(() -> PresentedPck.peek(ByteString.copyOf(bytes("x"))))
                .isInstanceOf(EvidenceRejected.class);
    }

    private static String rewrapped(String pem, int line) {
        String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        Base64.Encoder encoder = Base64.getMimeEncoder(line, new byte[] {'\n'});
        return "-----BEGIN CERTIFICATE-----\n"
                + encoder.encodeToString(Base64.getDecoder().decode(body))
                + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
