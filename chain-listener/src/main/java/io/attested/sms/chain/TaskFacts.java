package io.attested.sms.chain;

import java.util.Optional;

/**
 * Everything the chain says about one task, read at two named blocks: rights at {@code settled}, vetoes at {@code head}.
 *
 * <p>Guaranteed: each read was pinned to the hash of its block. Not guaranteed: that the node tells the truth, or that
 * the settled block can never be reorganised away. Nothing here says that a task is live: that needs a clock.
 *
 * @param settled the block the rights were read at
 * @param head the block the vetoes were read at; the same as {@code settled} at depth 0
 * @param depth the rule in force: {@code settled} is this many blocks below {@code head}, or the first block of a
 *     shorter chain
 * @param task the task at {@code settled}
 * @param deal its deal
 * @param app its application at {@code settled}
 * @param dataset its dataset at {@code settled}, empty when the deal has none
 * @param category the deal's category
 * @param atHead the vetoes
 */
public record TaskFacts(
        BlockRef settled,
        BlockRef head,
        int depth,
        Task task,
        Deal deal,
        App app,
        Optional<Dataset> dataset,
        Category category,
        HeadFacts atHead) {}
