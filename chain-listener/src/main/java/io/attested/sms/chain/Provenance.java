package io.attested.sms.chain;

/**
 * Where facts come from.
 *
 * @param level what was done to check them
 * @param rule how {@code settled} was found
 * @param settled the block the rights were read at
 * @param head the block the vetoes were read at; the same as {@code settled} at depth 0
 * @param agreeing how many nodes had said the same when there were enough
 * @param nodes how many nodes are configured
 */
public record Provenance(
        TrustLevel level, SettlementRule rule, BlockRef settled, BlockRef head, int agreeing, int nodes) {
    /** Of what one node said, unchecked beyond hashes. */
    public static Provenance ofOneNode(SettlementRule rule, BlockRef settled, BlockRef head) {
        return new Provenance(TrustLevel.SINGLE_NODE, rule, settled, head, 1, 1);
    }

    /**
     * Where two things come from that are told as one: only as much is vouched for as for the less checked of them.
     *
     * @throws IllegalArgumentException when they were read at different blocks
     */
    public Provenance and(Provenance other) {
        if (!settled.equals(other.settled) || !head.equals(other.head)) {
            throw new IllegalArgumentException("what was read at different blocks is not one answer");
        }
        TrustLevel lower = level.compareTo(other.level) <= 0 ? level : other.level;
        return new Provenance(lower, rule, settled, head, Math.min(agreeing, other.agreeing), nodes);
    }

    /** Blocks that {@code settled} lies below {@code head}: the depth configured, or for a tag the distance found. */
    public int depth() {
        return switch (rule) {
            case SettlementRule.Depth(int blocks) -> blocks;
            case SettlementRule.Tag ignored -> Math.toIntExact(head.number() - settled.number());
        };
    }
}
