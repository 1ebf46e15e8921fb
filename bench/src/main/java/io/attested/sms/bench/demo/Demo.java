package io.attested.sms.bench.demo;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * {@code ./sms demo}: plays the story and prints it.
 *
 * <p>Exit codes: 0 when all of it held, 1 when something did not, 2 when an argument is not understood.
 */
public final class Demo {
    private static final String HELP = """
            usage: ./sms demo [--once] [--json] [--folder DIR]

              Starts a local chain, deploys the real PoCo contracts, starts the service in its dev realm and plays the
              whole story: keys pushed by the real iExec SDK, enclaves that get them, and every refusal beside a twin
              that is granted. Enclaves and their platform are simulated; no SGX hardware is used.

              --once        end after the story; exit code 0 only if all of it held
              --json        one JSON object a line: {step, outcome, code, detail}, last {demo, granted, refused}
              --folder DIR  keep everything in DIR (must be empty or missing) instead of a temporary folder
            """;

    private Demo() {}

    public static void main(String[] arguments) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        boolean once = rest.remove("--once");
        boolean json = rest.remove("--json");
        Optional<Path> folder = Optional.empty();
        int at = rest.indexOf("--folder");
        if (at >= 0 && at + 1 < rest.size()) {
            folder = Optional.of(Path.of(rest.get(at + 1)));
            rest.subList(at, at + 2).clear();
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (!rest.isEmpty()) {
            out.print(HELP);
            System.exit(rest.contains("--help") ? 0 : 2);
        }
        System.exit(new Demo().run(out, once, json, folder));
    }

    private int run(PrintStream out, boolean once, boolean json, Optional<Path> kept) {
        StepLog log = new StepLog(
                out, json, System.console() != null && System.console().isTerminal());
        Instant start = Instant.now();
        Curtain curtain = Curtain.atTheEndOfTheProcess();
        try (curtain) {
            return play(log, folder(kept, curtain).toAbsolutePath(), curtain, once, json, start);
        } catch (IOException | UncheckedIOException | TestbedFailure e) {
            log.failed("the stage", String.valueOf(e.getMessage()));
            log.close();
            return 1;
        }
    }

    private static Path folder(Optional<Path> kept, Curtain curtain) throws IOException {
        if (kept.isEmpty()) {
            Path temporary = Files.createTempDirectory("sms-demo");
            curtain.removes(temporary);
            return temporary;
        }
        Path folder = kept.get();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--folder " + folder + " is no folder; name an empty or a new one");
        }
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("--folder " + folder + " is not empty; name an empty or a new one");
            }
        }
        return folder;
    }

    private static int play(StepLog log, Path folder, Curtain curtain, boolean once, boolean json, Instant start)
            throws IOException {
        SecureRandom random = new SecureRandom();
        log.note(
                "SMS: the whole story. Real contracts, real SDK; enclaves and their platform are simulated, no SGX hardware.");
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
            return passed ? 0 : 1;
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
