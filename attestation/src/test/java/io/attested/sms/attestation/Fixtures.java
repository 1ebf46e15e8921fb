package io.attested.sms.attestation;

import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.RememberedSignatures;
import io.attested.sms.attestation.simulated.SimulatedBaseImage;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import java.time.Instant;
import java.util.Arrays;

/** One PKI and one enclave that are the same in every run. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, filled(32, 7));
    static final byte[] REPORT_DATA = filled(64, 0x5a);
    static final SimulatedEnclave ENCLAVE = SimulatedEnclave.of(INTEL, filled(32, 0x11));

    static final SimulatedTrustDomain DOMAIN = SimulatedTrustDomain.of(INTEL, SimulatedBaseImage.named("base"))
            .launched(filled(32, 0x33), filled(32, 0x44));

    private Fixtures() {}

    /**
     * A verifier with the memory that the service gives its own: positive signature checks and what content says. Without
     * it, tens of thousands of damaged quotes cost ten signatures each instead of the one that fails.
     */
    static QuoteVerifier remembering(TrustRoot root) {
        return new QuoteVerifier(
                root, new RememberedSignatures(new BouncyCastleP256(), 1000), new RememberedReadings(1 << 20));
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
