package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.amd.SnpFixtures.AT;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;
import static io.attested.sms.attestation.amd.SnpFixtures.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.Verdict.Verified;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whatever the bytes are, each reader answers, and what is verified is what the one guest said. */
class SnpFuzzTest {
    private static final byte[] REPORT = GUEST.report(REPORT_DATA);

    @FuzzTest(maxDuration = "10m")
    void parse(byte[] bytes) {
        if (SnpReport.parse(bytes) instanceof SnpReportParsing.Parsed parsed) {
            assertThat(parsed.report().raw().toByteArray()).isEqualTo(bytes);
            assertThat(parsed.report().vmpl()).isBetween(0L, 3L);
            assertThat(parsed.report().signingKey()).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void report(byte[] bytes) {
        requireTheGuest(bytes, COLLATERAL);
    }

    @FuzzTest(maxDuration = "10m")
    void signer(byte[] der) {
        requireTheGuest(
                REPORT, new SnpCollateral(ByteString.copyOf(der), COLLATERAL.chainPem(), COLLATERAL.revocationList()));
    }

    @FuzzTest(maxDuration = "10m")
    void chain(byte[] pem) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        requireTheGuest(REPORT, new SnpCollateral(COLLATERAL.signer(), text, COLLATERAL.revocationList()));
    }

    @FuzzTest(maxDuration = "10m")
    void revocationList(byte[] der) {
        try {
            assertThat(AmdRevocationList.read(ByteString.copyOf(der)).revoked()).isNotNull();
        } catch (EvidenceRejected refused) {
            assertThat(refused.verdict().detail()).isNotBlank();
        }
        requireTheGuest(
                REPORT,
                new SnpCollateral(COLLATERAL.signer(), COLLATERAL.chainPem(), Optional.of(ByteString.copyOf(der))));
    }

    private static void requireTheGuest(byte[] report, SnpCollateral collateral) {
        if (VERIFIER.verify(report, collateral, AT) instanceof Verified verified) {
            assertThat(verified.claims().code().measurement()).isEqualTo(GUEST.measurement());
            assertThat(verified.claims().reportData().toByteArray()).isEqualTo(REPORT_DATA);
            // The corpus holds a guest of the same platform that allows debugging: verified, and said to.
            long policy = ((SnpClaims) verified.claims().code()).policy();
            assertThat(verified.claims().debug()).isEqualTo((policy >> 19 & 1) == 1);
        }
    }
}
