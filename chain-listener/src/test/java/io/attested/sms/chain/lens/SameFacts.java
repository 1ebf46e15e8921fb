package io.attested.sms.chain.lens;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import java.util.List;

/** Compares what a lens says with what call by call says, field by field. */
final class SameFacts {
    private SameFacts() {}

    static TaskAtBlock.Known assertThatLensAgrees(ChainView chain, LensNode node, LensQuestions questions, Bytes32 task)
            throws FactsRefused {
        TaskLookup lookup = chain.task(task);
        assertThat(lookup).isInstanceOf(TaskLookup.Found.class);
        TaskFacts expected = ((TaskLookup.Found) lookup).facts();
        BlockRef settled = expected.settled();
        int before = node.exchanges();

        List<TaskAtBlock> both = node.ask(questions.task(task), settled, expected.head());

        assertThat(node.exchanges()).isEqualTo(before + 1);
        TaskAtBlock.Known rights = (TaskAtBlock.Known) both.get(0);
        TaskAtBlock.Known vetoes = (TaskAtBlock.Known) both.get(1);
        assertThat(rights.block()).isEqualTo(settled);
        assertThat(rights.task()).isEqualTo(expected.task());
        DealFacts facts = rights.facts();
        assertThat(facts.deal()).isEqualTo(expected.deal());
        assertThat(facts.app()).isEqualTo(expected.app());
        assertThat(facts.dataset()).isEqualTo(expected.dataset());
        assertThat(facts.category()).isEqualTo(expected.category());
        assertThat(facts.registered()).isTrue();
        assertThat(new HeadFacts(
                        vetoes.task().status(),
                        vetoes.task().contributionDeadline(),
                        vetoes.facts().owners().app(),
                        vetoes.facts().owners().dataset()))
                .isEqualTo(expected.atHead());
        return rights;
    }
}
