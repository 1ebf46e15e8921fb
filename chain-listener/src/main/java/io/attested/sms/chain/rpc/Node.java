package io.attested.sms.chain.rpc;

import io.attested.sms.chain.ChainFailure.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 batches: each question is answered exactly once, in whatever order the node likes. */
final class Node {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final NodeHttp http;

    Node(NodeHttp http) {
        this.http = http;
    }

    /** The answers in the order of the questions. */
    List<Answer> ask(List<Question> questions) throws ReadFailure {
        return matched(parse(http.post(JSON.writeValueAsBytes(batch(questions)))), questions.size());
    }

    private static ArrayNode batch(List<Question> questions) {
        ArrayNode batch = JSON.createArrayNode();
        for (int id = 0; id < questions.size(); id++) {
            ObjectNode request = batch.addObject();
            request.put("jsonrpc", "2.0");
            request.put("id", id);
            request.put("method", questions.get(id).method());
            request.set("params", JSON.valueToTree(questions.get(id).params()));
        }
        return batch;
    }

    private static JsonNode parse(byte[] body) throws ReadFailure {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw ReadFailure.malformed("the answer is not JSON; does the URL lead to a JSON-RPC node?");
        }
    }

    private static List<Answer> matched(JsonNode answers, int count) throws ReadFailure {
        if (answers.isObject() && answers.path("error").isObject()) {
            JsonNode error = answers.get("error");
            throw new ReadFailure(
                    Kind.RPC_ERROR,
                    "the node refuses the batch: error " + error.path("code").asLong(0));
        }
        if (!answers.isArray() || answers.size() != count) {
            throw ReadFailure.malformed("the answer is not a batch of " + count);
        }
        List<Optional<Answer>> inOrder = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        for (JsonNode answer : answers) {
            JsonNode id = answer.path("id");
            if (!id.canConvertToInt() || !id.isIntegralNumber() || id.asInt() < 0 || id.asInt() >= count) {
                throw ReadFailure.malformed("an answer has the id of no question");
            }
            if (inOrder.set(id.asInt(), Optional.of(answer(answer))).isPresent()) {
                throw ReadFailure.malformed("a question has two answers");
            }
        }
        return inOrder.stream().flatMap(Optional::stream).toList();
    }

    private static Answer answer(JsonNode answer) throws ReadFailure {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return Answer.error(
                    error.path("code").asLong(0), error.path("message").asString(""));
        }
        JsonNode result = answer.get("result");
        if (result == null) {
            throw ReadFailure.malformed("an answer has neither result nor error");
        }
        return new Answer.Result(result);
    }
}
