package io.attested.sms.bench.sessions;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench sessions}: sessions a second, their times and their CPU time. */
@Command(
        name = "./sms bench sessions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures POST /tee/sessions of the service in a process of its own, for SCONE",
            "tasks on a dataset on a local chain: first for tasks nobody asked about before,",
            "then for the same tasks again. With publisher native a session names the",
            "service; with scone it is posted to a stand-in of a CAS over mutual TLS. A proxy",
            "takes the node 20 ms away. Chain, stand-in and load share the machine.",
            "",
            "Exit codes: 0 measured, 1 a request failed, 2 the command line is wrong, 4",
            "something needed is missing."
        })
public final class SessionBench implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG_COMMAND_LINE = 2;
    private static final int UNAVAILABLE = 4;

    @Option(names = "--seconds", description = "longest time of one measurement (default ${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            description = "seconds of load before each service is measured (default ${DEFAULT-VALUE})")
    private int warmUp = 20;

    @Option(
            names = "--tasks",
            description = "new tasks of one measurement; when they are used up it ends (default ${DEFAULT-VALUE})")
    private int tasks = 2000;

    @Option(names = "--publishers", split = ",", description = "native, scone (default both)")
    private List<Publisher> publishers = List.of(Publisher.NATIVE, Publisher.SCONE);

    @Option(names = "--delays", split = ",", description = "round trips to the node in milliseconds (default 0,20)")
    private List<Integer> delays = List.of(0, 20);

    @Option(names = "--connections", split = ",", description = "how many ask at a time (default 1,16,64)")
    private List<Integer> connections = List.of(1, 16, 64);

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    private final PrintStream out;

    private SessionBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return new CommandLine(new SessionBench(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (seconds < 1
                || warmUp < 0
                || tasks < 1
                || delays.stream().anyMatch(delay -> delay < 0)
                || connections.stream().anyMatch(number -> number < 1)) {
            System.err.println("sms: --seconds, --tasks and --connections are at least 1, --warm-up and --delays 0");
            return WRONG_COMMAND_LINE;
        }
        Path folder = Files.createTempDirectory("sms-bench-sessions");
        try {
            SessionReport report = new Measuring(
                            publishers,
                            delays,
                            connections,
                            Duration.ofSeconds(seconds),
                            Duration.ofSeconds(warmUp),
                            tasks)
                    .run(folder, what -> System.err.println("sms: " + what));
            report.print(out, json);
            return report.faultless() ? 0 : FAILED;
        } catch (TestbedFailure e) {
            System.err.println("sms: " + e.getMessage());
            return UNAVAILABLE;
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
