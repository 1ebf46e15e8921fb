package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;

/** Whatever the bytes are, the verifier answers, and what it verifies is what the one enclave said. */
class VerifierFuzzTest {
    private static final QuoteVerifier VERIFIER = new QuoteVerifier(INTEL.trustRoot());
    private static final Collateral COLLATERAL = INTEL.collateral();
    private static final byte[] QUOTE = ENCLAVE.quote(REPORT_DATA);

    @FuzzTest(maxDuration = "10m")
    void quote(byte[] quote) {
        if (VERIFIER.verify(quote, COLLATERAL, NOW) instanceof Verified verified) {
            requireTheEnclave(verified.claims());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void collateral(byte[] json) {
        if (Collateral.parse(json) instanceof CollateralParsing.Parsed parsed
                && VERIFIER.verify(QUOTE, parsed.collateral(), NOW) instanceof Verified verified) {
            requireTheEnclave(verified.claims());
            assertThat(verified.claims().tcb().status()).contains(TcbStatus.UP_TO_DATE);
        }
    }

    private static void requireTheEnclave(Claims claims) {
        assertThat(claims.code().measurement()).isEqualTo(ENCLAVE.mrEnclave());
        assertThat(claims.reportData().toByteArray()).isEqualTo(REPORT_DATA);
        assertThat(claims.debug()).isFalse();
    }
}
