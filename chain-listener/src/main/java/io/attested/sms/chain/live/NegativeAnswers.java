package io.attested.sms.chain.live;

import io.attested.sms.chain.follow.Standing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was not found, and at which blocks: whoever asks again at the same blocks gets the same answer without a node being
 * asked. A new head or a newly settled block makes it void.
 *
 * <p>At most {@value #MOST} answers, the oldest is forgotten first. Safe for many threads.
 *
 * @param <K> what is asked for
 * @param <T> an answer that grants nothing
 */
final class NegativeAnswers<K, T> {
    static final int MOST = 1000;

    private record At<T>(Standing.Following blocks, T answer) {}

    private final Map<K, At<T>> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, At<T>> eldest) {
            return size() > MOST;
        }
    };

    /** The answer given at exactly these blocks. */
    synchronized Optional<T> at(K asked, Standing.Following blocks) {
        return Optional.ofNullable(answers.get(asked))
                .filter(at -> at.blocks().equals(blocks))
                .map(At::answer);
    }

    /** Remembers it instead of what was remembered before. */
    synchronized void remember(K asked, Standing.Following blocks, T answer) {
        answers.remove(asked);
        answers.put(asked, new At<>(blocks, answer));
    }
}
