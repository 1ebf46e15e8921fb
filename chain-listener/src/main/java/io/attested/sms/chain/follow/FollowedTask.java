package io.attested.sms.chain.follow;

import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.follow.TaskReading.Content;
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
        HeadFacts atHead) {
    /**
     * The same from two fresh readings, for when memory cannot answer.
     *
     * @param settled at the settled block
     * @param head at the head
     * @return empty when one of the blocks does not know the task
     * @throws IllegalArgumentException when the readings are of two tasks, or of two deals
     */
    public static Optional<FollowedTask> of(SettlementRule rule, TaskReading settled, TaskReading head) {
        if (!settled.id().equals(head.id())) {
            throw new IllegalArgumentException("the readings are of two tasks");
        }
        if (settled.content().isEmpty() || head.content().isEmpty()) {
            return Optional.empty();
        }
        Content rights = settled.content().get();
        Content vetoes = head.content().get();
        if (!rights.deal().equals(vetoes.deal())) {
            throw new IllegalArgumentException("the readings are of two deals");
        }
        return Optional.of(new FollowedTask(
                settled.block(),
                head.block(),
                rule,
                rights.task(),
                rights.deal(),
                rights.app(),
                rights.dataset(),
                rights.category(),
                new HeadFacts(
                        vetoes.task().status(),
                        vetoes.task().contributionDeadline(),
                        vetoes.app().owner(),
                        vetoes.dataset().map(Dataset::owner))));
    }
}
