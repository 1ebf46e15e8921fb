package io.attested.sms.bench.follow;

import io.attested.sms.bench.CommandRun;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench chain-follow}: blocks a second of the follower, and its memory. */
@Command(
        name = "sms bench chain-follow",
        description = {
            "Lets the follower catch up from a checkpoint over made-up blocks with five",
            "events of PoCo each, served over HTTP by a process of its own, and then take",
            "over new blocks, one at a time and a hundred at a time. Catching up reads",
            "changes of owners; following reads and checks every header and every event."
        },
        exitCodeList = {
            "0:Measured",
            "2:The command line is wrong; nothing was done",
            "4:Something needed is missing, or the follower lost a change"
        })
public final class ChainFollow implements Callable<Integer> {
    @Option(names = "--blocks", paramLabel = "N", description = "Blocks to catch up over (default ${DEFAULT-VALUE}).")
    private int blocks = 100_000;

    @Option(
            names = "--new-blocks",
            paramLabel = "N",
            description = "Blocks to take over, in each of the two ways (default ${DEFAULT-VALUE}).")
    private int newBlocks = 5_000;

    @Option(
            names = "--span",
            paramLabel = "N",
            description = "Most blocks to ask events of at once (default ${DEFAULT-VALUE}).")
    private int span = 1_000;

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    private final PrintStream out;

    private ChainFollow(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return CommandRun.run(new ChainFollow(out), out, arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (blocks < 1 || newBlocks < 1 || span < 1) {
            throw new CommandRun.WrongCommandLine("--blocks, --new-blocks and --span are at least 1");
        }
        new Following(blocks, newBlocks, span, InstantSource.system()).run().print(out, json);
        return 0;
    }
}
