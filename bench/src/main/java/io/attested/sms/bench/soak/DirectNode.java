package io.attested.sms.bench.soak;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON-RPC to the node itself, past all that misbehaves before it. Safe for many threads. */
final class DirectNode {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REVERTED = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI url;

    DirectNode(URI url) {
        this.url = url;
    }

    /** One question. */
    record Question(String method, List<Object> params) {}

    /** @throws TestbedFailure when the node answers with an error */
    JsonNode call(String method, Object... params) {
        return batch(List.of(new Question(method, List.of(params)))).getFirst();
    }

    /**
     * The results in the order of the questions; a missing node where a call reverted.
     *
     * @throws TestbedFailure when the node answers one of them with any other error
     */
    List<JsonNode> batch(List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        List<Object> requests = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            requests.add(Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    i,
                    "method",
                    questions.get(i).method(),
                    "params",
                    questions.get(i).params()));
        }
        JsonNode answers = exchange(requests);
        JsonNode[] results = new JsonNode[questions.size()];
        for (JsonNode answer : answers) {
            int id = answer.path("id").asInt(-1);
            results[id] = result(questions.get(id), answer);
        }
        return List.of(results);
    }

    private static JsonNode result(Question question, JsonNode answer) {
        JsonNode error = answer.path("error");
        if (error.isMissingNode() || error.isNull()) {
            return answer.path("result");
        }
        if (error.path("code").asInt(0) == REVERTED) {
            return MissingNode.getInstance();
        }
        throw new TestbedFailure(question.method() + ": " + error);
    }

    private JsonNode exchange(Object body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)))
                .build();
        try {
            return JsonMapper.shared()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                            .body());
        } catch (IOException e) {
            throw new TestbedFailure("the local node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while waiting for the local node", e);
        }
    }
}
