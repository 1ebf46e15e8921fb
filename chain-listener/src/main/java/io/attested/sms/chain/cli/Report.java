package io.attested.sms.chain.cli;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.checked.Checked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found about one thing: values by the block they were read at and the trust level behind them. */
final class Report {
    private static final int LABELS = 23;
    private static final int LONGEST_TEXT = 400;

    private final String kind;
    private final String id;
    private final Lookup lookup;
    private final String outcome;
    private final Map<String, Object> summary = new LinkedHashMap<>();
    private final List<Reading> readings = new ArrayList<>();

    Report(String kind, String id, Lookup lookup, String outcome) {
        this.kind = kind;
        this.id = id;
        this.lookup = lookup;
        this.outcome = outcome;
    }

    private record Reading(Lookup.Place place, Checked.Read<?> read, Map<String, Object> values) {}

    Report summary(String member, Object value) {
        summary.put(member, value);
        return this;
    }

    Report at(Lookup.Place place, Checked.Read<?> read, Map<String, Object> values) {
        readings.add(new Reading(place, read, values));
        return this;
    }

    void print(Console console, boolean json, Instant now) {
        if (json) {
            console.json(members());
        } else {
            readable(console, now);
        }
        lookup.disagreed()
                .forEach(node ->
                        console.note("node " + node + " said something else than the others; it did not count"));
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(kind, id);
        members.put("chainId", lookup.settings().chainId());
        members.put("hub", lookup.settings().hub().value());
        members.put("rule", lookup.settings().rule().text());
        members.put("outcome", outcome);
        members.putAll(summary);
        List<Object> all = new ArrayList<>();
        for (Reading reading : readings) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("at", reading.place().role());
            one.put("block", block(reading.place().header().ref()));
            one.put("trust", Words.of(reading.read().level()));
            one.put("agreeing", reading.read().agreeing());
            one.put("nodes", reading.read().nodes());
            one.put("values", reading.values());
            all.add(one);
        }
        members.put("readings", all);
        members.put("disagreed", lookup.disagreed());
        return members;
    }

    static Map<String, Object> block(BlockRef block) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", block.number());
        members.put("hash", block.hash().value());
        members.put("time", block.time().toString());
        return members;
    }

    private void readable(Console console, Instant now) {
        Table top = new Table("")
                .row(kind, id)
                .row(
                        "chain",
                        lookup.settings().chainId() + ", hub "
                                + lookup.settings().hub())
                .row("outcome", outcome);
        summary.forEach((member, value) -> top.row(Words.label(member), String.valueOf(value)));
        top.print(console, LABELS + 2);
        for (Reading reading : readings) {
            console.line("");
            BlockRef block = reading.place().header().ref();
            Table table = new Table("  ");
            console.line(heading(reading.place()) + " " + Words.block(block, now));
            table.row("hash", block.hash().value());
            table.row("trust", trust(reading.read()));
            reading.values().forEach((member, value) -> table.row(Words.label(member), shortened(value.toString())));
            table.print(console, LABELS);
        }
    }

    private String heading(Lookup.Place place) {
        return switch (place.role()) {
            case "settled" -> "Settled block (" + lookup.settings().rule().text() + ")";
            case "head" -> "Head, block";
            default -> "Block";
        };
    }

    private static String trust(Checked.Read<?> read) {
        return switch (read.level()) {
            case SINGLE_NODE -> "single-node: one node said so";
            case QUORUM -> "quorum: " + read.agreeing() + " of " + read.nodes() + " nodes said the same";
            case PROOF -> "proof: shown by storage proofs under the block's state root";
        };
    }

    private static String shortened(String text) {
        if (text.isBlank()) {
            return "-";
        }
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + text.length() + " characters, whole with --json)";
    }
}
