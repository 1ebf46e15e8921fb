package io.attested.sms.worker.cli;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.boot.BootListener;
import io.attested.sms.worker.boot.BootOutcome;
import io.attested.sms.worker.boot.BootStage;
import io.attested.sms.worker.boot.TaskOrder;
import io.attested.sms.worker.evidence.CollateralFromHost;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.HttpReleaseService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sms task run}: the boot stage. */
@Command(
        name = "run",
        description = {
            "Run a task: the first thing that runs inside an enclave or trust domain.",
            "Reads the enclave's own report, copies the application into private memory while hashing it, starts nothing "
                    + "unless both fit, asks the service for the task's secrets with evidence, verifies and opens the "
                    + "envelope, decrypts the dataset and starts the application from the copy.",
            "It takes no command: what is started stands in the tree's sms-launch.json, further arguments come from the "
                    + "deal. The application's environment holds the envelope's values, PATH, HOME and LANG, and nothing "
                    + "of this command's own.",
            "The application's output goes to standard output (with --json: to standard error). A refusal is one line on "
                    + "standard output: refused CODE: detail."
        },
        footer = {
            "  ./sms task run --evidence gramine --authorization auth.json \\",
            "      --ask ask.json --app /app \\",
            "      --sms https://sms.example.org --dataset prices.enc",
            "  ./sms task run … --json",
            "    prints {\"outcome\":\"refused\",\"code\":\"enclave.file-system-changed\",…}"
        })
final class TaskRun implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Mixin
    private ServiceOption service = new ServiceOption();

    @Mixin
    private WalletOption walletOption = new WalletOption();

    @Option(
            names = "--evidence",
            required = true,
            paramLabel = "NAME",
            description = "What makes the evidence: \"gramine\" (SGX) or \"tdx\" (a trust domain). Neither was run on "
                    + "hardware: none was at hand.")
    private String evidenceName = "";

    @Option(names = "--evidence-options", paramLabel = "FILE", description = "Settings for that, where it takes some.")
    private @Nullable Path evidenceOptions;

    @Option(
            names = "--authorization",
            required = true,
            paramLabel = "FILE",
            description = "The workerpool authorization: the JSON object of /tee/sessions.")
    private Path authorizationFile = Path.of("");

    @Option(
            names = "--ask",
            paramLabel = "FILE",
            description = "The ask, signed outside (sms task ask). Without it, a wallet is needed.")
    private @Nullable Path askFile;

    @Option(
            names = "--app",
            paramLabel = "DIR",
            description = "The application's tree. Not used when the enclave's measurement covers one.")
    private @Nullable Path application;

    @Option(
            names = "--service-key",
            paramLabel = "HEX",
            converter = Typed.OfServiceKey.class,
            description = "Key of the service the enclave was launched for. Default: the service is asked; a wrong key "
                    + "never fits the launch.")
    private @Nullable ServiceKey serviceKey;

    @Option(
            names = "--fingerprint",
            paramLabel = "TEXT",
            description = "The registered fingerprint. Only used to tell a changed tree from a wrong service.")
    private @Nullable String fingerprint;

    @Option(names = "--dataset", paramLabel = "FILE", description = "The encrypted dataset.")
    private @Nullable Path dataset;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Directory with the encrypted dataset and the input files, named as the deal's session names "
                    + "them.")
    private @Nullable Path input;

    @Option(
            names = "--collateral",
            paramLabel = "FILE",
            description = "The platform's collateral as one JSON object, where the enclave's place has none. It is not "
                    + "trusted: the service verifies all of it.")
    private @Nullable Path collateral;

    @Option(names = "--json", description = "Print one JSON object: outcome, code, detail, exitCode.")
    private boolean json;

    TaskRun(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        // The command line and its files come first: what is wrong with them can be told on any machine.
        EvidenceSource.Provider provider = provider();
        Optional<byte[]> fromHost =
                collateral == null ? Optional.empty() : Optional.of(TaskFiles.collateral(collateral));
        TaskOrder order = order();
        try (var signer = signer();
                var http = new ClosingClient(ServiceOption.http())) {
            BootStage stage = new BootStage(
                    open(provider, fromHost),
                    new HttpReleaseService(http.client(), service.address()),
                    signer.signer(),
                    new StepPrinter(console.err()),
                    new BootStage.Output(json ? console.err() : console.out(), console.err()));
            return report(OrderlyEnd.run(stage, order));
        } catch (NoEvidence e) {
            return report(new BootOutcome.Refused("enclave.no-evidence", String.valueOf(e.getMessage())));
        }
    }

    private EvidenceSource open(EvidenceSource.Provider provider, Optional<byte[]> fromHost) throws NoEvidence {
        try {
            EvidenceSource source = provider.open(Optional.ofNullable(evidenceOptions));
            return fromHost.<EvidenceSource>map(bytes -> new CollateralFromHost(source, bytes))
                    .orElse(source);
        } catch (IOException e) {
            throw new NoEvidence(e);
        }
    }

    /** This process is in no enclave that can prove itself. */
    private static final class NoEvidence extends Exception {
        private static final long serialVersionUID = 1L;

        NoEvidence(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private EvidenceSource.Provider provider() throws Failure {
        List<EvidenceSource.Provider> providers = EvidenceSource.providers();
        for (EvidenceSource.Provider provider : providers) {
            if (provider.name().equals(evidenceName)) {
                if (evidenceOptions != null && !provider.takesOptions()) {
                    throw Failure.usage("--evidence " + evidenceName + " takes no --evidence-options; leave them out");
                }
                return provider;
            }
        }
        throw Failure.usage("--evidence knows "
                + providers.stream().map(EvidenceSource.Provider::name).toList() + "; choose one of them");
    }

    private TaskOrder order() throws Failure, IOException {
        Optional<FingerprintParts> registered = Optional.empty();
        if (fingerprint != null) {
            registered = Optional.of(FingerprintParts.ofFingerprint(fingerprint)
                    .orElseThrow(
                            () -> Failure.usage("--fingerprint must be MrEnclave|FSPF_KEY|FSPF_TAG, 64, 64 and 32 hex "
                                    + "digits, as sms app measure prints it")));
        }
        return new TaskOrder(
                TaskFiles.authorization(authorizationFile),
                Optional.ofNullable(application),
                Optional.ofNullable(serviceKey),
                registered,
                Optional.ofNullable(dataset),
                Optional.ofNullable(input));
    }

    private OpenSigner signer() throws Failure, IOException {
        if ((askFile != null) == walletOption.isGiven()) {
            throw Failure.usage(
                    "give either --ask FILE, signed outside with: sms task ask, or the worker's wallet with "
                            + "--wallet or --wallet-env");
        }
        if (askFile != null) {
            return new OpenSigner(AskSigner.of(TaskFiles.signedAsk(askFile)), () -> {});
        }
        var wallet = walletOption.open(console);
        return new OpenSigner(AskSigner.of(wallet, clock), wallet::close);
    }

    private int report(BootOutcome outcome) {
        return switch (outcome) {
            case BootOutcome.Started started -> {
                print("started", "", "the application ended with exit code " + started.exitCode(), started.exitCode());
                yield started.exitCode() == 0 ? ExitCode.DONE : ExitCode.APPLICATION_FAILED;
            }
            case BootOutcome.Refused refused -> {
                print("refused", refused.code(), refused.detail(), ExitCode.REFUSED);
                yield ExitCode.REFUSED;
            }
        };
    }

    private void print(String outcome, String code, String detail, int exitCode) {
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("outcome", outcome);
            members.put("code", code);
            members.put("detail", detail);
            members.put("exitCode", exitCode);
            console.json(members);
        } else if (code.isEmpty()) {
            console.note(detail);
        } else {
            console.line(outcome + " " + code + ": " + detail);
        }
    }

    /** A signer and what ends with it. */
    private record OpenSigner(AskSigner signer, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** One line for each step. */
    private static final class StepPrinter implements BootListener {
        private final java.io.PrintStream err;
        private final ProgressLine decrypting;

        StepPrinter(java.io.PrintStream err) {
            this.err = err;
            this.decrypting = new ProgressLine(err, "decrypting the dataset");
        }

        @Override
        public void reached(BootStep step) {
            err.println("sms: " + step.text());
        }

        @Override
        public void decrypting(long done, long total) {
            decrypting.reached(done, total);
        }
    }
}
