package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.remembering;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.QuoteForm;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte of a trust domain's quote is ignored, in no version. */
class MutatedTrustDomainQuoteTest {
    private final QuoteVerifier verifier = remembering(INTEL.trustRoot());
    private final Collateral collateral = INTEL.tdxCollateral();

    @ParameterizedTest
    @EnumSource(
            value = QuoteForm.class,
            names = {"TDX_V4", "TDX_V5_1_0", "TDX_V5_1_5"})
    void aFlippedBitAtAnyOffsetIsRefused(QuoteForm form) {
        byte[] quote = quote(form);
        assertThat(verifier.verify(quote, collateral, NOW)).isInstanceOf(Verified.class);
        assertThat(IntStream.range(0, quote.length).parallel().filter(offset -> {
                    byte[] mutated = quote.clone();
                    mutated[offset] ^= (byte) (1 << offset % 8);
                    return verifier.verify(mutated, collateral, NOW) instanceof Verified;
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = QuoteForm.class,
            names = {"TDX_V4", "TDX_V5_1_0", "TDX_V5_1_5"})
    void noTruncationIsAccepted(QuoteForm form) {
        byte[] quote = quote(form);
        for (int length = 0; length < quote.length; length += length < 1400 ? 1 : 97) {
            assertThat(verifier.verify(Arrays.copyOf(quote, length), collateral, NOW))
                    .as("%d bytes", length)
                    .isInstanceOf(Rejected.class);
        }
    }

    private static byte[] quote(QuoteForm form) {
        return DOMAIN.withForm(form)
                .draft(REPORT_DATA)
                .authenticationData(new byte[4])
                .sign();
    }
}
