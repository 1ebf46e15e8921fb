package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** One simulated AMD and one guest that are the same in every run. */
final class SnpFixtures {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final JudgedAt AT = JudgedAt.exactly(NOW);
    static final SimulatedAmd AMD = SimulatedAmd.of(NOW, AmdProduct.MILAN);
    static final SnpCollateral COLLATERAL = AMD.collateral(SigningKey.VCEK);
    static final SnpVerifier VERIFIER = new SnpVerifier(List.of(AMD.trustRoot()));
    static final byte[] REPORT_DATA = filled(64, 0x5a);
    static final SimulatedGuest GUEST = SimulatedGuest.of(AMD, filled(48, 0x11));

    private SnpFixtures() {}

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
