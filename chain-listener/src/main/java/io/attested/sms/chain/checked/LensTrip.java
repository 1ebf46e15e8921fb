package io.attested.sms.chain.checked;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One question of a lens at some blocks, in one batch. Two nodes said the same when every byte is the same.
 *
 * @param blocks in the order of the answers
 */
record LensTrip<T>(LensQuestion<T> question, List<BlockRef> blocks) implements RoundTrip<LensTrip.Answers<T>> {
    /**
     * What a node said.
     *
     * @param values one for each block
     * @param texts the answers they were read from, {@code 0x} and digits
     */
    record Answers<T>(List<T> values, List<String> texts) {}

    @Override
    public List<Question> questions() {
        return blocks.stream()
                .map(block -> Question.lens(question.data(), block))
                .toList();
    }

    @Override
    public Answers<T> read(Replies replies) throws ReadFailure {
        List<T> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try {
            for (int i = 0; i < blocks.size(); i++) {
                texts.add(text(replies, i));
                values.add(question.read(texts.getLast(), blocks.get(i)));
            }
        } catch (FactsRefused e) {
            throw ReadFailure.of(e);
        }
        return new Answers<>(List.copyOf(values), List.copyOf(texts));
    }

    @Override
    public Object canonical(Answers<T> answers) {
        return answers.texts();
    }

    static String text(Replies replies, int index) throws ReadFailure {
        return "0x" + HexFormat.of().formatHex(replies.data(index, "the lens"));
    }
}
