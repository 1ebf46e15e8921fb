package io.attested.sms.attestation.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The example works, and is the one that the page shows. */
class QuoteCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final ByteString CODE = ByteString.ofHex("11".repeat(32));
    private static final ByteString REPORT_DATA = ByteString.ofHex("5a".repeat(64));

    private final SimulatedIntel intel = SimulatedIntel.ofSeed(NOW, new byte[32]);
    private final SimulatedEnclave enclave = SimulatedEnclave.of(intel, CODE.toByteArray());
    private final byte[] collateral = intel.collateral().toJson();
    private final QuoteCheck check =
            new QuoteCheck(intel.trustRoot(), EvidencePolicy.standard(), CODE, InstantSource.fixed(NOW));

    @Test
    void onlyTheOneEnclavesAnswerPasses() {
        assertThat(check.objection(quote(enclave), collateral, REPORT_DATA)).isEmpty();
        assertThat(check.objection(quote(enclave), collateral, ByteString.copyOf(new byte[64])))
                .isEqualTo("an answer to another question");
        assertThat(check.objection(quote(enclave.withDebug()), collateral, REPORT_DATA))
                .startsWith("not accepted: ")
                .contains("DEBUG");
        SimulatedEnclave other = SimulatedEnclave.of(intel, new byte[32]);
        assertThat(check.objection(quote(other), collateral, REPORT_DATA)).startsWith("another enclave: ");
        assertThat(check.objection(new byte[10], collateral, REPORT_DATA)).startsWith("MALFORMED_QUOTE: ");
        assertThat(check.objection(quote(enclave), new byte[0], REPORT_DATA)).startsWith("collateral is ");
    }

    private static byte[] quote(SimulatedEnclave enclave) {
        return enclave.quote(REPORT_DATA.toByteArray());
    }

    @Test
    void thePageShowsThisExample() throws IOException {
        String source = read("attestation/src/test/java/io/attested/sms/attestation/sample/QuoteCheck.java");
        String shown = source.substring(source.indexOf("import "));
        assertThat(read("docs/how-a-quote-is-verified.md")).contains("```java\n" + shown + "```\n");
    }

    private static String read(String path) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/README.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "run the tests inside the repository");
        }
        return Files.readString(folder.resolve(path));
    }
}
