package io.attested.sms.chain.checked;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.LongTexts;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.ArrayList;
import java.util.List;

/** What did not fit into the lens of one thing at one block, read by calls of its own. */
record TextsTrip<T>(LongTexts<T> texts, BlockRef block) implements RoundTrip<LensTrip.Answers<T>> {
    @Override
    public List<Question> questions() {
        return texts.calls().stream()
                .map(data -> Question.call(texts.to(), data, block))
                .toList();
    }

    @Override
    public LensTrip.Answers<T> read(Replies replies) throws ReadFailure {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < texts.calls().size(); i++) {
            answers.add(LensTrip.text(replies, i));
        }
        try {
            return new LensTrip.Answers<>(List.of(texts.read(answers)), List.copyOf(answers));
        } catch (FactsRefused e) {
            throw ReadFailure.of(e);
        }
    }

    @Override
    public Object canonical(LensTrip.Answers<T> answers) {
        return answers.texts();
    }
}
