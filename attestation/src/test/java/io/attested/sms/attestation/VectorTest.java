package io.attested.sms.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.attested.sms.attestation.Vectors.Vector;
import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.pki.PresentedPck;
import io.attested.sms.attestation.quote.EnclaveReport;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.attestation.quote.TrustDomainReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Real, derived and synthetic quotes give the outcome that was established for them. */
class VectorTest {
    private static final Set<String> FLIPPED = Set.of(
            "real/sgx-v3-00606a000000-swhardening",
            "real/tdx-v4-b0c06f000000-uptodate",
            "real/tdx-v5-90c06f000000-uptodate",
            "synthetic/sgx-v4-uptodate",
            "synthetic/tdx-v4-uptodate",
            "synthetic/tdx-v5-td15-uptodate");

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
    void theFolderHoldsTheKnownNumberOfVectors() throws IOException {
        assertThat(Vectors.all()).hasSizeGreaterThanOrEqualTo(71);
    }

    @TestFactory
    Stream<DynamicTest> everyVectorHasItsOutcome() throws IOException {
        return each(Vector::hasCollateral, VectorTest::requireOutcome);
    }

    @TestFactory
    Stream<DynamicTest> everyQuoteHasItsFields() throws IOException {
        return each(vector -> vector.reasons().stream().noneMatch(NOT_PARSED::contains), VectorTest::requireFields);
    }

    @TestFactory
    Stream<DynamicTest> aFlippedBitAtAnyOffsetIsRefused() throws IOException {
        return each(vector -> FLIPPED.contains(vector.name()), VectorTest::requireEveryFlipRefused);
    }

    private static void requireEveryFlipRefused(Vector vector) {
        byte[] quote = vector.quote();
        Collateral collateral = collateral(vector);
        QuoteVerifier verifier = Fixtures.remembering(vector.root());
        assertThat(verifier.verify(quote, collateral, vector.at())).isInstanceOf(Verified.class);
        int end = quote.length - vector.fields().get("trailingBytes").intValue();
        List<Integer> accepted = IntStream.range(0, end)
                .parallel()
                .filter(offset -> {
                    byte[] mutated = quote.clone();
                    mutated[offset] ^= (byte) (1 << offset % 8);
                    return verifier.verify(mutated, collateral, vector.at()) instanceof Verified;
                })
                .boxed()
                .toList();
        assertThat(accepted).isEmpty();
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

    private static void requireClaims(Vector vector, Claims claims) {
        JsonNode fields = vector.fields();
        assertThat(claims.tcb().status().map(TcbStatus::text))
                .contains(vector.expected().get("tcbStatus").stringValue());
        List<String> advisories = new ArrayList<>();
        vector.expected().get("advisoryIds").values().forEach(id -> advisories.add(id.stringValue()));
        assertThat(claims.tcb().advisories()).containsExactlyElementsOf(new TreeSet<>(advisories));
        String measurement = claims.tee() == Tee.SGX ? "mrEnclave" : "mrTd";
        assertThat(claims.code().measurement().hex())
                .isEqualTo(fields.get(measurement).stringValue());
        assertThat(claims.debug()).isEqualTo(fields.get("debug").booleanValue());
        assertThat(claims.platform().fmspc().map(ByteString::hex))
                .contains(fields.get("fmspc").stringValue());
        assertThat(claims.trailingBytes()).isEqualTo(fields.get("trailingBytes").intValue());
        assertThat(claims.collateral().earliestExpiry()).isAfterOrEqualTo(vector.at());
    }

    private static void requireFields(Vector vector) {
        QuoteParsing.Parsed parsed = (QuoteParsing.Parsed) Quote.parse(vector.quote());
        Quote quote = parsed.quote();
        JsonNode fields = vector.fields();
        assertThat(quote.header().version())
                .isEqualTo(fields.get("quoteVersion").intValue());
        assertThat(quote.body().tee()).hasToString(fields.get("tee").stringValue());
        assertThat(quote.body().debug()).isEqualTo(fields.get("debug").booleanValue());
        assertThat(quote.body().reportData().hex())
                .isEqualTo(fields.get("reportData").stringValue());
        switch (quote.body()) {
            case EnclaveReport report -> requireEnclave(fields, report);
            case TrustDomainReport report -> requireDomain(fields, report);
        }
        assertThat(quote.trailingBytes()).isEqualTo(fields.get("trailingBytes").intValue());
        assertThat(quote.signature().certification().type())
                .isEqualTo(fields.get("certificationDataType").intValue());
        assertThat(quote.signature().qeReport().isvSvn())
                .isEqualTo(fields.get("qeIsvSvn").intValue());
        requirePlatform(fields, quote);
    }

    private static void requireEnclave(JsonNode fields, EnclaveReport report) {
        assertThat(report.mrEnclave().hex()).isEqualTo(fields.get("mrEnclave").stringValue());
        assertThat(report.mrSigner().hex()).isEqualTo(fields.get("mrSigner").stringValue());
        assertThat(report.isvProdId()).isEqualTo(fields.get("isvProdId").intValue());
        assertThat(report.isvSvn()).isEqualTo(fields.get("isvSvn").intValue());
        assertThat(report.attributes().hex()).isEqualTo(fields.get("attributes").stringValue());
    }

    private static void requireDomain(JsonNode fields, TrustDomainReport report) {
        assertThat(report.mrTd().hex()).isEqualTo(fields.get("mrTd").stringValue());
        assertThat(report.mrConfigId().hex()).isEqualTo(fields.get("mrConfigId").stringValue());
        assertThat(report.rtmrs().stream().map(ByteString::hex))
                .containsExactlyElementsOf(fields.get("rtMr").values().stream()
                        .map(JsonNode::stringValue)
                        .toList());
        assertThat(report.tdAttributes().hex())
                .isEqualTo(fields.get("tdAttributes").stringValue());
        assertThat(report.teeTcbSvn().hex()).isEqualTo(fields.get("teeTcbSvn").stringValue());
        assertThat(report.teeTcbSvn2().map(ByteString::hex)).isEqualTo(optional(fields, "teeTcbSvn2"));
        assertThat(report.mrServiceTd().map(ByteString::hex)).isEqualTo(optional(fields, "mrServiceTd"));
    }

    private static Optional<String> optional(JsonNode fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(JsonNode::stringValue);
    }

    private static void requirePlatform(JsonNode fields, Quote quote) {
        if (!fields.has("fmspc")) {
            return;
        }
        PresentedPck pck = unverifiedPck(quote);
        assertThat(pck.issuerName()).isEqualTo(fields.get("pckIssuer").stringValue());
        assertThat(pck.platform().fmspc().hex()).isEqualTo(fields.get("fmspc").stringValue());
        assertThat(pck.platform().cpuSvn().hex())
                .isEqualTo(fields.get("pckCpuSvn").stringValue());
        assertThat(pck.platform().components()).isEqualTo(pck.platform().cpuSvn());
        assertThat(pck.platform().pceSvn()).isEqualTo(fields.get("pckPceSvn").intValue());
    }

    private static PresentedPck unverifiedPck(Quote quote) {
        try {
            return PresentedPck.read(quote.signature().certification().data());
        } catch (EvidenceRejected e) {
            throw new AssertionError(e.verdict().toString(), e);
        }
    }

    private static Collateral collateral(Vector vector) {
        return switch (Collateral.parse(vector.collateral())) {
            case CollateralParsing.Parsed parsed -> parsed.collateral();
            case CollateralParsing.Malformed malformed ->
                throw new AssertionError(malformed.rejection().detail());
        };
    }
}
