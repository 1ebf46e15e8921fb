package io.attested.sms.bench.soak;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench chain-soak}: decisions on a chain that reorganises itself, each compared with the chain. */
@Command(
        name = "./sms bench chain-soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs PoCo on a local chain of one block a second that replaces up to 8 of its",
            "last blocks now and then, and reads it through three nodes that fail in turns,",
            "of which two must agree; blocks count as settled at depth 10. Every decision is",
            "compared with what the chain itself says at its blocks. The last line is passed",
            "or failed with the counts.",
            "",
            "Exit codes: 0 passed, 1 failed, 2 the command line is wrong, 4 something needed",
            "is missing."
        })
public final class ChainSoak implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG_COMMAND_LINE = 2;
    private static final int UNAVAILABLE = 4;
    private static final int SHORTEST = 20;

    @Option(names = "--seconds", description = "how long decisions are made (default ${DEFAULT-VALUE})")
    private int seconds = 600;

    @Option(
            names = "--seed",
            description = "of what happens (default ${DEFAULT-VALUE}); when it happens, and keys, differ all the same")
    private long seed = 1;

    private final PrintStream out;

    private ChainSoak(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return new CommandLine(new ChainSoak(out)).execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < SHORTEST) {
            System.err.println(
                    "sms: --seconds is at least " + SHORTEST + ": blocks settle after " + Stage.DEPTH + " seconds");
            return WRONG_COMMAND_LINE;
        }
        try {
            SoakReport report = new Soak(Duration.ofSeconds(seconds), seed, InstantSource.system()).run();
            report.print(out, seed);
            return report.passed() ? 0 : FAILED;
        } catch (TestbedFailure e) {
            System.err.println("sms: " + e.getMessage());
            return UNAVAILABLE;
        }
    }
}
