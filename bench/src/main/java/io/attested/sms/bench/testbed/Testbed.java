package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * {@code ./sms testbed}: keeps a chain with the test scenario running until it is interrupted.
 *
 * <p>Exit codes: 2 when the command line is wrong, 4 when something it needs is missing or in use; after Ctrl-C 130.
 */
public final class Testbed {
    private static final String HELP = """
            usage: ./sms testbed [--dir DIR] [--port-base N] [--pool N]

              Starts a local chain with the real PoCo contracts, deals and tasks of every kind, and stand-ins of the
              stores that sessions are posted to. Writes what there is to DIR/scenario.json and the settings of a
              service on it to DIR/server.properties, prints how to start that service and how to check it, and stays
              until Ctrl-C. All keys are public: nothing of value may ever be in that service.

              --dir DIR      folder for the files, empty or missing; without it a new one among the temporary folders
              --port-base N  first of ten ports in a row, 13300 without it
              --pool N       how many apps and how many datasets checks may use up, 200 without it
            """;

    private static final int USUAL_POOL = 200;
    private static final int LARGEST_POOL = 5000;

    private Testbed() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> rest = new ArrayList<>(List.of(arguments));
        if (rest.contains("--help") || rest.contains("-h")) {
            out.print(HELP);
            return;
        }
        try {
            Optional<Path> folder = taken(rest, "--dir").map(Path::of);
            int portBase = new Ports(number(rest, "--port-base", Ports.USUAL_BASE)).base();
            int pool = number(rest, "--pool", USUAL_POOL);
            if (!rest.isEmpty() || pool < 0 || pool > LARGEST_POOL) {
                throw new IllegalArgumentException(
                        rest.isEmpty() ? "--pool is 0 to " + LARGEST_POOL : "unknown: " + String.join(" ", rest));
            }
            run(out, folder, portBase, pool);
        } catch (IllegalArgumentException wrong) {
            System.err.println("sms testbed: " + wrong.getMessage());
            System.err.print(HELP);
            System.exit(2);
        } catch (IOException | UncheckedIOException | TestbedFailure unavailable) {
            System.err.println("sms testbed: " + unavailable.getMessage());
            System.exit(4);
        }
    }

    private static Optional<String> taken(List<String> rest, String option) {
        int at = rest.indexOf(option);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == rest.size()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        String value = rest.get(at + 1);
        rest.subList(at, at + 2).clear();
        return Optional.of(value);
    }

    private static int number(List<String> rest, String option, int otherwise) {
        Optional<String> given = taken(rest, option);
        try {
            return given.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(option + " wants a number", noNumber);
        }
    }

    private static void run(PrintStream out, Optional<Path> wanted, int portBase, int pool) throws IOException {
        Path folder = folder(wanted);
        long start = System.nanoTime();
        try (RunningTestbed running = RunningTestbed.start(folder, portBase, pool)) {
            tell(out, running, Duration.ofNanos(System.nanoTime() - start));
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path folder(Optional<Path> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return Files.createTempDirectory("sms-testbed");
        }
        Path folder = wanted.get().toAbsolutePath().normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--dir " + folder + " is no folder; name an empty or a new one");
        }
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("--dir " + folder + " is not empty; name an empty or a new one");
            }
        }
        return folder;
    }

    private static void tell(PrintStream out, RunningTestbed running, Duration took) {
        ScenarioFile scenario = running.scenario();
        out.printf(
                "chain %d at %s: %d tasks, %d apps and %d datasets to use up; made in %d s%n",
                scenario.chain().id(),
                scenario.chain().node(),
                scenario.tasks().size(),
                scenario.pools().apps().size(),
                scenario.pools().datasets().size(),
                took.toSeconds());
        out.println("scenario  " + running.scenarioFile());
        out.println("settings  " + running.serverFile());
        out.println();
        out.println("start the service:");
        out.println("  ./sms server --spring.config.additional-location=" + running.serverFile());
        out.println("check it:");
        out.println("  ./sms conformance --url " + scenario.listeners().get(Framework.SCONE) + " --chain "
                + running.scenarioFile());
        out.println();
        out.println("Ctrl-C ends the chain and what stands on it.");
    }
}
