package io.attested.sms.chain.quorum;

import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.List;
import java.util.OptionalLong;

/** Tells questions for blocks by their heights alone from others: nodes on two branches answer them differently. */
final class ByHeight {
    private ByHeight() {}

    /** The height of the last block asked for; empty when the question is another one. */
    static OptionalLong of(RoundTrip<?> trip) {
        List<Question> questions = trip.questions();
        return questions.stream().allMatch(question -> question.method().equals("eth_getBlockByNumber"))
                ? height(questions.getLast().params().getFirst())
                : OptionalLong.empty();
    }

    private static OptionalLong height(Object block) {
        return block instanceof String text && text.startsWith("0x")
                ? OptionalLong.of(Long.decode(text))
                : OptionalLong.empty();
    }
}
