package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.pki.PckPlatform;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import io.attested.sms.attestation.simulated.SimulatedTcb;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a quote proves without collateral. */
class OriginTest {
    private static final JudgedAt AT = JudgedAt.exactly(NOW);
    private static final PckPlatform PLATFORM =
            new PckPlatform(ByteString.ofHex(SimulatedIntel.FMSPC_HEX), PckAuthority.PLATFORM);

    private final QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());

    @Test
    void genuineQuotesProveTheirPlatform() {
        assertThat(verifier.verifyOrigin(ENCLAVE.quote(REPORT_DATA), Optional.empty(), AT))
                .isEqualTo(new Origin.Proven(PLATFORM, Tee.SGX, ByteString.copyOf(REPORT_DATA)));
        assertThat(verifier.verifyOrigin(DOMAIN.quote(REPORT_DATA), Optional.empty(), AT))
                .isEqualTo(new Origin.Proven(PLATFORM, Tee.TDX, ByteString.copyOf(REPORT_DATA)));
        assertThat(verifier.verifyOrigin(ENCLAVE.withProcessorCa().quote(REPORT_DATA), Optional.empty(), AT))
                .isInstanceOfSatisfying(
                        Origin.Proven.class,
                        proven -> assertThat(proven.platform().authority()).isEqualTo(PckAuthority.PROCESSOR));
    }

    @Test
    void chainBesideTheQuoteIsUsedOnlyForAQuoteWithoutOne() {
        byte[] naming =
                ENCLAVE.draft(REPORT_DATA).certification(1, new byte[36]).sign();
        assertThat(verifier.verifyOrigin(naming, Optional.of(chain()), AT)).isInstanceOf(Origin.Proven.class);
        requireRefused(naming, Optional.empty(), RejectionReason.CERT_CHAIN_INVALID);
        assertThat(verifier.verifyOrigin(ENCLAVE.quote(REPORT_DATA), Optional.of("no chain"), AT))
                .isInstanceOf(Origin.Proven.class);
    }

    @Test
    void everyStepRefusesWithTheReasonOfTheFullVerification() {
        byte[] quote = ENCLAVE.quote(REPORT_DATA);
        SimulatedIntel other = SimulatedIntel.ofSeed(NOW, filled(32, 9));
        requireRefused(Arrays.copyOf(quote, 40), RejectionReason.MALFORMED_QUOTE);
        requireRefused(
                SimulatedEnclave.of(other, filled(32, 1)).quote(REPORT_DATA), RejectionReason.CERT_CHAIN_UNTRUSTED);
        requireRefused(
                ENCLAVE.draft(REPORT_DATA)
                        .certification(5, swappedCa().getBytes(StandardCharsets.US_ASCII))
                        .sign(),
                RejectionReason.CERT_CHAIN_INVALID);
        requireRefused(
                ENCLAVE.draft(REPORT_DATA).qeReportSigner(INTEL.key("stranger")).sign(),
                RejectionReason.QE_REPORT_SIGNATURE_INVALID);
        requireRefused(
                ENCLAVE.draft(REPORT_DATA).unvouchedKey(INTEL.key("stranger")).sign(),
                RejectionReason.QE_REPORT_DATA_MISMATCH);
        requireRefused(
                ENCLAVE.draft(REPORT_DATA).quoteSigner(INTEL.key("stranger")).sign(),
                RejectionReason.QUOTE_SIGNATURE_INVALID);
    }

    @Test
    void graceExtendsNoCertificate() {
        JudgedAt late = new JudgedAt(NOW.plus(Duration.ofDays(10 * 365 + 1)), Duration.ofDays(30));
        assertThat(verifier.verifyOrigin(ENCLAVE.quote(REPORT_DATA), Optional.empty(), late))
                .isInstanceOfSatisfying(
                        Origin.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(RejectionReason.CERT_EXPIRED));
    }

    private void requireRefused(byte[] quote, RejectionReason reason) {
        requireRefused(quote, Optional.empty(), reason);
    }

    /** Full verification with good collateral comes to the same rejection. */
    private void requireRefused(byte[] quote, Optional<String> chain, RejectionReason reason) {
        Origin origin = verifier.verifyOrigin(quote, chain, AT);
        assertThat(origin)
                .isInstanceOfSatisfying(
                        Origin.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(reason));
        assertThat(verifier.verify(quote, INTEL.collateral(), AT)).isEqualTo(((Origin.Refused) origin).rejection());
    }

    private static String chain() {
        return INTEL.platformAuthority()
                        .issue(INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true))
                        .pem()
                + INTEL.platformAuthority().pem()
                + INTEL.rootPem();
    }

    private static String swappedCa() {
        return INTEL.platformAuthority()
                        .issue(INTEL.pckTerms(SimulatedTcb.UP_TO_DATE, true))
                        .pem()
                + INTEL.processorAuthority().pem()
                + INTEL.rootPem();
    }
}
