package io.attested.sms.worker.boot;

import io.attested.sms.attestation.seal.EnvelopeOpener;
import io.attested.sms.attestation.seal.HpkeX25519;
import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.worker.boot.BootListener.BootStep;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.ReleaseService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs first in an enclave and decides whether anything else runs.
 *
 * <p>Order: sole use of the place; own report; copy the application into private memory while hashing; compare with the launch; only then speak to
 * the service, prove, open the envelope and compare what it says; decrypt the dataset; start the application from the copy.
 * Guarantees: the application's command line, environment, files and working directory come from the measured tree, the
 * envelope and fixed values only; the dataset's key is in none of them; a refusal leaves nothing behind. Not guaranteed:
 * that the application keeps to itself what it was given; that input files, which no deal has a checksum of, are genuine.
 * In a trust domain {@code sms-started} is measured last, so that a started application can never attest; the
 * application runs as a user of its own there, after every key was wiped.
 * What the application leaves in {@code IEXEC_OUT} is removed with the rest.
 */
public final class BootStage {
    private static final String LANGUAGE = "C.UTF-8";

    private final EvidenceSource evidence;
    private final ReleaseService service;
    private final AskSigner signer;
    private final BootListener listener;
    private final Output output;

    /**
     * Where the application's output goes.
     *
     * @param out its standard output
     * @param err its standard error
     */
    public record Output(OutputStream out, OutputStream err) {}

    /** A boot stage inside {@code evidence}'s enclave. */
    public BootStage(
            EvidenceSource evidence, ReleaseService service, AskSigner signer, BootListener listener, Output output) {
        this.evidence = evidence;
        this.service = service;
        this.signer = signer;
        this.listener = listener;
        this.output = output;
    }

    /**
     * Runs one task to its end.
     *
     * @throws UncheckedIOException when private memory could not be wiped afterwards, or sole use not given back
     */
    public BootOutcome run(TaskOrder order) {
        try {
            return switch (evidence.soleUse()) {
                case SoleUse.Refused refused ->
                    new BootOutcome.Refused(
                            RefusalCode.DOMAIN_IN_USE.text(),
                            refused.reason() + "; one trust domain runs one task: start another trust domain");
                case SoleUse.Held held -> runAlone(order, held);
            };
        } catch (IOException e) {
            return new BootOutcome.Refused(
                    RefusalCode.NO_EVIDENCE.text(),
                    "it could not be made sure that no other task runs here: " + e.getMessage());
        }
    }

    /** Sole use ends only after private memory was wiped; if it was not, nobody else gets it. */
    private BootOutcome runAlone(TaskOrder order, SoleUse.Held held) {
        BootOutcome outcome = runInPrivateMemory(order);
        try {
            held.end().run();
        } catch (IOException e) {
            throw new UncheckedIOException("private memory is wiped, but the place could not be given back", e);
        }
        return outcome;
    }

    private BootOutcome runInPrivateMemory(TaskOrder order) {
        try (PrivateDirectory directory = PrivateDirectory.create(evidence.privateMemory());
                EnvelopeOpener opener = HpkeX25519.newOpener()) {
            TrustedLaunch launch = new LaunchCheck(evidence, service, listener).establish(order, directory);
            EnvelopeRequest.Opened opened = new EnvelopeRequest(evidence, service, signer, listener)
                    .open(order.authorization(), launch.serviceKey(), opener);
            ApplicationProcess process = prepare(order, launch, opened.content(), directory);
            // The application may find a way into this process's memory: keys are gone before it starts.
            opener.close();
            return new BootOutcome.Started(start(launch, process), opened.log());
        } catch (RefusedException e) {
            return e.outcome();
        } catch (IOException e) {
            return new BootOutcome.Refused(
                    RefusalCode.CANNOT_START.text(),
                    "the private memory " + evidence.privateMemory() + " could not be used: " + e.getMessage());
        }
    }

    /** Everything the application needs; closes the content. */
    private ApplicationProcess prepare(
            TaskOrder order, TrustedLaunch launch, EnvelopeContent envelope, PrivateDirectory directory)
            throws RefusedException, IOException {
        try (EnvelopeContent content = envelope) {
            new Inputs(order, listener).place(content, directory.in());
            listener.reached(BootStep.INPUTS_READY);
            List<String> words = new ArrayList<>(
                    evidence.applicationUser().map(SeparateUser::command).orElse(List.of()));
            words.addAll(LaunchCommand.of(launch, content, directory.application()));
            ApplicationProcess process = new ApplicationProcess(
                    List.copyOf(words), environment(content, directory), directory.application());
            requireUnchangedTexts(process);
            if (evidence.applicationUser().isPresent()) {
                directory.giveTo(evidence.applicationUser().get());
            }
            return process;
        }
    }

    private int start(TrustedLaunch launch, ApplicationProcess process) throws RefusedException {
        if (launch instanceof TrustedLaunch.BoundByRegister bound) {
            bound.domain().start();
        }
        listener.reached(BootStep.STARTING);
        try {
            return process.run(output.out(), output.err());
        } catch (IOException e) {
            // The operating system's message may repeat arguments, which may be secret.
            throw new RefusedException(
                    RefusalCode.CANNOT_START,
                    "the operating system could not start the program; is it executable, and is its interpreter there?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(RefusalCode.CANNOT_START, "the application was stopped");
        }
    }

    private static void requireUnchangedTexts(ApplicationProcess process) throws RefusedException {
        Charset locale = Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"), StandardCharsets.US_ASCII);
        if (!process.survives(locale)) {
            throw new RefusedException(
                    RefusalCode.CANNOT_START,
                    "an argument or variable is not plain ASCII and this process runs in the charset " + locale
                            + ", which would change it; start the boot stage with LC_ALL=C.UTF-8");
        }
    }

    private static Map<String, String> environment(EnvelopeContent content, PrivateDirectory directory) {
        Map<String, String> environment = new LinkedHashMap<>();
        content.environment()
                .forEach((name, value) ->
                        environment.put(name, value.text(RawSecretAccess.to("pass it to the application"))));
        environment.put("IEXEC_IN", directory.in().toString());
        environment.put("IEXEC_OUT", directory.out().toString());
        environment.computeIfPresent(
                "IEXEC_INPUT_FILES_FOLDER", (name, value) -> directory.in().toString());
        environment.put("PATH", LaunchCommand.PATH);
        environment.put("HOME", directory.home().toString());
        environment.put("LANG", LANGUAGE);
        return environment;
    }
}
