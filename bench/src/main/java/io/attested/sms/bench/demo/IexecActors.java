package io.attested.sms.bench.demo;

import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.json.JsonMapper;

/** The scheduler and the worker as iExec's software speaks to an SMS. */
final class IexecActors {
    private final HttpClient http;

    IexecActors(HttpClient http) {
        this.http = http;
    }

    /** An answer of the service. */
    record Answer(int status, String body) {
        /** A string member of a JSON answer, by its path; empty when it is not there. */
        String member(String... path) {
            var node = JsonMapper.shared().readTree(body);
            for (String name : path) {
                node = node.path(name);
            }
            return node.asString("");
        }
    }

    /** The word of {@code GET /tee/framework}. */
    Answer framework(URI listener) throws IOException {
        return send(HttpRequest.newBuilder(listener.resolve("/tee/framework")));
    }

    /** The scheduler asks for a task's enclave challenge. */
    Answer challenge(URI listener, String taskId) throws IOException {
        return send(HttpRequest.newBuilder(listener.resolve("/tee/challenges/" + taskId))
                .header("Authorization", WorkerpoolAuthorization.challengeHeader(Wallet.WORKERPOOL_OWNER, taskId))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** The worker asks for a session. */
    Answer session(URI listener, DemoTask task) throws IOException {
        WorkerpoolAuthorization signed = task.signed(Wallet.WORKERPOOL_OWNER);
        return send(HttpRequest.newBuilder(listener.resolve("/tee/sessions"))
                .header("Authorization", signed.workerSignature())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(DemoTask.json(signed))));
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
