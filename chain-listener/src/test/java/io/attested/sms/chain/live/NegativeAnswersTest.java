package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.follow.Standing.Following;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NegativeAnswersTest {
    private final NegativeAnswers<Integer, String> answers = new NegativeAnswers<>();

    private static BlockRef block(long number, int hash) {
        return new BlockRef(number, Bytes32.parse("0x%064x".formatted(hash)), Instant.EPOCH);
    }

    private static Following at(int settled, int head) {
        return new Following(block(1, settled), block(2, head));
    }

    @Test
    void atWhenAnyBlockIsAnotherThenNothing() {
        answers.remember(7, at(1, 2), "none");

        assertThat(answers.at(7, at(1, 2))).contains("none");
        assertThat(answers.at(7, at(1, 3))).isEmpty();
        assertThat(answers.at(7, at(3, 2))).isEmpty();
        assertThat(answers.at(8, at(1, 2))).isEmpty();
    }

    @Test
    void rememberWhenFullThenTheOldestIsForgotten() {
        answers.remember(0, at(1, 2), "none");
        answers.remember(1, at(1, 2), "none");
        answers.remember(0, at(1, 3), "none");
        for (int i = 2; i <= NegativeAnswers.MOST; i++) {
            answers.remember(i, at(1, 3), "none");
        }

        assertThat(answers.at(1, at(1, 2))).isEmpty();
        assertThat(answers.at(0, at(1, 3))).contains("none");
        assertThat(answers.at(NegativeAnswers.MOST, at(1, 3))).contains("none");
    }
}
