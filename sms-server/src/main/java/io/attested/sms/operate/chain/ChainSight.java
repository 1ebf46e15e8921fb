package io.attested.sms.operate.chain;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TrustLevel;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.quorum.NodeStanding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the followed chain stands, for health and gauges. Everything comes from memory: asking costs no call to a node.
 */
public final class ChainSight {
    private final Terms terms;
    private final Supplier<Standing> standing;
    private final Supplier<List<NodeStanding>> nodes;
    private final InstantSource clock;

    /**
     * What the chain is believed by.
     *
     * @param level what is checked
     * @param rule which blocks count as settled
     * @param needed how many nodes must agree
     */
    public record Terms(TrustLevel level, SettlementRule rule, int needed) {}

    public ChainSight(
            Terms terms, Supplier<Standing> standing, Supplier<List<NodeStanding>> nodes, InstantSource clock) {
        this.terms = terms;
        this.standing = standing;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Whether decisions can be made now. */
    public boolean following() {
        return standing.get() instanceof Standing.Following;
    }

    /** Why no decisions are made now, if so. */
    public Optional<Standing.Reason> stopped() {
        return standing.get() instanceof Standing.Stopped stopped ? Optional.of(stopped.reason()) : Optional.empty();
    }

    /** A reason as reports and labels say it. */
    public static String word(Standing.Reason reason) {
        return Words.of(reason);
    }

    /** The chain's part of the health report. */
    public Map<String, Object> report() {
        Standing now = standing.get();
        Map<String, Object> report = new LinkedHashMap<>();
        switch (now) {
            case Standing.Following following -> report.put("status", "following");
            case Standing.Stopped stopped -> {
                report.put("status", "stopped");
                report.put("reason", Words.of(stopped.reason()));
            }
        }
        head(now).ifPresent(head -> put(report, "head", head));
        settled(now).ifPresent(settled -> put(report, "settled", settled));
        report.put("settledBy", terms.rule().text());
        report.put("trust", Words.of(terms.level()));
        report.put("agreement", terms.needed());
        report.put("nodes", nodes.get().stream().map(ChainSight::node).toList());
        return report;
    }

    /** Height of the head followed, 0 before there is one. */
    public double headNumber() {
        return head(standing.get()).map(BlockRef::number).orElse(0L);
    }

    /** Height of the settled block, 0 before there is one. */
    public double settledNumber() {
        return settled(standing.get()).map(BlockRef::number).orElse(0L);
    }

    /** Seconds since the head's time, negative when that is ahead; 0 before there is one. */
    public double headAgeSeconds() {
        return head(standing.get()).map(this::age).orElse(0L);
    }

    /** Seconds since the settled block's time; 0 before there is one. */
    public double settledAgeSeconds() {
        return settled(standing.get()).map(this::age).orElse(0L);
    }

    /** Where a node stands. */
    public Optional<NodeStanding.Standing> node(String name) {
        return nodes.get().stream()
                .filter(node -> node.node().equals(name))
                .map(NodeStanding::standing)
                .findFirst();
    }

    private void put(Map<String, Object> report, String name, BlockRef block) {
        report.put(name, block.number());
        report.put(name + "Hash", block.hash().value());
        report.put(name + "Time", block.time().toString());
        report.put(name + "AgeSeconds", age(block));
    }

    private static Map<String, Object> node(NodeStanding node) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", node.node());
        report.put("standing", Words.of(node.standing()));
        report.put("disagreements", node.disagreements());
        return report;
    }

    private long age(BlockRef block) {
        return Duration.between(block.time(), clock.instant()).toSeconds();
    }

    private static Optional<BlockRef> head(Standing standing) {
        return switch (standing) {
            case Standing.Following following -> Optional.of(following.head());
            case Standing.Stopped stopped -> stopped.head();
        };
    }

    private static Optional<BlockRef> settled(Standing standing) {
        return switch (standing) {
            case Standing.Following following -> Optional.of(following.settled());
            case Standing.Stopped stopped -> stopped.settled();
        };
    }
}
