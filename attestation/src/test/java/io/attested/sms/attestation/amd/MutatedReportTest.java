package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.amd.SnpFixtures.AMD;
import static io.attested.sms.attestation.amd.SnpFixtures.AT;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;
import static io.attested.sms.attestation.amd.SnpFixtures.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No byte of a report or of what comes beside it is ignored. */
class MutatedReportTest {
    private final byte[] report = GUEST.report(REPORT_DATA);

    @Test
    void aFlippedBitAtAnyOffsetOfTheReportIsRefused() {
        assertThat(VERIFIER.verify(report, COLLATERAL, AT)).isInstanceOf(Verified.class);
        assertThat(IntStream.range(0, report.length)
                        .parallel()
                        .filter(offset -> VERIFIER.verify(flipped(report, offset), COLLATERAL, AT) instanceof Verified))
                .isEmpty();
    }

    @Test
    void aFlippedBitAtAnyOffsetOfTheSignersCertificateIsRefused() {
        byte[] signer = COLLATERAL.signer().toByteArray();
        requireRefused(
                signer.length,
                offset -> new SnpCollateral(
                        ByteString.copyOf(flipped(signer, offset)),
                        COLLATERAL.chainPem(),
                        COLLATERAL.revocationList()));
    }

    @Test
    void aFlippedBitAtAnyOffsetOfTheRevocationListIsRefused() {
        byte[] list = AMD.listTerms().sign().toByteArray();
        requireRefused(
                list.length,
                offset -> new SnpCollateral(
                        COLLATERAL.signer(),
                        COLLATERAL.chainPem(),
                        Optional.of(ByteString.copyOf(flipped(list, offset)))));
    }

    private void requireRefused(int length, IntFunction<SnpCollateral> mutated) {
        assertThat(IntStream.range(0, length)
                        .parallel()
                        .filter(offset -> VERIFIER.verify(report, mutated.apply(offset), AT) instanceof Verified))
                .isEmpty();
    }

    @Test
    void noOtherLengthIsAccepted() {
        for (int length = 0; length < report.length + 100; length += 1) {
            if (length != report.length) {
                assertThat(VERIFIER.verify(Arrays.copyOf(report, length), COLLATERAL, AT))
                        .as("%d bytes", length)
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[SnpReport.LENGTH];
            random.nextBytes(bytes);
            assertThat(VERIFIER.verify(bytes, COLLATERAL, AT)).isInstanceOf(Rejected.class);
            byte[] der = new byte[random.nextInt(2000)];
            random.nextBytes(der);
            SnpCollateral noise = new SnpCollateral(
                    ByteString.copyOf(der), COLLATERAL.chainPem(), Optional.of(ByteString.copyOf(der)));
            assertThat(VERIFIER.verify(report, noise, AT)).isInstanceOf(Rejected.class);
        }
    }

    private static byte[] flipped(byte[] bytes, int offset) {
        byte[] flipped = bytes.clone();
        flipped[offset] ^= (byte) (1 << offset % 8);
        return flipped;
    }
}
