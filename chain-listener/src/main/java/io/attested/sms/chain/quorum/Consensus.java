package io.attested.sms.chain.quorum;

import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.rpc.ReadFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a question to several nodes came to.
 *
 * @param <T> the value asked for
 */
public sealed interface Consensus<T> {
    /**
     * Enough nodes said the same.
     *
     * @param agreeing names of those that had said so when there were enough
     * @param nodes how many nodes are configured
     */
    record Agreed<T>(T value, List<String> agreeing, int nodes) implements Consensus<T> {}

    /** No value. */
    sealed interface Refused<T> extends Consensus<T> {
        /** What to tell the caller. */
        ChainFailure failure();

        /** Why single nodes gave no answer, by name; says whether a smaller question could help. */
        Map<String, ReadFailure> failures();
    }

    /**
     * Nodes answered differently and no group was large enough.
     *
     * @param nodes names of those that answered
     */
    record Disagreement<T>(List<String> nodes, int needed, Map<String, ReadFailure> failures) implements Refused<T> {
        @Override
        public ChainFailure failure() {
            return new ChainFailure(
                    Kind.DISAGREEMENT,
                    "the nodes " + String.join(", ", nodes) + " answer differently; " + needed + " must agree");
        }
    }

    /** Too few nodes answered. */
    record Unavailable<T>(int answered, int needed, Map<String, ReadFailure> failures) implements Refused<T> {
        @Override
        public ChainFailure failure() {
            String why = failures.entrySet().stream()
                    .map(entry ->
                            entry.getKey() + ": " + entry.getValue().failure().detail())
                    .collect(Collectors.joining("; "));
            String count = answered + " nodes answered, " + needed + " must agree";
            return new ChainFailure(commonest(failures.values()), why.isEmpty() ? count : count + "; " + why);
        }

        /** The kind most failures have: one node that has lost a block must not hide that the others are gone. */
        private static Kind commonest(Collection<ReadFailure> failures) {
            return failures.stream()
                    .collect(Collectors.groupingBy(failure -> failure.failure().kind(), Collectors.counting()))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.<Kind, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(Kind.UNREACHABLE);
        }
    }
}
