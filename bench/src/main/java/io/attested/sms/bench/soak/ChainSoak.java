package io.attested.sms.bench.soak;

import io.attested.sms.bench.CommandRun;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench chain-soak}: decisions on a chain that reorganises itself, each compared with the chain. */
@Command(
        name = "sms bench chain-soak",
        description = {
            "Runs PoCo on a local chain of one block a second that replaces up to 8 of its",
            "last blocks now and then, and reads it through three nodes that fail in turns,",
            "of which two must agree; blocks count as settled at depth 10. Every decision is",
            "compared with what the chain itself says at its blocks. The last line is passed",
            "or failed with the counts."
        },
        exitCodeList = {
            "0:Passed",
            "1:Failed",
            "2:The command line is wrong; nothing was done",
            "4:Something needed is missing"
        })
public final class ChainSoak implements Callable<Integer> {
    private static final int SHORTEST = 20;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long decisions are made (default ${DEFAULT-VALUE}).")
    private int seconds = 600;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of what happens (default ${DEFAULT-VALUE}). When it happens, and keys, differ all the same.")
    private long seed = 1;

    private final PrintStream out;

    private ChainSoak(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return CommandRun.run(new ChainSoak(out), out, arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < SHORTEST) {
            throw new CommandRun.WrongCommandLine(
                    "--seconds is at least " + SHORTEST + ": blocks settle after " + Stage.DEPTH + " seconds");
        }
        SoakReport report = new Soak(Duration.ofSeconds(seconds), seed, InstantSource.system()).run();
        report.print(out, seed);
        return report.passed() ? 0 : CommandRun.FAILED;
    }
}
