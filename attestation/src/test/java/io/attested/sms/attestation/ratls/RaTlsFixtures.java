package io.attested.sms.attestation.ratls;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedKey;
import io.attested.sms.attestation.simulated.SimulatedRaTls;
import java.time.Instant;

/** One enclave with one key that are the same in every run. */
final class RaTlsFixtures {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, new byte[32]);
    static final SimulatedEnclave ENCLAVE = SimulatedEnclave.of(INTEL, new byte[32]);
    static final SimulatedKey KEY = INTEL.key("tls");
    static final SimulatedKey OTHER_KEY = INTEL.key("other tls");
    static final SimulatedRaTls RATLS = SimulatedRaTls.of(ENCLAVE, KEY);

    private RaTlsFixtures() {}

    /** The verdict on the presented quote and its binding. */
    static Verdict verdict(RaTlsEvidence evidence) {
        return evidence.bound(
                new QuoteVerifier(INTEL.trustRoot()).verify(evidence.quote().toByteArray(), INTEL.collateral(), NOW));
    }
}
