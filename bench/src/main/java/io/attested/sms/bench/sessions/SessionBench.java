package io.attested.sms.bench.sessions;

import io.attested.sms.bench.CommandRun;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench sessions}: sessions a second, their times and their CPU time. */
@Command(
        name = "sms bench sessions",
        description = {
            "Measures POST /tee/sessions of the service in a process of its own, for SCONE",
            "tasks on a dataset on a local chain: first for tasks nobody asked about before,",
            "then for the same tasks again. With publisher native a session names the",
            "service; with scone it is posted to a stand-in of a CAS over mutual TLS. A proxy",
            "takes the node 20 ms away. Chain, stand-in and load share the machine."
        },
        exitCodeList = {
            "0:Measured",
            "1:A request failed",
            "2:The command line is wrong; nothing was done",
            "4:Something needed is missing"
        })
public final class SessionBench implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Longest time of one measurement (default ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds of load before each service is measured (default ${DEFAULT-VALUE}).")
    private int warmUp = 20;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "New tasks of one measurement; when they are used up it ends (default ${DEFAULT-VALUE}).")
    private int tasks = 2000;

    @Option(names = "--publishers", split = ",", paramLabel = "NAME", description = "native, scone (default both).")
    private List<Publisher> publishers = List.of(Publisher.NATIVE, Publisher.SCONE);

    @Option(
            names = "--delays",
            split = ",",
            paramLabel = "N",
            description = "Round trips to the node in milliseconds (default 0,20).")
    private List<Integer> delays = List.of(0, 20);

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "How many ask at a time (default 1,16,64).")
    private List<Integer> connections = List.of(1, 16, 64);

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    private final PrintStream out;

    private SessionBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return CommandRun.run(new SessionBench(out), out, arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (seconds < 1
                || warmUp < 0
                || tasks < 1
                || delays.stream().anyMatch(delay -> delay < 0)
                || connections.stream().anyMatch(number -> number < 1)) {
            throw new CommandRun.WrongCommandLine(
                    "--seconds, --tasks and --connections are at least 1, --warm-up and --delays 0");
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
                    .run(folder, what -> System.err.println("sms bench sessions: " + what));
            report.print(out, json);
            return report.faultless() ? 0 : CommandRun.FAILED;
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
