package io.attested.sms.chain.follow;

import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.Task;
import java.util.Optional;

/**
 * A task's facts at the two blocks of a decision, both on one branch.
 *
 * @param settled the block the rights are of
 * @param head the block the vetoes are of
 * @param rule why {@code settled} is settled
 * @param task at {@code settled}
 * @param deal its deal
 * @param app its application, with the owner at {@code settled}
 * @param dataset its dataset, with the owner at {@code settled}; empty when the deal has none
 * @param category the deal's category
 * @param atHead the vetoes
 */
public record FollowedTask(
        BlockRef settled,
        BlockRef head,
        SettlementRule rule,
        Task task,
        Deal deal,
        App app,
        Optional<Dataset> dataset,
        Category category,
        HeadFacts atHead) {}
