package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends questions to a real node and counts the HTTP exchanges. */
final class LensNode {
    private static final String SENDER = "0x0000000000000000000000000000000000000001";

    private final URI url;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private int exchanges;

    LensNode(URI url) {
        this.url = url;
    }

    int exchanges() {
        return exchanges;
    }

    BlockRef head() {
        return block("latest");
    }

    BlockRef block(long number) {
        return block("0x" + Long.toHexString(number));
    }

    <T> T ask(LensQuestion<T> question, BlockRef at) throws FactsRefused {
        return question.read(answer(question, at), at);
    }

    /** The raw answer of one question. */
    String answer(LensQuestion<?> question, BlockRef at) {
        return results(List.of(call(Map.of("data", question.data()), at)))
                .getFirst()
                .asString();
    }

    /** The same question at two blocks, in one exchange. */
    <T> List<T> ask(LensQuestion<T> question, BlockRef one, BlockRef other) throws FactsRefused {
        List<JsonNode> answers = results(
                List.of(call(Map.of("data", question.data()), one), call(Map.of("data", question.data()), other)));
        return List.of(
                question.read(answers.get(0).asString(), one),
                question.read(answers.get(1).asString(), other));
    }

    <T> T askWithGas(LensQuestion<T> question, BlockRef at, long gas) throws FactsRefused {
        Map<String, String> members = Map.of("data", question.data(), "gas", "0x" + Long.toHexString(gas));
        return question.read(results(List.of(call(members, at))).getFirst().asString(), at);
    }

    <T> T complete(LongTexts<T> texts, BlockRef at) throws FactsRefused {
        List<Object> calls = new ArrayList<>();
        for (String data : texts.calls()) {
            calls.add(call(Map.of("to", texts.to().value(), "data", data), at));
        }
        return texts.read(results(calls).stream().map(JsonNode::asString).toList());
    }

    private BlockRef block(String name) {
        JsonNode block = results(List.of(new Call("eth_getBlockByNumber", List.of(name, false))))
                .getFirst();
        return new BlockRef(
                Long.decode(block.get("number").asString()),
                Bytes32.parse(block.get("hash").asString()),
                Instant.ofEpochSecond(Long.decode(block.get("timestamp").asString())));
    }

    private record Call(String method, List<Object> params) {}

    private Call call(Map<String, String> members, BlockRef at) {
        Map<String, String> call = new HashMap<>(members);
        call.put("from", SENDER);
        Object block = Map.of("blockHash", at.hash().value(), "requireCanonical", true);
        return new Call("eth_call", List.of(call, block));
    }

    private List<JsonNode> results(List<?> calls) {
        List<Object> batch = new ArrayList<>();
        for (Object call : calls) {
            Call one = (Call) call;
            batch.add(Map.of("jsonrpc", "2.0", "id", batch.size(), "method", one.method(), "params", one.params()));
        }
        exchanges++;
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(batch)))
                .build();
        try {
            JsonNode answers = json.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
            List<JsonNode> results = new ArrayList<>();
            for (JsonNode answer : answers) {
                if (!answer.has("result")) {
                    throw new AssertionError("the node answers " + answer);
                }
                results.add(answer.get("result"));
            }
            return results;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
