package io.attested.sms.chain.rpc;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node's answers to one round trip, in the order of its questions. Indexes start at 0. */
public final class Replies {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Answer> answers;

    Replies(List<Answer> answers) {
        this.answers = answers;
    }

    /** Whether the contract reverted or is none that could run. */
    public boolean reverted(int index) {
        return answers.get(index) instanceof Answer.Reverted;
    }

    /** Whether the node answered that it has nothing: JSON null. */
    public boolean absent(int index) {
        return answers.get(index) instanceof Answer.Result result
                && result.value().isNull();
    }

    /** Bytes that the node gives as hexadecimal data: what a call returned, code. */
    public byte[] data(int index, String what) throws ReadFailure {
        return Quantity.bytes(result(index, what), what);
    }

    /** A quantity of at most 63 bits. */
    public long number(int index, String what) throws ReadFailure {
        return Quantity.longNumber(result(index, what), what);
    }

    /** A block of which the hash is recomputed. */
    public BlockHeader header(int index, String what) throws ReadFailure {
        return Header.whole(result(index, what));
    }

    /** The result as UTF-8 JSON, without the envelope. */
    public byte[] json(int index, String what) throws ReadFailure {
        return JSON.writeValueAsBytes(result(index, what));
    }

    JsonNode result(int index, String what) throws ReadFailure {
        return answers.get(index).result(what);
    }
}
