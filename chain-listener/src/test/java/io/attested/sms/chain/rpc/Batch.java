package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.contracts.ContractCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Questions that go to the node in one round trip; each addition gives the place its answer will be found at. */
final class Batch {
    private final Node node;
    private final List<Question> questions = new ArrayList<>();

    Batch(Node node) {
        this.node = node;
    }

    /** Where to find one answer. */
    record Place<T>(int index, ContractCall<T> call, String what) {}

    <T> Place<T> call(Address to, ContractCall<T> call, BlockRef at, String what) {
        questions.add(Question.call(to, call.data(), at));
        return new Place<>(questions.size() - 1, call, what);
    }

    /** Gives the index of the answer. */
    int ask(Question question) {
        questions.add(question);
        return questions.size() - 1;
    }

    Answers send() throws ReadFailure {
        return new Answers(node.ask(questions));
    }

    /** The answers to a batch. */
    record Answers(List<Answer> all) {
        JsonNode result(int index, String what) throws ReadFailure {
            return all.get(index).result(what);
        }

        <T> T of(Place<T> place) throws ReadFailure {
            String hex = text(place);
            return place.call()
                    .decode(hex)
                    .orElseThrow(() -> ReadFailure.malformed(place.what() + ": the answer does not decode"));
        }

        /** Empty when the contract reverts, is none, or answers something else. */
        <T> Optional<T> ifAny(Place<T> place) throws ReadFailure {
            if (all.get(place.index()) instanceof Answer.Reverted) {
                return Optional.empty();
            }
            return place.call().decode(text(place));
        }

        /** Whether there is no contract at that block: a call to nothing gives nothing. */
        boolean nothing(Place<?> place) throws ReadFailure {
            return "0x".equals(text(place));
        }

        private String text(Place<?> place) throws ReadFailure {
            JsonNode value = all.get(place.index()).result(place.what());
            if (!value.isString()) {
                throw ReadFailure.malformed(place.what() + ": the answer is not text");
            }
            return value.asString();
        }
    }
}
