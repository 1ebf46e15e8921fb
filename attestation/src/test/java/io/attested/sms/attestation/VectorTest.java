package io.attested.sms.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.attested.sms.attestation.Vectors.Vector;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.UnverifiedPck;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.attestation.quote.SgxQuote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Real, derived and synthetic quotes give the outcome that was established for them. */
class VectorTest {
    private static final Set<String> NOT_PARSED = Set.of(
            "MALFORMED_QUOTE",
            "UNSUPPORTED_QUOTE_VERSION",
            "UNSUPPORTED_KEY_TYPE",
            "UNSUPPORTED_TEE_TYPE",
            "UNKNOWN_QE_VENDOR");

    @BeforeEach
    void requireFolder() {
        assumeTrue(
                Vectors.configured(),
                "recorded quotes were not tested: set -D" + Vectors.PROPERTY
                        + "=FOLDER to the folder that holds real/, synthetic/, derived/ and parse-only/");
    }

    @Test
    void theFolderHoldsTheKnownNumberOfSgxV3Vectors() throws IOException {
        assertThat(Vectors.all().stream().filter(Vector::isSgxV3)).hasSizeGreaterThanOrEqualTo(40);
    }

    @TestFactory
    Stream<DynamicTest> everySgxV3VectorHasItsOutcome() throws IOException {
        return each(vector -> vector.isSgxV3() && vector.hasCollateral(), VectorTest::requireOutcome);
    }

    @TestFactory
    Stream<DynamicTest> everySgxV3QuoteHasItsFields() throws IOException {
        return each(
                vector -> vector.isSgxV3() && vector.reasons().stream().noneMatch(NOT_PARSED::contains),
                VectorTest::requireFields);
    }

    @TestFactory
    Stream<DynamicTest> everyOtherQuoteIsUnsupported() throws IOException {
        return each(vector -> !vector.isSgxV3(), vector -> {
            String reason = "TDX".equals(vector.fields().get("tee").stringValue())
                    ? "UNSUPPORTED_TEE_TYPE"
                    : "UNSUPPORTED_QUOTE_VERSION";
            assertThat(SgxQuote.parse(vector.quote()))
                    .isInstanceOfSatisfying(
                            QuoteParsing.Malformed.class,
                            malformed -> assertThat(malformed.reason()).hasToString(reason));
            if (vector.hasCollateral()) {
                assertThat(new QuoteVerifier(vector.root()).verify(vector.quote(), collateral(vector), vector.at()))
                        .isInstanceOfSatisfying(
                                Rejected.class,
                                rejected -> assertThat(rejected.reason()).hasToString(reason));
            }
        });
    }

    private static Stream<DynamicTest> each(Predicate<Vector> which, Consumer<Vector> test) throws IOException {
        return Vectors.all().stream()
                .filter(which)
                .map(vector -> dynamicTest(vector.name(), () -> test.accept(vector)));
    }

    private static void requireOutcome(Vector vector) {
        Verdict verdict = new QuoteVerifier(vector.root()).verify(vector.quote(), collateral(vector), vector.at());
        String outcome = vector.expected().get("outcome").stringValue();
        switch (verdict) {
            case Verified verified -> {
                assertThat(outcome).isEqualTo("VERIFIED");
                requireClaims(vector, verified.claims());
            }
            // Where two behaviours are defensible, the stricter one was chosen.
            case Rejected rejected -> {
                assertThat(outcome).as(rejected.toString()).isIn("REJECTED", "DESIGN_CHOICE");
                assertThat(vector.reasons())
                        .as(rejected.toString())
                        .contains(rejected.reason().name());
            }
        }
    }

    private static void requireClaims(Vector vector, EnclaveClaims claims) {
        JsonNode fields = vector.fields();
        assertThat(claims.tcbStatus().text())
                .isEqualTo(vector.expected().get("tcbStatus").stringValue());
        List<String> advisories = new ArrayList<>();
        vector.expected().get("advisoryIds").values().forEach(id -> advisories.add(id.stringValue()));
        assertThat(claims.advisories()).containsExactlyElementsOf(new TreeSet<>(advisories));
        assertThat(claims.mrEnclave().hex()).isEqualTo(fields.get("mrEnclave").stringValue());
        assertThat(claims.debug()).isEqualTo(fields.get("debug").booleanValue());
        assertThat(claims.fmspc().hex()).isEqualTo(fields.get("fmspc").stringValue());
        assertThat(claims.trailingBytes()).isEqualTo(fields.get("trailingBytes").intValue());
        assertThat(claims.earliestExpiry()).isAfterOrEqualTo(vector.at());
    }

    private static void requireFields(Vector vector) {
        QuoteParsing.Parsed parsed = (QuoteParsing.Parsed) SgxQuote.parse(vector.quote());
        SgxQuote quote = parsed.quote();
        EnclaveReport report = quote.report();
        JsonNode fields = vector.fields();
        assertThat(report.mrEnclave().hex()).isEqualTo(fields.get("mrEnclave").stringValue());
        assertThat(report.mrSigner().hex()).isEqualTo(fields.get("mrSigner").stringValue());
        assertThat(report.isvProdId()).isEqualTo(fields.get("isvProdId").intValue());
        assertThat(report.isvSvn()).isEqualTo(fields.get("isvSvn").intValue());
        assertThat(report.attributes().hex()).isEqualTo(fields.get("attributes").stringValue());
        assertThat(report.debug()).isEqualTo(fields.get("debug").booleanValue());
        assertThat(report.reportData().hex()).isEqualTo(fields.get("reportData").stringValue());
        assertThat(quote.trailingBytes()).isEqualTo(fields.get("trailingBytes").intValue());
        assertThat(quote.signature().certification().type())
                .isEqualTo(fields.get("certificationDataType").intValue());
        assertThat(quote.signature().qeReport().isvSvn())
                .isEqualTo(fields.get("qeIsvSvn").intValue());
        requirePlatform(fields, quote);
    }

    private static void requirePlatform(JsonNode fields, SgxQuote quote) {
        if (!fields.has("fmspc")) {
            return;
        }
        UnverifiedPck pck = unverifiedPck(quote);
        assertThat(pck.issuerName()).isEqualTo(fields.get("pckIssuer").stringValue());
        assertThat(pck.platform().fmspc().hex()).isEqualTo(fields.get("fmspc").stringValue());
        assertThat(pck.platform().cpuSvn().hex())
                .isEqualTo(fields.get("pckCpuSvn").stringValue());
        assertThat(pck.platform().components()).isEqualTo(pck.platform().cpuSvn());
        assertThat(pck.platform().pceSvn()).isEqualTo(fields.get("pckPceSvn").intValue());
    }

    private static UnverifiedPck unverifiedPck(SgxQuote quote) {
        try {
            return UnverifiedPck.read(quote.signature().certification().data());
        } catch (EvidenceRejected e) {
            throw new AssertionError(e.verdict().toString(), e);
        }
    }

    private static Collateral collateral(Vector vector) {
        return switch (Collateral.parse(vector.collateral())) {
            case CollateralParsing.Parsed parsed -> parsed.collateral();
            case CollateralParsing.Malformed malformed -> throw new AssertionError(malformed.detail());
        };
    }
}
