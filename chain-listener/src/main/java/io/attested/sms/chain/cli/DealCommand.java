package io.attested.sms.chain.cli;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.lens.DealAtBlock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms chain deal}. */
@Command(
        name = "deal",
        description = "Show a deal with its assets at the settled block, or at the one given.",
        footer = {"  ./sms chain deal 0xDEAL --node https://node.example.org --chain-id 134 \\", "      --hub 0xHUB"})
final class DealCommand implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Parameters(paramLabel = "ID", description = "The deal's id, 0x and 64 hexadecimal digits.")
    private String id = "";

    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Option(names = "--block", paramLabel = "N", description = "Read at this block instead of the settled one.")
    private @Nullable Long block;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DealCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure {
        Bytes32 deal = Words.bytes32(id, "a deal's id");
        try (Lookup lookup = Lookup.open(nodes.settings(console.environment()), clock)) {
            List<Lookup.Place> places = lookup.places(block);
            Lookup.Place place = places.getFirst();
            Checked.Read<DealAtBlock> read = Lookup.read(lookup.chain().dealAt(deal, place.header()));
            String outcome = outcome(read.value());
            new Report("deal", deal.value(), lookup, outcome)
                    .at(place, read, values(read.value()))
                    .print(console, json, clock.instant());
            return "found".equals(outcome) ? ExitCode.FOUND : ExitCode.NOT_FOUND;
        }
    }

    private static String outcome(DealAtBlock value) {
        return switch (value) {
            case DealAtBlock.Known ignored -> "found";
            case DealAtBlock.Unknown ignored -> "unknown";
            case DealAtBlock.Boosted ignored -> "boosted";
            case DealAtBlock.TooLong ignored -> throw new IllegalStateException("texts are read to their end");
        };
    }

    private static Map<String, Object> values(DealAtBlock value) {
        Values values = new Values();
        return switch (value) {
            case DealAtBlock.Known(var ignored, var facts) -> {
                values.facts(facts);
                facts.sponsor().ifPresent(sponsor -> values.with("sponsor", sponsor));
                yield values.map();
            }
            case DealAtBlock.Unknown ignored -> values.with("deal", "unknown").map();
            case DealAtBlock.Boosted(var ignored, var boosted) ->
                values.with("deal", "boosted")
                        .with("requester", boosted.requester())
                        .with("firstTask", boosted.botFirst())
                        .with("tasks", boosted.botSize())
                        .map();
            case DealAtBlock.TooLong ignored -> throw new IllegalStateException("texts are read to their end");
        };
    }
}
