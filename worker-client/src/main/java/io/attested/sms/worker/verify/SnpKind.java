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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attestation reports of AMD SEV-SNP guests. */
final class SnpKind implements EvidenceKind {
    private static final String REPORT_SECTION = "report";
    private static final String SIGNER_SECTION = "signer";
    private static final String REPORT = "report.bin";
    private static final String SIGNER = "signer.der";
    private static final String CHAIN = "chain.pem";
    private static final String LIST = "crl.der";
    private static final int MAX_CERTIFICATES = 64 * 1024;

    @Override
    public boolean recognises(byte[] evidence) {
        return evidence.length == SnpReport.LENGTH && SnpReport.parse(evidence) instanceof SnpReportParsing.Parsed;
    }

    @Override
    public Inspection inspect(byte[] evidence) {
        return switch (SnpReport.parse(evidence)) {
            case SnpReportParsing.Parsed parsed -> new Inspection.Readable(SnpFields.of(parsed.report()));
            case SnpReportParsing.Malformed malformed -> new Inspection.Unreadable(malformed.rejection());
        };
    }

    @Override
    public Verdict verify(byte[] evidence, byte[] collateral, Optional<TrustedRoot> rootPem, JudgedAt at) {
        try {
            return verifier(rootPem).verify(evidence, collateral(collateral), at);
        } catch (MalformedJsonException e) {
            return new Verdict.Rejected(
                    RejectionReason.COLLATERAL_MALFORMED,
                    "collateral",
                    "{\"signer\": hex of DER, \"chain\": PEM, \"crl\": hex of DER or absent}",
                    String.valueOf(e.getMessage()));
        }
    }

    private static SnpCollateral collateral(byte[] json) throws MalformedJsonException {
        StrictJson members = StrictJson.parse("collateral", json);
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

    /** A root somebody named is tried as each product's: their certificates differ in layout, not their roots. */
    private static SnpVerifier verifier(Optional<TrustedRoot> named) {
        return new SnpVerifier(named.map(root -> Arrays.stream(AmdProduct.values())
                        .filter(product -> root.pem().isEmpty() || fits(root, product))
                        .map(product -> AmdRoot.of(root.name(), product, root.pem()))
                        .limit(1)
                        .toList())
                .orElseGet(AmdRoot::all));
    }

    private static boolean fits(TrustedRoot root, AmdProduct product) {
        return AmdRoot.of(root.name(), product, root.pem()).product() == product;
    }

    @Override
    public boolean isIn(VectorFiles vector) {
        return vector.has(REPORT);
    }

    @Override
    public Finding judge(VectorFiles vector, Optional<Instant> at) throws IOException {
        byte[] report = vector.read(REPORT, SnpReport.LENGTH + 1);
        byte[] signer = vector.has(SIGNER) ? vector.read(SIGNER, MAX_CERTIFICATES) : new byte[0];
        String chain = vector.has(CHAIN)
                ? new String(vector.read(CHAIN, MAX_CERTIFICATES), StandardCharsets.ISO_8859_1)
                : "";
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
            return new Finding(Outcome.PARSE_ONLY, Optional.empty(), List.of(), Optional.empty(), fields, wholly);
        }
        SnpCollateral collateral = new SnpCollateral(ByteString.copyOf(signer), chain, list);
        return switch (new SnpVerifier(AmdRoot.all()).verify(report, collateral, JudgedAt.exactly(at.get()))) {
            case Verdict.Verified verified ->
                new Finding(
                        Outcome.VERIFIED,
                        Optional.empty(),
                        List.copyOf(verified.claims().tcb().advisories()),
                        Optional.empty(),
                        fields,
                        wholly);
            case Verdict.Rejected rejected ->
                new Finding(
                        Outcome.REJECTED,
                        Optional.empty(),
                        List.of(),
                        Optional.of(new Finding.Reason(rejected.reason().name(), rejected.detail())),
                        fields,
                        wholly);
        };
    }
}
