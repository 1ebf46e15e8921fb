package io.attested.sms.worker.verify;

import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.worker.verify.Finding.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Intel DCAP quotes of SGX and TDX. */
final class QuoteKind implements EvidenceKind {
    private static final String SECTION = "quote";
    private static final String QUOTE = "quote.bin";
    private static final String COLLATERAL = "collateral.json";
    private static final String ROOT = "root.pem";
    private static final int MAX_ROOT = 16 * 1024;

    /** The last resort: whatever no other kind recognises is judged, and refused, as a quote. */
    @Override
    public boolean recognises(byte[] evidence) {
        return true;
    }

    @Override
    public Inspection inspect(byte[] evidence) {
        return switch (Quote.parse(evidence)) {
            case QuoteParsing.Parsed parsed ->
                new Inspection.Readable(QuoteFields.of(parsed.quote(), Optional.empty()));
            case QuoteParsing.Malformed malformed ->
                new Inspection.Unreadable(QuoteFields.ofUnreadable(evidence), malformed.rejection());
        };
    }

    @Override
    public Verdict verify(byte[] evidence, byte[] collateral, Optional<TrustedRoot> rootPem, JudgedAt at) {
        TrustRoot trusted =
                rootPem.map(root -> TrustRoot.of(root.name(), root.pem())).orElseGet(TrustRoot::intel);
        QuoteVerifier verifier = new QuoteVerifier(trusted);
        if (BundledCollateral.isBundle(collateral)) {
            return new BundledCollateral(trusted, verifier).verify(evidence, collateral, at);
        }
        return switch (Collateral.parse(collateral)) {
            case CollateralParsing.Malformed malformed -> malformed.rejection();
            case CollateralParsing.Parsed parsed -> verifier.verify(evidence, parsed.collateral(), at);
        };
    }

    @Override
    public String vendor() {
        return "Intel";
    }

    @Override
    public String builtInRoot() {
        return TrustRoot.INTEL;
    }

    @Override
    public boolean isIn(VectorFiles vector) {
        return vector.has(QUOTE);
    }

    @Override
    public Finding judge(VectorFiles vector, Optional<Instant> at) throws IOException {
        byte[] evidence = vector.read(QUOTE, Quote.MAX_LENGTH_WITH_TRAILING_BYTES + 1);
        Optional<byte[]> collateral = vector.has(COLLATERAL)
                ? Optional.of(vector.read(COLLATERAL, Collateral.MAX_JSON_LENGTH + 1))
                : Optional.empty();
        return switch (Quote.parse(evidence)) {
            case QuoteParsing.Malformed malformed ->
                rejected(malformed.rejection(), Map.of(SECTION, QuoteFields.ofUnreadable(evidence)), false);
            case QuoteParsing.Parsed parsed -> {
                Map<String, Map<String, Object>> fields =
                        Map.of(SECTION, QuoteFields.of(parsed.quote(), collateral.flatMap(QuoteKind::chain)));
                yield collateral.isEmpty() || at.isEmpty()
                        ? new Finding(
                                Outcome.PARSE_ONLY,
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                fields,
                                Optional.empty(),
                                true)
                        : judged(verify(evidence, collateral.get(), root(vector), JudgedAt.exactly(at.get())), fields);
            }
        };
    }

    private static Optional<TrustedRoot> root(VectorFiles vector) throws IOException {
        return vector.has(ROOT)
                ? Optional.of(
                        new TrustedRoot("vector", new String(vector.read(ROOT, MAX_ROOT), StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    private static Optional<String> chain(byte[] collateral) {
        return switch (Collateral.parse(collateral)) {
            case CollateralParsing.Parsed parsed -> parsed.collateral().pckCertificateChain();
            case CollateralParsing.Malformed ignored -> Optional.empty();
        };
    }

    private static Finding judged(Verdict verdict, Map<String, Map<String, Object>> fields) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected(rejected, fields, true);
            case Verdict.Verified verified -> verified(verified.claims(), fields);
        };
    }

    private static Finding verified(Claims claims, Map<String, Map<String, Object>> fields) {
        return new Finding(
                Outcome.VERIFIED,
                claims.tcb().status().map(TcbStatus::text),
                List.copyOf(claims.tcb().advisories()),
                Optional.empty(),
                fields,
                Optional.of(claims.collateral().revocationChecked()),
                true);
    }

    private static Finding rejected(
            Verdict.Rejected rejected, Map<String, Map<String, Object>> fields, boolean wholly) {
        return new Finding(
                Outcome.REJECTED,
                // The one status that is a rejection by itself.
                rejected.reason() == RejectionReason.TCB_REVOKED
                        ? Optional.of(TcbStatus.REVOKED.text())
                        : Optional.empty(),
                List.of(),
                Optional.of(new Finding.Reason(rejected.reason().name(), rejected.detail())),
                fields,
                Optional.empty(),
                wholly);
    }
}
