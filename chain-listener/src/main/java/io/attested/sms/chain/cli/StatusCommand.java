package io.attested.sms.chain.cli;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.chain.lens.HubAtBlock;
import io.attested.sms.chain.quorum.NodeStanding;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.NodeSettings;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Reads;
import io.attested.sms.chain.rpc.RpcMeter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sms chain status}. */
@Command(
        name = "status",
        description = "Show the hub, the head and the settled block the nodes agree on, and where each node stands.",
        footer = {
            "  ./sms chain status --node https://node.example.org --chain-id 134 --hub 0xHUB",
            "  SMS_CHAIN_NODE=https://a.example,https://b.example ./sms chain status \\",
            "      --chain-id 134 --hub 0xHUB"
        })
final class StatusCommand implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    /** One node on its own: its head, or why it tells none. */
    private record Probe(String node, Optional<BlockHeader> head, Optional<ChainFailure> failure, long millis) {}

    @Override
    public Integer call() throws Failure {
        CheckedChainSettings settings = nodes.settings(console.environment());
        List<Probe> probes = settings.nodes().parallelStream()
                .map(node -> probe(node, settings.chainId()))
                .toList();
        try (Lookup lookup = Lookup.open(settings, clock)) {
            List<Lookup.Place> places = lookup.places(null);
            List<NodeStanding> standings = lookup.chain().quorum().standings();
            if (json) {
                json(lookup, places, probes, standings);
            } else {
                readable(lookup, places, probes, standings);
            }
            return ExitCode.FOUND;
        } catch (Failure e) {
            if (!json) {
                table(probes, List.of()).print(console);
            }
            throw e;
        }
    }

    private Probe probe(NodeSettings settings, long chainId) {
        long from = System.nanoTime();
        try (Node node = Node.open(settings, RpcMeter.NONE, clock)) {
            BlockHeader head = node.ask(Reads.tagged(BlockTag.LATEST, chainId), Purpose.CHECK);
            return new Probe(settings.name(), Optional.of(head), Optional.empty(), since(from));
        } catch (ReadFailure e) {
            return new Probe(settings.name(), Optional.empty(), Optional.of(e.failure()), since(from));
        }
    }

    private static long since(long from) {
        return (System.nanoTime() - from) / 1_000_000;
    }

    private void readable(Lookup lookup, List<Lookup.Place> places, List<Probe> probes, List<NodeStanding> standings) {
        CheckedChainSettings settings = lookup.settings();
        HubAtBlock.Poco hub = lookup.chain().hub();
        Instant now = clock.instant();
        BlockHeader settled = places.getFirst().header();
        BlockHeader head = places.getLast().header();
        new Table("")
                .row("chain", Long.toString(settings.chainId()))
                .row("hub", settings.hub().value())
                .row("", generation(hub) + ", paid in " + money(hub) + (hub.boosts() ? ", knows boosted deals" : ""))
                .row("code hash", hub.codeHash().value())
                .row("trust", trust(settings))
                .row("head", Words.block(head.ref(), now))
                .row("", head.hash().value())
                .row(
                        "settled",
                        Words.block(settled.ref(), now) + " (" + settings.rule().text() + ")")
                .row("", settled.hash().value())
                .print(console);
        console.line("");
        table(probes, standings).print(console);
    }

    private static String trust(CheckedChainSettings settings) {
        String level = Words.of(settings.level());
        return settings.nodes().size() == 1
                ? level + ": one node"
                : level + ": " + settings.quorum().needed() + " of "
                        + settings.nodes().size() + " nodes must agree";
    }

    private static Table table(List<Probe> probes, List<NodeStanding> standings) {
        Table table = new Table("").row("node", "standing", "disagreed", "answered in", "head");
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            boolean known = i < standings.size();
            table.row(
                    probe.node(),
                    known ? standing(probe, standings.get(i).standing()) : "-",
                    known ? Long.toString(standings.get(i).disagreements()) : "-",
                    probe.millis() + " ms",
                    probe.head()
                            .map(head ->
                                    head.number() + " " + head.hash().value().substring(0, 18) + "…")
                            .orElseGet(() ->
                                    probe.failure().map(ChainFailure::detail).orElse("none")));
        }
        return table;
    }

    /** Nobody contradicts a node that answers nothing; for a person it is not a good one all the same. */
    private static String standing(Probe probe, NodeStanding.Standing standing) {
        boolean contradicted = standing == NodeStanding.Standing.BENCHED || standing == NodeStanding.Standing.PROBATION;
        return !contradicted && probe.failure().isPresent() ? "unusable" : Words.of(standing);
    }

    private void json(Lookup lookup, List<Lookup.Place> places, List<Probe> probes, List<NodeStanding> standings) {
        CheckedChainSettings settings = lookup.settings();
        HubAtBlock.Poco hub = lookup.chain().hub();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainId", settings.chainId());
        members.put("hub", settings.hub().value());
        members.put("generation", Words.of(hub.generation()));
        members.put("money", Words.of(hub.money()));
        members.put("codeHash", hub.codeHash().value());
        members.put("trust", Words.of(settings.level()));
        members.put("needed", settings.quorum().needed());
        members.put("rule", settings.rule().text());
        members.put("head", Report.block(places.getLast().header().ref()));
        members.put("settled", Report.block(places.getFirst().header().ref()));
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            all.add(node(probes.get(i), standings.get(i)));
        }
        members.put("nodes", all);
        console.json(members);
    }

    private static Map<String, Object> node(Probe probe, NodeStanding standing) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", probe.node());
        node.put("standing", Words.of(standing.standing()));
        node.put("disagreements", standing.disagreements());
        node.put("millis", probe.millis());
        probe.head().ifPresent(head -> node.put("head", Report.block(head.ref())));
        probe.failure().ifPresent(failure -> node.put("failure", Words.of(failure.kind())));
        return node;
    }

    private static String generation(HubAtBlock.Poco hub) {
        return switch (hub.generation()) {
            case BEFORE_6 -> "older than PoCo 6";
            case V6_0 -> "PoCo 6.0";
            case V6_1_OR_6_2 -> "PoCo 6.1 or 6.2";
        };
    }

    private static String money(HubAtBlock.Poco hub) {
        return switch (hub.money()) {
            case TOKEN -> "the token RLC";
            case NATIVE -> "the chain's currency";
        };
    }
}
