package io.attested.sms.chain.follow;

import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.Task;
import java.util.Optional;

/**
 * A task with all that hangs on it, as read at one block.
 *
 * @param block the block; every value is of this block
 * @param id the task asked for
 * @param content empty when the chain knew no such task at the block
 */
public record TaskReading(BlockRef block, Bytes32 id, Optional<Content> content) {
    /** @throws IllegalArgumentException when the content is of another task or deal */
    public TaskReading {
        content.ifPresent(found -> {
            if (!found.task().id().equals(id)
                    || !found.deal().id().equals(found.task().dealId())) {
                throw new IllegalArgumentException("the content is of another task or deal");
            }
        });
    }

    /**
     * What was found.
     *
     * @param task the task
     * @param deal its deal
     * @param app its application, with the owner at the block
     * @param dataset its dataset, with the owner at the block; empty when the deal has none
     * @param category the deal's category
     * @param registered whether the hub's registries know the assets; nothing is remembered of others, since no event that
     *     is followed tells their changes
     */
    public record Content(
            Task task, Deal deal, App app, Optional<Dataset> dataset, Category category, boolean registered) {}
}
