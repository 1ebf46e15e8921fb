package io.attested.sms.chain.checked;

import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.ArrayList;
import java.util.List;

/** What did not fit into a lens, read by calls of its own, in one batch for all blocks. */
record LongTextsTrip(List<TaskAtBlock> atBlocks) implements RoundTrip<LensTrip.Answers<TaskAtBlock>> {
    @Override
    public List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (TaskAtBlock at : atBlocks) {
            if (at instanceof TaskAtBlock.TooLong(var block, var texts)) {
                texts.calls().forEach(data -> questions.add(Question.call(texts.to(), data, block)));
            }
        }
        return questions;
    }

    @Override
    public LensTrip.Answers<TaskAtBlock> read(Replies replies) throws ReadFailure {
        List<TaskAtBlock> values = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (TaskAtBlock at : atBlocks) {
            if (at instanceof TaskAtBlock.TooLong tooLong) {
                List<String> answers = new ArrayList<>();
                for (int i = 0; i < tooLong.texts().calls().size(); i++) {
                    answers.add(LensTrip.text(replies, all.size() + i));
                }
                all.addAll(answers);
                values.add(completed(tooLong, answers));
            } else {
                values.add(at);
            }
        }
        return new LensTrip.Answers<>(List.copyOf(values), List.copyOf(all));
    }

    @Override
    public Object canonical(LensTrip.Answers<TaskAtBlock> answers) {
        return answers.texts();
    }

    private static TaskAtBlock completed(TaskAtBlock.TooLong tooLong, List<String> answers) throws ReadFailure {
        try {
            return tooLong.texts().read(answers);
        } catch (FactsRefused e) {
            throw ReadFailure.of(e);
        }
    }
}
