package io.attested.sms.chain.cli;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.checked.Checked;
import io.attested.sms.chain.lens.HubAtBlock.Generation;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms chain app} and {@code sms chain dataset}. */
sealed class AssetCommand implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;
    private final String kind;
    private final Question question;

    @Parameters(paramLabel = "ADDRESS", description = "The asset's contract, 0x and 40 hexadecimal digits.")
    private String address = "";

    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Option(names = "--block", paramLabel = "N", description = "Read at this block instead of the settled one.")
    private @Nullable Long block;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What is asked of the chain, and what its answer shows. */
    private interface Question {
        Checked<Optional<Map<String, Object>>> ask(Lookup lookup, Address asset, Lookup.Place place);
    }

    private AssetCommand(Console console, InstantSource clock, String kind, Question question) {
        this.console = console;
        this.clock = clock;
        this.kind = kind;
        this.question = question;
    }

    @Command(
            name = "app",
            description = "Show an application as registered at the settled block, or at the one given.",
            footer = {"  ./sms chain app 0xAPP --node https://node.example.org --chain-id 134 \\", "      --hub 0xHUB"})
    static final class OfApp extends AssetCommand {
        OfApp(Console console, InstantSource clock) {
            super(
                    console,
                    clock,
                    "app",
                    (lookup, asset, place) -> mapped(
                            lookup.chain().appAt(asset, place.header()),
                            app -> new Values().app(app).map()));
        }
    }

    @Command(
            name = "dataset",
            description = "Show a dataset as registered at the settled block, or at the one given.",
            footer = {
                "  ./sms chain dataset 0xDATASET --node https://node.example.org \\",
                "      --chain-id 134 --hub 0xHUB"
            })
    static final class OfDataset extends AssetCommand {
        OfDataset(Console console, InstantSource clock) {
            super(
                    console,
                    clock,
                    "dataset",
                    (lookup, asset, place) -> mapped(
                            lookup.chain().datasetAt(asset, place.header()),
                            dataset -> new Values().dataset(dataset).map()));
        }
    }

    @Override
    public Integer call() throws Failure {
        Address asset = Words.address(address, "the " + kind);
        try (Lookup lookup = Lookup.open(nodes.settings(console.environment()), clock)) {
            if (lookup.chain().hub().generation() == Generation.BEFORE_6) {
                throw Failure.refused("the hub is older than PoCo 6 and has no view of single assets; look at a deal");
            }
            Lookup.Place place = lookup.places(block).getFirst();
            Checked.Read<Optional<Map<String, Object>>> read = Lookup.read(question.ask(lookup, asset, place));
            boolean found = read.value().isPresent();
            new Report(kind, asset.value(), lookup, found ? "found" : "unknown")
                    .at(
                            place,
                            read,
                            read.value()
                                    .orElseGet(() -> new Values()
                                            .with(kind, "not in the hub's registry")
                                            .map()))
                    .print(console, json, clock.instant());
            return found ? ExitCode.FOUND : ExitCode.NOT_FOUND;
        }
    }

    private static <T> Checked<Optional<Map<String, Object>>> mapped(
            Checked<Optional<T>> checked, java.util.function.Function<T, Map<String, Object>> values) {
        return switch (checked) {
            case Checked.Read<Optional<T>>(var value, var level, int agreeing, int nodes) ->
                new Checked.Read<>(value.map(values), level, agreeing, nodes);
            case Checked.Unavailable<Optional<T>>(var failure) -> new Checked.Unavailable<>(failure);
        };
    }
}
