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

    /** Blocks that {@code settled} lies below {@code head}: the depth configured, or for a tag the distance found. */
    public int depth() {
        return switch (rule) {
            case SettlementRule.Depth(int blocks) -> blocks;
            case SettlementRule.Tag ignored -> Math.toIntExact(head.number() - settled.number());
        };
    }
}
