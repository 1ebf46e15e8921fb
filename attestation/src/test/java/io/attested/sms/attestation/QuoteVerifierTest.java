package io.attested.sms.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuoteVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, new byte[32]);

    @Test
    void aReleaseEnclaveIsVerified() {
        SimulatedEnclave enclave = SimulatedEnclave.of(INTEL, new byte[32]);
        assertThat(new QuoteVerifier(INTEL.trustRoot()).verify(enclave.quote(new byte[64]), INTEL.collateral(), NOW))
                .isInstanceOf(Verified.class);
    }
}
