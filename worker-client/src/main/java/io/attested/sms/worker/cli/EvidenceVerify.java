package io.attested.sms.worker.cli;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyParsing;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.worker.verify.EvidenceKind;
import io.attested.sms.worker.verify.TrustedRoot;
import io.attested.sms.worker.verify.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms evidence verify}. */
@Command(
        name = "verify",
        description = {
            "Verify a quote, then judge what it proves by an evidence policy. No connection is opened.",
            "Prints the verdict, the claims, and every rule of the policy with its result. Exits with 0 only if the "
                    + "quote is verified and accepted, with 3 if not or if a file is not what it should be, with 4 if one cannot be "
                    + "read.",
            "With --vectors: verify recorded evidence and compare with the recorded outcomes. Every folder below DIR with "
                    + "an expected.json is one vector; exits with 0 only if all agree."
        },
        footer = {
            "  ./sms evidence verify quote.bin --collateral collateral.json",
            "  ./sms evidence verify quote.bin --collateral collateral.json \\",
            "      --at 2026-11-01T12:00:00Z --policy policy.json",
            "  ./sms evidence verify --vectors vectors --json"
        })
final class EvidenceVerify implements Callable<Integer> {
    private static final int MAX_ROOT = 16 * 1024;

    private final Console console;
    private final InstantSource clock;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The quote or SEV-SNP report, binary, as it was made.")
    private @Nullable Path file;

    @Option(
            names = "--collateral",
            paramLabel = "FILE",
            description =
                    "What the vendor publishes for the platform, one JSON object. Intel: tcb_info, qe_identity, CRLs, "
                            + "chains, or a bundle of several. AMD: signer, chain, crl.")
    private @Nullable Path collateral;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Typed.OfInstant.class,
            description = "Judge at this time, 2026-11-01T12:00:00Z or seconds since 1970. Default: now")
    private @Nullable Instant at;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Evidence policy in JSON. Default: the recommended policy")
    private @Nullable Path policy;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description =
                    "Trust this root certificate (PEM) instead of the vendor's. Whoever has its key can invent enclaves.")
    private @Nullable Path root;

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "Compare recorded evidence below DIR with its recorded outcomes.")
    private @Nullable Path vectors;

    @Option(names = "--json", description = "Print one JSON object; with --vectors one for each line.")
    private boolean json;

    EvidenceVerify(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        if (vectors != null) {
            if (file != null || collateral != null || at != null || policy != null || root != null) {
                throw Failure.usage("--vectors brings evidence, collateral, time and root along; "
                        + "leave FILE, --collateral, --at, --policy and --root out");
            }
            return new VectorTable(console, json).print(new Vectors(vectors));
        }
        if (file == null || collateral == null) {
            throw Failure.usage("give FILE and its --collateral, or --vectors DIR; "
                    + "without collateral nothing can be verified, see evidence inspect");
        }
        return verify(file, collateral);
    }

    private int verify(Path evidenceFile, Path collateralFile) throws Failure, IOException {
        EvidencePolicy rules = policy == null ? EvidencePolicy.standard() : read(policy);
        Optional<TrustedRoot> trusted = root == null ? Optional.empty() : trusted(root);
        byte[] evidence = EvidenceFile.read(evidenceFile, "quote", Quote.MAX_LENGTH_WITH_TRAILING_BYTES);
        byte[] published = EvidenceFile.read(collateralFile, "collateral", CollateralBundle.MAX_LENGTH);
        EvidenceKind kind = EvidenceKind.of(evidence)
                .orElseThrow(() -> Failure.refused(evidenceFile + " is no evidence that this program knows"));
        Instant instant = at == null ? clock.instant() : at;
        Verdict verdict = kind.verify(evidence, published, trusted, rules.judgedAt(instant));
        return new VerdictReport(console, json, kind, trusted.map(TrustedRoot::name)).print(verdict, rules, instant);
    }

    private static EvidencePolicy read(Path policyFile) throws Failure, IOException {
        return switch (EvidencePolicy.parse(
                EvidenceFile.read(policyFile, "evidence policy", EvidencePolicy.MAX_JSON_LENGTH))) {
            case PolicyParsing.Parsed parsed -> parsed.policy();
            case PolicyParsing.Malformed malformed ->
                throw Failure.refused(policyFile + " is no evidence policy: " + malformed.detail());
        };
    }

    /** Intel's root, or the one in the file. */
    static TrustRoot trustRoot(Optional<Path> rootFile) throws Failure, IOException {
        Optional<TrustedRoot> named = rootFile.isPresent() ? trusted(rootFile.get()) : Optional.empty();
        return named.map(root -> TrustRoot.of(root.name(), root.pem())).orElseGet(TrustRoot::intel);
    }

    /** Nothing when it is Intel's own certificate. */
    private static Optional<TrustedRoot> trusted(Path rootFile) throws Failure, IOException {
        String pem = new String(EvidenceFile.read(rootFile, "root certificate", MAX_ROOT), StandardCharsets.US_ASCII);
        try {
            TrustRoot read = TrustRoot.of(String.valueOf(rootFile.getFileName()), pem);
            return read.der().equals(TrustRoot.intel().der())
                    ? Optional.empty()
                    : Optional.of(new TrustedRoot(read.name(), pem));
        } catch (IllegalArgumentException e) {
            throw Failure.refused(rootFile + " is no root certificate: " + e.getMessage());
        }
    }
}
