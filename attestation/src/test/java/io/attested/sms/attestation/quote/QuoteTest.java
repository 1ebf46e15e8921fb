package io.attested.sms.attestation.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {
    private static final SimulatedIntel INTEL =
            SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32]);
    private static final byte[] CONFIG_ID = filled(64, 0x77);
    private static final SimulatedEnclave ENCLAVE =
            SimulatedEnclave.of(INTEL, filled(32, 0x33)).withConfigId(CONFIG_ID);

    @Test
    void rawReportTellsWhatTheEnclaveIs() {
        EnclaveReport report = EnclaveReport.of(ENCLAVE.report(filled(64, 1)));
        assertThat(report.mrEnclave().toByteArray()).isEqualTo(filled(32, 0x33));
        assertThat(report.configId().toByteArray()).isEqualTo(CONFIG_ID);
        assertThat(report.reportData().toByteArray()).isEqualTo(filled(64, 1));
        assertThat(report.debug()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 383, 385})
    void rawReportOfAnotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnclaveReport.of(new byte[length]))
                .withMessageContaining("expected 384");
    }

    @Test
    void quoteCarriesTheSameReport() {
        byte[] report = ENCLAVE.report(new byte[64]);
        assertThat(Quote.parse(ENCLAVE.quote(new byte[64])))
                .isInstanceOfSatisfying(
                        QuoteParsing.Parsed.class,
                        parsed -> assertThat(parsed.quote().body().raw().toByteArray())
                                .isEqualTo(report));
    }

    @Test
    void malformedQuoteNamesTheField() {
        byte[] quote = ENCLAVE.quote(new byte[64]);
        assertThat(detail(Arrays.copyOf(quote, 1))).isEqualTo("version at offset 0 is 1 bytes, expected 2 bytes");
        assertThat(detail(Arrays.copyOf(quote, 431)))
                .isEqualTo("enclave report at offset 48 is 383 bytes, expected 384 bytes");
        assertThat(detail(Arrays.copyOf(quote, 435)))
                .isEqualTo("signature data length at offset 432 is 3 bytes, expected 4 bytes");
        byte[] shorter = quote.clone();
        shorter[432]--;
        assertThat(detail(shorter)).startsWith("certification data at offset");
        byte[] longer = Arrays.copyOf(quote, quote.length + 1);
        longer[432]++;
        assertThat(detail(longer)).isEqualTo("signature data is 1 bytes longer, expected ending with its last field");
    }

    private static String detail(byte[] bytes) {
        QuoteParsing.Malformed malformed = (QuoteParsing.Malformed) Quote.parse(bytes);
        assertThat(malformed.rejection().reason()).isEqualTo(RejectionReason.MALFORMED_QUOTE);
        return malformed.rejection().detail();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
