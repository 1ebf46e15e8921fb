package io.attested.sms.attestation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.amd.AmdChecks;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;
import io.attested.sms.attestation.amd.SnpCollateral;
import io.attested.sms.attestation.amd.SnpReport;
import io.attested.sms.attestation.amd.SnpVerifier;
import io.attested.sms.attestation.simulated.AmdCrlTerms;
import io.attested.sms.attestation.simulated.KdsStandIn;
import io.attested.sms.attestation.simulated.KdsStandIn.Behaviour;
import io.attested.sms.attestation.simulated.SimulatedAmd;
import io.attested.sms.attestation.simulated.SimulatedGuest;
import io.attested.sms.attestation.source.CollateralAnswer.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class CachedAmdCollateralTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int BOUND = 3;
    private static final String MILAN_QUERY = "?blSPL=03&teeSPL=00&snpSPL=08&ucodeSPL=115";
    private static final String TURIN_QUERY = "?fmcSPL=01&blSPL=02&teeSPL=03&snpSPL=04&ucodeSPL=72";

    private final KdsStandIn kds = KdsStandIn.start();
    private final SourceScene.Clock clock = new SourceScene.Clock(NOW);
    private SimulatedAmd amd = SimulatedAmd.of(NOW, AmdProduct.MILAN);
    private Duration grace = Duration.ZERO;
    private Duration timeout = Duration.ofSeconds(30);

    CachedAmdCollateralTest() {
        publish(amd.listTerms());
    }

    @AfterEach
    void stop() {
        kds.close();
    }

    private void publish(AmdCrlTerms list) {
        for (SigningKey kind : SigningKey.values()) {
            String paths = (kind == SigningKey.VCEK ? "/vcek" : "/vlek") + "/v1/"
                    + amd.product().text();
            kds.publish(paths + "/cert_chain", amd.chainPem(kind).getBytes(StandardCharsets.US_ASCII));
            kds.publish(paths + "/crl", list.sign().toByteArray());
        }
        kds.publish(vcekPath(), amd.collateral(SigningKey.VCEK).signer().toByteArray());
    }

    private String vcekPath() {
        boolean turin = amd.product() == AmdProduct.TURIN;
        String id = HexFormat.of().formatHex(amd.chipId(), 0, turin ? 8 : 64);
        return "/vcek/v1/" + amd.product().text() + "/" + id + (turin ? TURIN_QUERY : MILAN_QUERY);
    }

    private CachedAmdCollateral cache(Optional<Path> folder) throws IOException {
        PatientWeb web = new PatientWeb(JdkWeb.open(), timeout, clock, new Random(1), pause -> {});
        return cache(folder, Optional.of(KdsClient.mirror(web, kds.base())));
    }

    private CachedAmdCollateral cache(Optional<Path> folder, Optional<AmdPublisher> publisher) throws IOException {
        Optional<CollateralFolder> opened =
                folder.isPresent() ? Optional.of(CollateralFolder.open(folder.get())) : Optional.empty();
        return CachedAmdCollateral.open(
                new CachedAmdCollateral.Surroundings(
                        AmdChecks.under(List.of(amd.trustRoot())), publisher, opened, clock, AmdEvents.none()),
                new CachedCollateral.Terms(grace, Duration.ofSeconds(20), Duration.ofSeconds(30), BOUND, 64));
    }

    private byte[] reportBytes() {
        return SimulatedGuest.of(amd, new byte[48]).report(new byte[64], this::markProduct);
    }

    private void markProduct(byte[] report) {
        report[0x188] = (byte) (amd.product() == AmdProduct.TURIN ? 0x1a : 0x19);
        report[0x189] = (byte) (amd.product() == AmdProduct.GENOA ? 0x11 : 0x01);
    }

    private SnpReport report() {
        return new SnpReport(ByteString.copyOf(reportBytes()));
    }

    private SnpReport reportOfChip(int chip) {
        byte[] bytes = reportBytes();
        bytes[0x1a0] = (byte) chip;
        return new SnpReport(ByteString.copyOf(bytes));
    }

    private static AmdAnswer get(CachedAmdCollateral cache, SnpReport report) {
        return cache.get(report, Optional.empty(), Optional.empty());
    }

    private static SnpCollateral found(AmdAnswer answer) {
        assertThat(answer).isInstanceOf(AmdAnswer.Found.class);
        return ((AmdAnswer.Found) answer).collateral();
    }

    private static Reason reason(AmdAnswer answer) {
        assertThat(answer).isInstanceOf(AmdAnswer.Unavailable.class);
        return ((AmdAnswer.Unavailable) answer).reason();
    }

    @ParameterizedTest
    @EnumSource
    void fetchesWhatVerifiesAReportOfEachProductAndAsksOnce(AmdProduct product) throws IOException {
        amd = SimulatedAmd.of(NOW, product);
        publish(amd.listTerms());
        CachedAmdCollateral cache = cache(Optional.empty());
        SnpCollateral collateral = found(get(cache, report()));
        assertThat(new SnpVerifier(List.of(amd.trustRoot())).verify(reportBytes(), collateral, JudgedAt.exactly(NOW)))
                .isInstanceOf(Verdict.Verified.class);
        assertThat(kds.requests())
                .containsExactly(
                        "/vcek/v1/" + product.text() + "/cert_chain",
                        "/vcek/v1/" + product.text() + "/crl",
                        vcekPath());
        found(get(cache, report()));
        assertThat(kds.requests()).hasSize(3);
    }

    @Test
    void opensNothingBeforeItIsAsked() throws IOException {
        cache(Optional.empty());
        assertThat(kds.requests()).isEmpty();
    }

    @Test
    void getWhenReportNamesNoProductThenTheCallersIsUsed() throws IOException {
        byte[] old = SimulatedGuest.of(amd, new byte[48]).report(new byte[64], bytes -> {
            bytes[0] = 2;
            bytes[0x188] = 0;
            bytes[0x189] = 0;
            bytes[0x18a] = 0;
        });
        SnpReport report = new SnpReport(ByteString.copyOf(old));
        CachedAmdCollateral cache = cache(Optional.empty());
        assertThat(reason(get(cache, report))).isEqualTo(Reason.UNKNOWN_PLATFORM);
        assertThat(kds.requests()).isEmpty();
        found(cache.get(report, Optional.of(AmdProduct.MILAN), Optional.empty()));
    }

    @Test
    void getWhenChipIsMaskedThenNobodyIsAsked() throws IOException {
        byte[] bytes = reportBytes();
        Arrays.fill(bytes, 0x1a0, 0x1e0, (byte) 0);
        AmdAnswer answer = get(cache(Optional.empty()), new SnpReport(ByteString.copyOf(bytes)));
        assertThat(reason(answer)).isEqualTo(Reason.UNKNOWN_PLATFORM);
        assertThat(kds.requests()).isEmpty();
    }

    @Test
    void getWhenProviderSignsThenItsCertificateComesFromTheCaller() throws IOException {
        byte[] bytes = SimulatedGuest.of(amd, new byte[48]).withProviderKey().report(new byte[64]);
        SnpReport report = new SnpReport(ByteString.copyOf(bytes));
        CachedAmdCollateral cache = cache(Optional.empty());
        assertThat(reason(get(cache, report))).isEqualTo(Reason.UNKNOWN_PLATFORM);
        ByteString vlek = amd.collateral(SigningKey.VLEK).signer();
        SnpCollateral collateral = found(cache.get(report, Optional.empty(), Optional.of(vlek)));
        assertThat(new SnpVerifier(List.of(amd.trustRoot())).verify(bytes, collateral, JudgedAt.exactly(NOW)))
                .isInstanceOf(Verdict.Verified.class);
        assertThat(kds.requests()).containsExactly("/vlek/v1/Milan/cert_chain", "/vlek/v1/Milan/crl");
    }

    @ParameterizedTest
    @CsvSource({
        "DOWN, UNREACHABLE, 3",
        "BUSY, UNREACHABLE, 3",
        "HUGE, UNREACHABLE, 3",
        "LATE, UNREACHABLE, 3",
        "HTML, WRONG_ANSWER, 2",
        "REDIRECTING, WRONG_ANSWER, 1"
    })
    void getWhenServiceMisbehavesThenNothingIsTakenAndItRecoversByItself(
            Behaviour behaviour, Reason expected, int requests) throws IOException {
        if (behaviour == Behaviour.LATE) {
            timeout = Duration.ofMillis(800);
        }
        CachedAmdCollateral cache = cache(Optional.empty());
        kds.behave(behaviour);
        assertThat(reason(get(cache, report()))).isEqualTo(expected);
        assertThat(kds.requests()).hasSize(requests);
        // Within the pause nobody is asked.
        assertThat(reason(get(cache, report()))).isEqualTo(expected);
        assertThat(kds.requests()).hasSize(requests);
        kds.behave(Behaviour.NORMAL);
        clock.pass(Duration.ofSeconds(31));
        found(get(cache, report()));
    }

    @Test
    void getWhenChainIsOfAnotherProductOrRootThenItIsRefused() throws IOException {
        for (SimulatedAmd other :
                List.of(SimulatedAmd.of(NOW, AmdProduct.GENOA), SimulatedAmd.foreign(NOW, AmdProduct.MILAN))) {
            byte[] chain = other.chainPem(SigningKey.VCEK).getBytes(StandardCharsets.US_ASCII);
            kds.publish("/vcek/v1/Milan/cert_chain", chain);
            assertThat(reason(get(cache(Optional.empty()), report()))).isEqualTo(Reason.WRONG_ANSWER);
        }
    }

    @Test
    void getWhenCertificateIsOfAnotherVersionOrProviderThenItIsRefused() throws IOException {
        ByteString older = amd.authority(SigningKey.VCEK)
                .issue(amd.signerTerms(SigningKey.VCEK).with("3.8", new byte[] {2, 1, 1}));
        for (ByteString wrong : List.of(older, amd.collateral(SigningKey.VLEK).signer())) {
            kds.publish(vcekPath(), wrong.toByteArray());
            assertThat(reason(get(cache(Optional.empty()), report()))).isEqualTo(Reason.WRONG_ANSWER);
        }
    }

    @Test
    void getWhenListIsForgedRevokingOrPastThenItIsRefused() throws IOException {
        for (AmdCrlTerms wrong : List.of(
                amd.listTerms()
                        .signedBy(SimulatedAmd.foreign(NOW, AmdProduct.MILAN)
                                .root()
                                .key()),
                amd.listTerms().revoking(BigInteger.valueOf(0x10001)),
                amd.listTerms().valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1)))) {
            publish(wrong);
            assertThat(reason(get(cache(Optional.empty()), report()))).isEqualTo(Reason.WRONG_ANSWER);
        }
    }

    @Test
    void getWhenChipIsUnknownThenMessageDoesNotNameIt() throws IOException {
        AmdAnswer answer = get(cache(Optional.empty()), reportOfChip(0x77));
        assertThat(reason(answer)).isEqualTo(Reason.UNKNOWN_PLATFORM);
        assertThat(((AmdAnswer.Unavailable) answer).detail())
                .doesNotContain(HexFormat.of().formatHex(amd.chipId(), 1, 64));
    }

    @Test
    void getWhenChipsAreInventedThenRequestsAreBounded() throws IOException {
        CachedAmdCollateral cache = cache(Optional.empty());
        for (int chip = 1; chip <= 100; chip++) {
            get(cache, reportOfChip(chip));
        }
        assertThat(kds.requests()).hasSize(2 + BOUND);
        assertThat(reason(get(cache, reportOfChip(101)))).isEqualTo(Reason.BOUND_REACHED);
        clock.pass(Duration.ofMinutes(61));
        found(get(cache, report()));
    }

    @Test
    void getWhenOneChipHasManyVersionsThenRequestsAreBounded() throws IOException {
        CachedAmdCollateral cache = cache(Optional.empty());
        for (int microcode = 0; microcode < 100; microcode++) {
            byte[] bytes = reportBytes();
            bytes[0x187] = (byte) microcode;
            get(cache, new SnpReport(ByteString.copyOf(bytes)));
        }
        assertThat(kds.requests()).hasSize(2 + BOUND);
    }

    @Test
    void manyCallersCauseOneFetch() throws Exception {
        CachedAmdCollateral cache = cache(Optional.empty());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<AmdAnswer> call = () -> get(cache, report());
            for (var answer :
                    callers.invokeAll(Stream.generate(() -> call).limit(20).toList())) {
                found(answer.get());
            }
        }
        assertThat(kds.requests()).hasSize(3);
    }

    @Test
    void aWarmFolderSurvivesARestartWithTheServiceDown(@TempDir Path folder) throws IOException {
        Path place = folder.resolve("amd");
        found(get(cache(Optional.of(place)), report()));
        kds.behave(Behaviour.DOWN);
        SnpCollateral collateral = found(get(cache(Optional.of(place)), report()));
        assertThat(collateral.signer())
                .isEqualTo(amd.collateral(SigningKey.VCEK).signer());
        assertThat(kds.requests()).hasSize(3);
        found(get(cache(Optional.of(place), Optional.empty()), report()));
    }

    @Test
    void anAlteredFileIsNotTaken(@TempDir Path folder) throws IOException {
        Path place = folder.resolve("amd");
        found(get(cache(Optional.of(place)), report()));
        Path file = place.resolve("milan-vcek-issuers.json");
        String text = Files.readString(file);
        int at = text.indexOf("\"crl\":\"") + 400;
        char other = text.charAt(at) == '0' ? '1' : '0';
        Files.writeString(file, text.substring(0, at) + other + text.substring(at + 1));
        AmdAnswer answer = get(cache(Optional.of(place), Optional.empty()), report());
        assertThat(reason(answer)).isEqualTo(Reason.NO_SOURCE);
    }

    @Test
    void getWhenListRunsOutThenNewerIsNeededSaveWithinTheGrace() throws IOException {
        grace = Duration.ofHours(1);
        CachedAmdCollateral cache = cache(Optional.empty());
        found(get(cache, report()));
        kds.behave(Behaviour.DOWN);
        clock.pass(Duration.ofDays(29));
        assertThat(get(cache, report()))
                .isInstanceOfSatisfying(
                        AmdAnswer.Found.class, f -> assertThat(f.stale()).isFalse());
        clock.pass(Duration.ofDays(1).plusMinutes(30));
        assertThat(get(cache, report()))
                .isInstanceOfSatisfying(
                        AmdAnswer.Found.class, f -> assertThat(f.stale()).isTrue());
        clock.pass(Duration.ofHours(1));
        assertThat(reason(get(cache, report()))).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void getWhenNewerListRevokesThenTheChipIsRefusedThoughItWasHeld() throws IOException {
        CachedAmdCollateral cache = cache(Optional.empty());
        found(get(cache, report()));
        clock.pass(Duration.ofDays(16));
        publish(amd.listTerms()
                .valid(clock.instant(), clock.instant().plus(Duration.ofDays(30)))
                .revoking(BigInteger.ZERO));
        assertThat(reason(get(cache, report()))).isEqualTo(Reason.WRONG_ANSWER);
    }

    @Test
    void getWhenServiceFailsRepeatedlyThenItIsLeftAlone() throws IOException {
        CachedAmdCollateral cache = cache(Optional.empty());
        kds.behave(Behaviour.DOWN);
        for (int i = 0; i < 5; i++) {
            get(cache, report());
            clock.pass(Duration.ofSeconds(31));
        }
        // The last failure was 31 seconds ago, the circuit's first pause was 30: one trial, and open again for longer.
        get(cache, report());
        int asked = kds.requests().size();
        clock.pass(Duration.ofSeconds(31));
        assertThat(reason(get(cache, report()))).isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(kds.requests()).hasSize(asked);
        assertThat(cache.circuitOpen()).isTrue();
    }
}
