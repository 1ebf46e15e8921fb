package io.attested.sms.worker.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.worker.simulated.SimulatedEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollateralFromHostTest {
    @Test
    void onlyTheCollateralIsTheHosts(@TempDir Path folder) throws IOException {
        SimulatedIntel intel = SimulatedIntel.create(Instant.parse("2026-11-01T12:00:00Z"), new SecureRandom());
        EvidenceSource enclave =
                new SimulatedEvidence(SimulatedEnclave.of(intel, new byte[32]), Optional.empty(), folder);
        byte[] hosts = "{\"tcb_info\":\"{}\"}".getBytes(StandardCharsets.UTF_8);

        EvidenceSource combined = new CollateralFromHost(enclave, hosts);

        assertThat(combined.collateral())
                .hasValueSatisfying(json -> assertThat(json).isEqualTo(hosts));
        assertThat(enclave.collateral())
                .hasValueSatisfying(json -> assertThat(json).isNotEqualTo(hosts));
        assertThat(combined.identity()).isEqualTo(enclave.identity());
        assertThat(combined.measuredImage()).isEqualTo(enclave.measuredImage());
        assertThat(combined.privateMemory()).isEqualTo(folder);
        assertThat(combined.quote(new byte[64])).hasSameSizeAs(enclave.quote(new byte[64]));
    }
}
