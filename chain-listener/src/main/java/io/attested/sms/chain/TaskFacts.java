package io.attested.sms.chain;

import java.util.Optional;

/**
 * Everything the chain says about one task, read at two named blocks: rights at {@code settled}, vetoes at {@code head}.
 *
 * <p>Guaranteed: each read was pinned to the hash of its block, and checked as {@link Provenance#level} says. Not
 * guaranteed: that the settled block can never be reorganised away. Nothing here says that a task is live: that needs a
 * clock.
 *
 * @param provenance the two blocks, the rule between them, and who vouches for the facts
 * @param task the task at {@code settled}
 * @param deal its deal
 * @param app its application at {@code settled}
 * @param dataset its dataset at {@code settled}, empty when the deal has none
 * @param category the deal's category
 * @param atHead the vetoes
 */
public record TaskFacts(
        Provenance provenance,
        Task task,
        Deal deal,
        App app,
        Optional<Dataset> dataset,
        Category category,
        HeadFacts atHead) {
    /** The block the rights were read at. */
    public BlockRef settled() {
        return provenance.settled();
    }

    /** The block the vetoes were read at. */
    public BlockRef head() {
        return provenance.head();
    }

    /** As {@link Provenance#depth}. */
    public int depth() {
        return provenance.depth();
    }
}
