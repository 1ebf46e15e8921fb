package io.attested.sms.chain.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whoever answers one question with an object that holds {@code result} or {@code error}. Safe for many threads. */
@FunctionalInterface
public interface Responder {
    /** The answer, which the caller may change. */
    ObjectNode answer(String method, JsonNode params);

    /** What the node at this URL answers. */
    static Responder node(URI url) {
        JsonMapper json = new JsonMapper();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return (method, params) -> {
            ObjectNode request = json.createObjectNode();
            request.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
            HttpRequest post = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
                    .build();
            try {
                byte[] body =
                        http.send(post, HttpResponse.BodyHandlers.ofByteArray()).body();
                return (ObjectNode) json.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("the node behind the scripted one does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the node behind the scripted one", e);
            }
        };
    }
}
