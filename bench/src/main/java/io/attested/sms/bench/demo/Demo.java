package io.attested.sms.bench.demo;

import io.attested.sms.bench.CommandRun;
import io.attested.sms.bench.WorkFolder;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms demo}: plays the story and prints it. */
@Command(
        name = "sms demo",
        description = {
            "Starts a local chain, deploys the real PoCo contracts, starts the service in its",
            "dev realm and plays the whole story: keys pushed by the real iExec SDK, enclaves",
            "that get them, and every refusal beside a twin that is granted. Enclaves and",
            "their platform are simulated; no SGX hardware is used."
        },
        exitCodeList = {
            "0:All of it held",
            "1:Something did not hold, or could not be started",
            "2:The command line is wrong; nothing was done",
            "130:Ended by Ctrl-C"
        })
public final class Demo implements Callable<Integer> {
    @Option(names = "--once", description = "End after the story instead of staying up.")
    private boolean once;

    @Option(
            names = "--json",
            description = "One JSON object a line: {step, outcome, code, detail}, last {demo, granted, refused}.")
    private boolean json;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Keep everything in DIR, empty or missing. Without it a temporary folder, removed at the end.")
    private Optional<Path> folder = Optional.empty();

    private final PrintStream out;

    private Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(CommandRun.run(new Demo(out), out, arguments));
    }

    @Override
    public Integer call() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean colour =
                terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        StepLog log = new StepLog(out, json, colour, columns());
        Instant start = Instant.now();
        Curtain curtain = Curtain.atTheEndOfTheProcess();
        try (curtain) {
            return play(log, place(curtain), curtain, once, json, start);
        } catch (IOException | UncheckedIOException | TestbedFailure e) {
            log.failed("the stage", String.valueOf(e.getMessage()));
            log.close();
            return CommandRun.FAILED;
        }
    }

    /** Wide without a terminal: a file or a log keeps a row on a line. */
    private static int columns() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : Integer.MAX_VALUE;
    }

    private Path place(Curtain curtain) throws IOException {
        if (folder.isPresent()) {
            return WorkFolder.named(folder.get());
        }
        Path temporary = Files.createTempDirectory("sms-demo").toAbsolutePath();
        curtain.removes(temporary);
        return temporary;
    }

    private static int play(StepLog log, Path folder, Curtain curtain, boolean once, boolean json, Instant start)
            throws IOException {
        SecureRandom random = new SecureRandom();
        log.note("SMS: the whole story. Real contracts, real SDK; enclaves and their platform are");
        log.note("simulated, no SGX hardware.");
        log.scene("The stage");
        try (LocalChain chain = LocalChain.anvil();
                Stage stage = Stage.set(folder, chain, curtain, log, InstantSource.system(), random)) {
            new Story(stage, log, new Owners(stage, random), random).play();
            boolean passed = log.close();
            log.note("after " + Duration.between(start, Instant.now()).toSeconds() + " s");
            if (!once && !json) {
                stayUp(stage, log);
            } else if (!once) {
                await();
            }
            return passed ? 0 : CommandRun.FAILED;
        }
    }

    private static void stayUp(Stage stage, StepLog log) {
        log.scene("The service stays up");
        log.note("health      " + stage.server.nativeApi().resolve("/v1/health"));
        log.note("metrics     " + stage.server.nativeApi().resolve("/actuator/prometheus"));
        log.note("native API  " + stage.server.nativeApi().resolve("/v1/service"));
        log.note("SCONE       " + stage.server.scone());
        log.note("TDX         " + stage.server.tdx());
        log.note("log file    " + stage.server.log());
        log.note("Ctrl-C ends it.");
        await();
    }

    private static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
