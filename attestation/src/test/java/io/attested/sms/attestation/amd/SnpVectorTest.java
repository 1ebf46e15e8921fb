package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_INVALID;
import static io.attested.sms.attestation.RejectionReason.CERT_CHAIN_UNTRUSTED;
import static io.attested.sms.attestation.RejectionReason.CERT_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Sha256;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports of real processors give the outcome that was established for them. */
class SnpVectorTest {
    private static final String PROPERTY = "sms.vectors";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final SnpVerifier VERIFIER = new SnpVerifier(AmdRoot.all());

    record Vector(Path folder) {
        JsonNode expectation() {
            return MAPPER.readTree(bytes("expected.json"));
        }

        byte[] report() {
            return bytes("report.bin");
        }

        SnpCollateral collateral() {
            return new SnpCollateral(
                    ByteString.copyOf(bytes("signer.der")),
                    new String(bytes("chain.pem"), StandardCharsets.US_ASCII),
                    Optional.empty());
        }

        JudgedAt at() {
            return JudgedAt.exactly(
                    Instant.ofEpochSecond(expectation().get("validAt").longValue()));
        }

        private byte[] bytes(String file) {
            try {
                return Files.readAllBytes(folder.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void requireFolder() {
        assumeTrue(
                !System.getProperty(PROPERTY, "").isBlank(),
                "recorded reports were not tested: set -D" + PROPERTY + "=FOLDER to the folder that holds snp/");
    }

    @Test
    void theFolderHoldsTheKnownNumberOfVectors() throws IOException {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(3);
    }

    @TestFactory
    Stream<DynamicTest> everyVectorHasItsOutcome() throws IOException {
        return each(SnpVectorTest::requireOutcome);
    }

    @TestFactory
    Stream<DynamicTest> everyReportHasItsFields() throws IOException {
        return each(SnpVectorTest::requireFields);
    }

    @TestFactory
    Stream<DynamicTest> aFlippedBitAtAnyOffsetOfARealReportIsRefused() throws IOException {
        return each(SnpVectorTest::requireNoFlippedBit);
    }

    @TestFactory
    Stream<DynamicTest> aRealReportIsRefusedUnderAnotherProductsRootAndAfterItsCertificate() throws IOException {
        return each(vector -> {
            SnpVerifier turin = new SnpVerifier(List.of(AmdRoot.of(AmdProduct.TURIN)));
            assertThat(turin.verify(vector.report(), vector.collateral(), vector.at()))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(CERT_CHAIN_UNTRUSTED));
            Instant later = vector.at().instant().plus(Duration.ofDays(10 * 365));
            assertThat(VERIFIER.verify(vector.report(), vector.collateral(), new JudgedAt(later, JudgedAt.MAX_GRACE)))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason()).isIn(CERT_EXPIRED, CERT_CHAIN_INVALID));
        });
    }

    private static void requireNoFlippedBit(Vector vector) {
        byte[] report = vector.report();
        List<String> accepted = new ArrayList<>();
        for (int offset = 0; offset < report.length; offset++) {
            int bit = offset % 8;
            byte[] mutated = report.clone();
            mutated[offset] ^= (byte) (1 << bit);
            if (VERIFIER.verify(mutated, vector.collateral(), vector.at()) instanceof Verified) {
                accepted.add("bit " + bit + " of byte " + offset);
            }
        }
        assertThat(accepted).isEmpty();
    }

    private static void requireOutcome(Vector vector) {
        Verdict verdict = VERIFIER.verify(vector.report(), vector.collateral(), vector.at());
        JsonNode expected = vector.expectation().get("expected");
        String outcome = expected.get("outcome").stringValue();
        switch (verdict) {
            case Verified verified -> {
                assertThat(outcome).isEqualTo("VERIFIED");
                JsonNode fields = vector.expectation().get("report");
                assertThat(verified.claims().debug())
                        .isEqualTo(fields.get("debugAllowed").booleanValue());
                assertThat(verified.claims().code().measurement()).isEqualTo(bytes(fields, "measurement"));
                assertThat(verified.claims().code()).isInstanceOfSatisfying(SnpClaims.class, claims -> {
                    assertThat(claims.policy()).isEqualTo(policy(fields));
                    assertThat(claims.reportedTcb()).isEqualTo(bytes(fields, "reportedTcb"));
                });
                assertThat(verified.claims().platform().chipIdHash()).contains(Sha256.of(bytes(fields, "chipId")));
                assertThat(verified.claims().collateral().revocationChecked()).isFalse();
                assertThat(verified.claims().collateral().earliestExpiry())
                        .isAfter(vector.at().instant());
                assertThat(verified.claims().trustRootName()).isEqualTo("amd-ark-milan");
            }
            case Rejected rejected -> {
                assertThat(outcome).as(rejected.toString()).isEqualTo("REJECTED");
                List<String> reasons = new ArrayList<>();
                expected.get("reasonsAccepted").values().forEach(reason -> reasons.add(reason.stringValue()));
                assertThat(reasons).contains(rejected.reason().name());
            }
        }
    }

    private static void requireFields(Vector vector) {
        assertThat(SnpReport.parse(vector.report())).isInstanceOfSatisfying(SnpReportParsing.Parsed.class, parsed -> {
            SnpReport report = parsed.report();
            JsonNode fields = vector.expectation().get("report");
            assertThat(report.version()).isEqualTo(fields.get("version").longValue());
            assertThat(report.guestSvn()).isEqualTo(fields.get("guestSvn").longValue());
            assertThat(report.policy()).isEqualTo(policy(fields));
            assertThat(report.debug()).isEqualTo(fields.get("debugAllowed").booleanValue());
            assertThat(report.vmpl()).isEqualTo(fields.get("vmpl").longValue());
            assertThat(report.signatureAlgorithm())
                    .isEqualTo(fields.get("signatureAlgo").longValue());
            assertThat(report.signingKey()).hasToString(fields.get("signingKey").stringValue());
            assertThat(report.maskChipKey()).isEqualTo(fields.get("maskChipKey").booleanValue());
            assertThat(report.reportData()).isEqualTo(bytes(fields, "reportData"));
            assertThat(report.measurement()).isEqualTo(bytes(fields, "measurement"));
            assertThat(report.hostData()).isEqualTo(bytes(fields, "hostData"));
            assertThat(report.idKeyDigest()).isEqualTo(bytes(fields, "idKeyDigest"));
            assertThat(report.reportId()).isEqualTo(bytes(fields, "reportId"));
            assertThat(report.currentTcb()).isEqualTo(bytes(fields, "currentTcb"));
            assertThat(report.reportedTcb()).isEqualTo(bytes(fields, "reportedTcb"));
            assertThat(report.committedTcb()).isEqualTo(bytes(fields, "committedTcb"));
            assertThat(report.launchTcb()).isEqualTo(bytes(fields, "launchTcb"));
            assertThat(report.chipId()).isEqualTo(bytes(fields, "chipId"));
        });
    }

    private static long policy(JsonNode fields) {
        return Long.decode(fields.get("policy").stringValue());
    }

    private static ByteString bytes(JsonNode fields, String name) {
        return ByteString.ofHex(fields.get(name).stringValue());
    }

    private static Stream<DynamicTest> each(Consumer<Vector> test) throws IOException {
        return vectors().stream()
                .map(vector -> dynamicTest(vector.folder().getFileName().toString(), () -> test.accept(vector)));
    }

    private static List<Vector> vectors() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty(PROPERTY), "snp"))) {
            return folders.sorted().map(Vector::new).toList();
        }
    }
}
