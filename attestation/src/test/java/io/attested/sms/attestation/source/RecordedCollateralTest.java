package io.attested.sms.attestation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.PckAuthority;
import io.attested.sms.attestation.simulated.PccsStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Intel's own collateral over a socket: what real machines were verified with comes out of the cache byte for byte. Needs
 * the folder of recorded quotes in the system property {@code sms.vectors}; without it the test is reported as skipped.
 */
@EnabledIfSystemProperty(
        named = "sms.vectors",
        matches = ".+",
        disabledReason = "sms.vectors does not name the folder of recorded quotes")
class RecordedCollateralTest {
    @Test
    void recordedCollateralOfRealMachinesPassesTheSourceUnchanged() throws IOException {
        List<Path> vectors;
        try (Stream<Path> found = Files.list(Path.of(System.getProperty("sms.vectors"), "real"))) {
            vectors = found.filter(folder -> Files.exists(folder.resolve("collateral.json")))
                    .sorted()
                    .toList();
        }
        int served = 0;
        for (Path vector : vectors) {
            served += passes(vector) ? 1 : 0;
        }
        assertThat(served).isGreaterThan(10);
    }

    private static boolean passes(Path vector) throws IOException {
        Instant at = Instant.ofEpochSecond(JsonMapper.shared()
                .readTree(Files.readAllBytes(vector.resolve("expected.json")))
                .get("validAt")
                .longValue());
        Collateral collateral = ((CollateralParsing.Parsed)
                        Collateral.parse(Files.readAllBytes(vector.resolve("collateral.json"))))
                .collateral();
        CollateralChecks checks = CollateralChecks.under(TrustRoot.intel());
        if (!(checks.check(collateral, JudgedAt.exactly(at)) instanceof CollateralVerdict.Good(var checked))) {
            return false;
        }
        try (PccsStandIn pccs = PccsStandIn.start()) {
            CollateralKey key = key(collateral, checked);
            pccs.publish(key.teeWord(), key.fmspc().hex(), key.authority().word(), collateral);
            SourceScene.Clock clock = new SourceScene.Clock(at);
            CachedCollateral cache = CachedCollateral.open(
                    new CachedCollateral.Surroundings(
                            checks,
                            Optional.of(PcsClient.pccs(
                                    new PatientWeb(
                                            JdkWeb.open(), Duration.ofSeconds(5), clock, new Random(1), time -> {}),
                                    pccs.base())),
                            Optional.empty(),
                            clock,
                            Runnable::run,
                            CollateralEvents.none()),
                    new CachedCollateral.Terms(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30), 5, 64));
            CollateralAnswer answer = cache.get(key);
            assertThat(answer).as(vector.toString()).isInstanceOf(CollateralAnswer.Found.class);
            assertThat(((CollateralAnswer.Found) answer).checked().collateral())
                    .isEqualTo(collateral.withPckCertificateChain(Optional.empty()));
        }
        return true;
    }

    /** What the JSON itself says, so that the key of the checks is not compared with itself. */
    private static CollateralKey key(Collateral collateral, CheckedCollateral checked) {
        JsonNode info = JsonMapper.shared().readTree(collateral.tcbInfo().toByteArray());
        Tee tee = info.path("id").asString("SGX").equals("TDX") ? Tee.TDX : Tee.SGX;
        PckAuthority authority = checked.key().authority();
        return new CollateralKey(tee, ByteString.ofHex(info.get("fmspc").stringValue()), authority);
    }
}
