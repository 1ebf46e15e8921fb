package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.AmdRoot;
import io.attested.sms.attestation.amd.SnpCollateral;
import io.attested.sms.attestation.amd.SnpReport;
import io.attested.sms.attestation.amd.SnpReportParsing;
import io.attested.sms.attestation.amd.SnpVerifier;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import io.attested.sms.worker.verify.Finding.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Attestation reports of AMD SEV-SNP guests. */
final class SnpKind implements EvidenceKind {
    private static final String REPORT_SECTION = "report";
    private static final String SIGNER_SECTION = "signer";
    private static final String REPORT = "report.bin";
    private static final String SIGNER = "signer.der";
    private static final String CHAIN = "chain.pem";
    private static final String LIST = "crl.der";
    private static final String ROOT = "root.pem";
    private static final int MAX_CERTIFICATES = 64 * 1024;

    @Override
    public boolean recognises(byte[] evidence) {
        // A quote of the same length has its key type where a report has the upper half of its version.
        return evidence.length == SnpReport.LENGTH && evidence[2] == 0 && evidence[3] == 0;
    }

    @Override
    public Inspection inspect(byte[] evidence) {
        return switch (SnpReport.parse(evidence)) {
            case SnpReportParsing.Parsed parsed -> new Inspection.Readable(SnpFields.of(parsed.report()));
            case SnpReportParsing.Malformed malformed ->
                new Inspection.Unreadable(
                        evidence.length == SnpReport.LENGTH
                                ? SnpFields.of(new SnpReport(ByteString.copyOf(evidence)))
                                : Map.of(),
                        malformed.rejection());
        };
    }

    @Override
    public Verdict verify(byte[] evidence, byte[] collateral, Optional<TrustedRoot> rootPem, JudgedAt at) {
        try {
            return verify(evidence, collateral(collateral), rootPem, at);
        } catch (MalformedJsonException e) {
            return new Verdict.Rejected(
                    RejectionReason.COLLATERAL_MALFORMED,
                    "collateral",
                    "{\"signer\": hex of DER, \"chain\": PEM, \"crl\": hex of DER or absent}",
                    String.valueOf(e.getMessage()));
        }
    }

    private static SnpCollateral collateral(byte[] json) throws MalformedJsonException {
        StrictJson members = StrictJson.parse("collateral", json, Set.of("signer", "chain", "crl"));
        Optional<ByteString> list = members.has("crl") ? Optional.of(hex(members, "crl")) : Optional.empty();
        return new SnpCollateral(hex(members, "signer"), members.text("chain"), list);
    }

    private static ByteString hex(StrictJson members, String name) throws MalformedJsonException {
        try {
            return ByteString.ofHex(members.text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("\"" + name + "\" is no hexadecimal text");
        }
    }

    /** A root that somebody named does not say whose product's it is, so it is tried as each one's. */
    private static Verdict verify(byte[] report, SnpCollateral collateral, Optional<TrustedRoot> named, JudgedAt at) {
        if (named.isEmpty()) {
            return new SnpVerifier(AmdRoot.all()).verify(report, collateral, at);
        }
        TrustedRoot root = named.get();
        Optional<Verdict> rejected = Optional.empty();
        for (AmdProduct product : AmdProduct.values()) {
            AmdRoot trusted = AmdRoot.of(root.name(), product, root.pem());
            Verdict verdict = new SnpVerifier(List.of(trusted)).verify(report, collateral, at);
            if (verdict instanceof Verdict.Verified) {
                return verdict;
            }
            rejected = rejected.or(() -> Optional.of(verdict));
        }
        return rejected.orElseThrow();
    }

    @Override
    public String vendor() {
        return "AMD";
    }

    @Override
    public String builtInRoot() {
        return AmdRoot.all().stream().map(AmdRoot::name).collect(Collectors.joining(", "));
    }

    @Override
    public boolean isIn(VectorFiles vector) {
        return vector.has(REPORT);
    }

    @Override
    public Finding judge(VectorFiles vector, Optional<Instant> at) throws IOException {
        byte[] report = vector.read(REPORT, SnpReport.LENGTH + 1);
        byte[] signer = vector.has(SIGNER) ? vector.read(SIGNER, MAX_CERTIFICATES) : new byte[0];
        String chain =
                vector.has(CHAIN) ? new String(vector.read(CHAIN, MAX_CERTIFICATES), StandardCharsets.ISO_8859_1) : "";
        Optional<ByteString> list = vector.has(LIST)
                ? Optional.of(ByteString.copyOf(vector.read(LIST, MAX_CERTIFICATES)))
                : Optional.empty();
        Map<String, Map<String, Object>> fields = new LinkedHashMap<>();
        fields.put(SIGNER_SECTION, SnpFields.ofSigner(signer));
        boolean wholly = SnpReport.parse(report) instanceof SnpReportParsing.Parsed;
        if (SnpReport.parse(report) instanceof SnpReportParsing.Parsed parsed) {
            fields.put(REPORT_SECTION, SnpFields.of(parsed.report()));
        }
        if (at.isEmpty()) {
            return new Finding(
                    Outcome.PARSE_ONLY,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    fields,
                    Optional.empty(),
                    wholly);
        }
        SnpCollateral collateral = new SnpCollateral(ByteString.copyOf(signer), chain, list);
        return finding(verify(report, collateral, root(vector), JudgedAt.exactly(at.get())), fields, wholly);
    }

    private static Optional<TrustedRoot> root(VectorFiles vector) throws IOException {
        return vector.has(ROOT)
                ? Optional.of(new TrustedRoot(
                        "vector", new String(vector.read(ROOT, MAX_CERTIFICATES), StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    private static Finding finding(Verdict verdict, Map<String, Map<String, Object>> fields, boolean wholly) {
        return switch (verdict) {
            case Verdict.Verified verified ->
                new Finding(
                        Outcome.VERIFIED,
                        Optional.empty(),
                        List.copyOf(verified.claims().tcb().advisories()),
                        Optional.empty(),
                        fields,
                        Optional.of(verified.claims().collateral().revocationChecked()),
                        wholly);
            case Verdict.Rejected rejected ->
                new Finding(
                        Outcome.REJECTED,
                        Optional.empty(),
                        List.of(),
                        Optional.of(new Finding.Reason(rejected.reason().name(), rejected.detail())),
                        fields,
                        Optional.empty(),
                        wholly);
        };
    }
}
