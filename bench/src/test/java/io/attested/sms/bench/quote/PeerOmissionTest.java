package io.attested.sms.bench.quote;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Checks that {@code @phala/dcap-qvl} 0.3.9 leaves out and ours makes, on simulated evidence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerOmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SimulatedIntel INTEL = SimulatedIntel.ofSeed(NOW, new byte[32]);
    private static final SimulatedEnclave ENCLAVE = SimulatedEnclave.of(INTEL, new byte[32]);
    private static final Judgement FINE = new Judgement.Accepted("UpToDate", new TreeSet<>());

    private Peer peer;

    @BeforeAll
    void start() {
        peer = Peer.start();
    }

    @AfterAll
    void stop() {
        peer.close();
    }

    @Test
    void bothAcceptTheTwin() {
        Evidence evidence = evidence(ENCLAVE.quote(new byte[64]), INTEL.collateral());
        assertThat(ours(evidence)).isInstanceOf(Verdict.Verified.class);
        assertThat(peers(evidence)).isEqualTo(FINE);
    }

    @Test
    void theTcbInfoOfAnotherPcEnclavePassesThere() {
        Collateral other = INTEL.collateralDraft()
                .tcbInfo(json -> json.replace("\"pceId\":\"0000\"", "\"pceId\":\"0001\""))
                .sign();
        requireOmission(evidence(ENCLAVE.quote(new byte[64]), other), RejectionReason.TCB_INFO_MISMATCH);
    }

    @Test
    void aQuotingEnclaveOfAnotherVendorPassesThere() {
        byte[] quote =
                ENCLAVE.draft(new byte[64]).header(header -> header[12] ^= 1).sign();
        requireOmission(evidence(quote, INTEL.collateral()), RejectionReason.UNKNOWN_QE_VENDOR);
    }

    @Test
    void aForgedRevocationListPassesThere() {
        Collateral forged = INTEL.collateralDraft()
                .pckCrl(terms -> terms.signedBy(INTEL.key("nobody vouches for this one")))
                .sign();
        requireOmission(evidence(ENCLAVE.quote(new byte[64]), forged), RejectionReason.CRL_INVALID);
    }

    @Test
    void anExpiredRevocationListPassesThere() {
        Collateral expired = INTEL.collateralDraft()
                .pckCrl(terms -> terms.valid(NOW.minusSeconds(7200), NOW.minusSeconds(3600)))
                .sign();
        requireOmission(evidence(ENCLAVE.quote(new byte[64]), expired), RejectionReason.CRL_EXPIRED);
    }

    private void requireOmission(Evidence evidence, RejectionReason reason) {
        assertThat(ours(evidence))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        assertThat(peers(evidence)).isEqualTo(FINE);
    }

    private Judgement peers(Evidence evidence) {
        return peer.judge(evidence, evidence.collateral().toJsonNode());
    }

    private static Verdict ours(Evidence evidence) {
        return new QuoteVerifier(evidence.root())
                .verify(evidence.quote().toByteArray(), evidence.collateral(), evidence.at());
    }

    private static Evidence evidence(byte[] quote, Collateral collateral) {
        return new Evidence("simulated", ByteString.copyOf(quote), collateral, INTEL.trustRoot(), NOW);
    }
}
