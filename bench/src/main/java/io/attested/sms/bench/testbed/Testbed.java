package io.attested.sms.bench.testbed;

import io.attested.sms.bench.CommandRun;
import io.attested.sms.bench.WorkFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms testbed}: keeps a chain with the test scenario running until it is interrupted. */
@Command(
        name = "sms testbed",
        description = {
            "Starts a local chain with the real PoCo contracts, deals and tasks of every",
            "kind, and stand-ins of the stores that sessions are posted to. Writes what there",
            "is to DIR/scenario.json and the settings of a service on it to",
            "DIR/server.properties, prints how to start that service and how to check it, and",
            "stays until Ctrl-C. All keys are public: nothing of value may ever be in that",
            "service."
        },
        exitCodeList = {
            "2:The command line is wrong; nothing was done",
            "4:Something needed is missing or in use",
            "130:Ended by Ctrl-C"
        })
public final class Testbed implements Callable<Integer> {
    private static final int LARGEST_POOL = 5000;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder for the files, empty or missing. Without it a new one among the temporary folders.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "First of ten ports in a row (default ${DEFAULT-VALUE}).")
    private int portBase = Ports.USUAL_BASE;

    @Option(
            names = "--pool",
            paramLabel = "N",
            description = "How many apps and how many datasets checks may use up (default ${DEFAULT-VALUE}).")
    private int pool = 200;

    private final PrintStream out;

    private Testbed(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return CommandRun.run(new Testbed(out), out, arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Ports.isBase(portBase)) {
            throw new CommandRun.WrongCommandLine("--port-base is " + Ports.LOWEST_BASE + " to " + Ports.HIGHEST_BASE);
        }
        if (pool < 0 || pool > LARGEST_POOL) {
            throw new CommandRun.WrongCommandLine("--pool is 0 to " + LARGEST_POOL);
        }
        Path place = folder.isPresent() ? WorkFolder.named(folder.get()) : Files.createTempDirectory("sms-testbed");
        new Ports(portBase).requireFree();
        System.err.println("sms testbed: making the chain, its deals and tasks; about half a minute");
        long start = System.nanoTime();
        try (RunningTestbed running = RunningTestbed.start(place, portBase, pool)) {
            tell(out, running, Duration.ofNanos(System.nanoTime() - start));
            new CountDownLatch(1).await();
        }
        return 0;
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
