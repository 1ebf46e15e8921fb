package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import io.attested.sms.contracts.ContractCall;
import java.util.List;

/** One call of a contract at one block. Two nodes said the same when every byte is the same. */
record ViewTrip<V>(Address contract, ContractCall<V> call, BlockRef block) implements RoundTrip<ViewTrip.Answer<V>> {
    /**
     * What a node said.
     *
     * @param text the answer it was read from, {@code 0x} and digits
     */
    record Answer<V>(V view, String text) {}

    @Override
    public List<Question> questions() {
        return List.of(Question.call(contract, call.data(), block));
    }

    @Override
    public Answer<V> read(Replies replies) throws ReadFailure {
        String text = LensTrip.text(replies, 0);
        return call.decode(text)
                .map(view -> new Answer<>(view, text))
                .orElseThrow(() -> ReadFailure.malformed("the hub's view of an asset: the answer does not decode"));
    }

    @Override
    public Object canonical(Answer<V> answer) {
        return answer.text();
    }
}
