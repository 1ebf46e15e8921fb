package io.attested.sms.chain.cli;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.rpc.BlockHeader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms chain task}. */
@Command(
        name = "task",
        description = {
            "Show a task with its deal and assets at the settled block, and what the head says of it.",
            "Live: ACTIVE at the last block shown, and its contribution deadline is later than that block and now."
        },
        footer = {
            "  ./sms chain task 0xTASK --node https://node.example.org --chain-id 134 \\",
            "      --hub 0xHUB",
            "  ./sms chain task 0xTASK --block 31415926 --json"
        })
final class TaskCommand implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Parameters(paramLabel = "ID", description = "The task's id, 0x and 64 hexadecimal digits.")
    private String id = "";

    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Option(names = "--block", paramLabel = "N", description = "Read at this block alone.")
    private @Nullable Long block;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    TaskCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure {
        Bytes32 task = Words.bytes32(id, "a task's id");
        try (Lookup lookup = Lookup.open(nodes.settings(console.environment()), clock)) {
            List<Lookup.Place> places = lookup.places(block);
            List<BlockHeader> headers =
                    places.stream().map(Lookup.Place::header).toList();
            Checked.Read<List<TaskAtBlock>> read = Lookup.read(lookup.chain().tasksAt(task, headers));
            String outcome = outcome(read.value());
            Report report = new Report("task", task.value(), lookup, outcome);
            if (read.value().getLast() instanceof TaskAtBlock.Known last) {
                report.summary("live", live(last.task(), headers.getLast()));
            }
            for (int i = 0; i < places.size(); i++) {
                boolean vetoes = i > 0 && read.value().getFirst() instanceof TaskAtBlock.Known;
                report.at(places.get(i), read, values(read.value().get(i), vetoes));
            }
            report.print(console, json, clock.instant());
            return "found".equals(outcome) ? ExitCode.FOUND : ExitCode.NOT_FOUND;
        }
    }

    private static String outcome(List<TaskAtBlock> values) {
        return switch (values.getLast()) {
            case TaskAtBlock.Known ignored -> values.getFirst() instanceof TaskAtBlock.Known ? "found" : "not-settled";
            case TaskAtBlock.Unknown ignored -> "unknown";
            case TaskAtBlock.Boosted ignored -> "boosted";
            case TaskAtBlock.TooLong ignored -> throw new IllegalStateException("texts are read to their end");
        };
    }

    private boolean live(Task task, BlockHeader at) {
        Instant now = clock.instant();
        return task.status() == TaskStatus.ACTIVE
                && task.contributionDeadline().isAfter(at.time())
                && task.contributionDeadline().isAfter(now);
    }

    private static Map<String, Object> values(TaskAtBlock value, boolean vetoes) {
        return switch (value) {
            case TaskAtBlock.Known(var ignored, Task task, var facts) -> {
                Values all = new Values();
                if (vetoes) {
                    all.with("status", task.status())
                            .with("contributionDeadline", task.contributionDeadline())
                            .with("appOwner", facts.owners().app());
                    facts.owners().dataset().ifPresent(owner -> all.with("datasetOwner", owner));
                } else {
                    all.task(task).facts(facts);
                }
                yield all.map();
            }
            case TaskAtBlock.Unknown ignored ->
                new Values().with("task", "unknown").map();
            case TaskAtBlock.Boosted ignored ->
                new Values().with("task", "boosted").map();
            case TaskAtBlock.TooLong ignored -> throw new IllegalStateException("texts are read to their end");
        };
    }
}
