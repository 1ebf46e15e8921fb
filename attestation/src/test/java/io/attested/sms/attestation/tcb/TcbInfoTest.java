package io.attested.sms.attestation.tcb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.TcbClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.pki.PckExtension;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcbInfoTest {
    /** Two levels: components 3 and PCESVN 10 are current, components 2 and PCESVN 5 outdated. */
    private static final String LEVELS =
            level(2, 5, "OutOfDate", ",\"advisoryIDs\":[\"B\",\"A\"]") + "," + level(3, 10, "UpToDate", "");

    @ParameterizedTest
    @CsvSource({
        "3, 10, UP_TO_DATE",
        "255, 65535, UP_TO_DATE",
        "3, 9, OUT_OF_DATE",
        "2, 10, OUT_OF_DATE",
        "2, 5, OUT_OF_DATE"
    })
    void aLevelNeedsEveryComponentAndThePceSvn(int component, int pceSvn, TcbStatus expected) throws Exception {
        assertThat(evaluate(LEVELS, platform(component, pceSvn)).status().orElseThrow())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 4", "0, 0"})
    void aPlatformBelowEveryLevelIsNotSupported(int component, int pceSvn) {
        assertThatThrownBy(() -> evaluate(LEVELS, platform(component, pceSvn)))
                .isInstanceOfSatisfying(
                        EvidenceRejected.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.TCB_NOT_SUPPORTED));
    }

    @Test
    void oneComponentBelowIsEnough() throws Exception {
        byte[] components = filled(3);
        components[15] = 2;
        PckExtension platform = platform(components, 10);
        assertThat(evaluate(LEVELS, platform).status().orElseThrow()).isEqualTo(TcbStatus.OUT_OF_DATE);
    }

    @Test
    void advisoriesAreSorted() throws Exception {
        assertThat(evaluate(LEVELS, platform(2, 5)).advisories()).containsExactly("A", "B");
    }

    @Test
    void version2IsForSgxWithoutSayingSo() throws Exception {
        assertThat(read(version2(LEVELS)).id()).isEqualTo("SGX");
        malformed(version2(LEVELS).replace("\"version\":2", "\"version\":3"));
    }

    @Test
    void version2NamesNoAdvisories() throws Exception {
        assertThat(read(version2(LEVELS)).namesAdvisories()).isFalse();
        assertThat(evaluate(LEVELS, platform(3, 10)).advisoriesKnown()).isFalse();
        assertThat(TcbInfo.read(SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32])
                                .collateral()
                                .tcbInfo())
                        .namesAdvisories())
                .isTrue();
    }

    @Test
    void anOutdatedComponentWithoutABetterLevelHasNoDateOfItsOwn() throws Exception {
        assertThat(evaluate(LEVELS, platform(2, 5)).outdatedSince()).contains(Instant.parse("2025-01-01T00:00:00Z"));
        String onlyOutdated = level(2, 5, "OutOfDate", "");
        assertThat(evaluate(onlyOutdated, platform(2, 5)).outdatedSince()).isEmpty();
        // The quoting enclave's better level is known, the platform's is not: no grace may start from the first.
        assertThat(evaluate(onlyOutdated, platform(2, 5), 6).outdatedSince()).isEmpty();
        assertThat(evaluate(level(2, 5, "UpToDate", ""), platform(2, 5), 6).outdatedSince())
                .contains(Instant.parse("2025-08-13T00:00:00Z"));
    }

    @Test
    void hexMayHaveEitherCase() throws Exception {
        assertThat(read(version2(LEVELS)).fmspc()).isEqualTo(ByteString.ofHex("00606a000000"));
    }

    @Test
    void impossibleValuesAreMalformed() {
        malformed(version2(""));
        malformed(version2(LEVELS).replace("00606A000000", "00606A0000"));
        malformed(version2(LEVELS).replace("\"pcesvn\":10", "\"pcesvn\":65536"));
        malformed(version2(LEVELS).replace("\"pcesvn\":10", "\"pcesvn\":-1"));
        malformed(version2(LEVELS).replace("\"pcesvn\":10", "\"pcesvn\":10.0"));
        malformed(version2(LEVELS).replace("\"pcesvn\":10", "\"pcesvn\":\"10\""));
        malformed(version2(LEVELS).replace("comp16svn\":3", "comp16svn\":256"));
        malformed(version2(LEVELS).replace("comp16svn", "comp17svn"));
        malformed(version2(LEVELS).replace("2026-01-01T00:00:00Z", "2026-01-01"));
        malformed(version2(LEVELS).replace("[\"B\"", "[1"));
    }

    private static void malformed(String json) {
        assertThat(json).isNotEqualTo(version2(LEVELS));
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        EvidenceRejected.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.COLLATERAL_MALFORMED));
    }

    /** With a quoting enclave that is up to date. */
    private static TcbClaims evaluate(String levels, PckExtension platform) throws EvidenceRejected {
        return evaluate(levels, platform, 0xff);
    }

    private static TcbClaims evaluate(String levels, PckExtension platform, int qeSvn) throws EvidenceRejected {
        QeIdentity qe = QeIdentity.read(SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32])
                .collateral()
                .qeIdentity());
        byte[] report = new byte[EnclaveReport.LENGTH];
        report[258] = (byte) qeSvn;
        EnclaveReport current = EnclaveReport.of(report);
        return new TcbEvaluation(read(version2(levels)), qe).evaluate(platform, current, current);
    }

    private static TcbInfo read(String json) throws EvidenceRejected {
        return TcbInfo.read(ByteString.copyOf(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String version2(String levels) {
        return "{\"version\":2,\"issueDate\":\"2026-01-01T00:00:00Z\",\"nextUpdate\":\"2026-01-31T00:00:00Z\","
                + "\"fmspc\":\"00606A000000\",\"pceId\":\"0000\",\"tcbType\":0,\"tcbEvaluationDataNumber\":9,"
                + "\"tcbLevels\":[" + levels + "]}";
    }

    private static String level(int component, int pceSvn, String status, String advisories) {
        String components = IntStream.rangeClosed(1, 16)
                .mapToObj(i -> String.format(Locale.ROOT, "\"sgxtcbcomp%02dsvn\":%d", i, component))
                .collect(Collectors.joining(","));
        return "{\"tcb\":{" + components + ",\"pcesvn\":" + pceSvn + "},\"tcbDate\":\"2025-01-01T00:00:00Z\","
                + "\"tcbStatus\":\"" + status + "\"" + advisories + "}";
    }

    private static PckExtension platform(int component, int pceSvn) {
        return platform(filled(component), pceSvn);
    }

    private static PckExtension platform(byte[] components, int pceSvn) {
        ByteString raw = ByteString.copyOf(components);
        return new PckExtension(
                raw, raw, pceSvn, raw, ByteString.ofHex("0000"), ByteString.ofHex("00606a000000"), Optional.empty());
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
