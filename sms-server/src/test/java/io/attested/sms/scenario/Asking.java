package io.attested.sms.scenario;

import io.attested.sms.contracts.testbed.Ask;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.contracts.testbed.WorkerpoolAuthorization;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests of schedulers and workers about a task: iExec's two and the native ask. */
final class Asking {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Asking() {}

    /** Everything is right: the pool's owner authorises {@link Wallet#WORKER}. */
    static WorkerpoolAuthorization authorization(String taskId, String enclaveChallenge) {
        return WorkerpoolAuthorization.sign(Wallet.WORKERPOOL_OWNER, Wallet.WORKER, taskId, enclaveChallenge);
    }

    static HttpRequest.Builder challenge(URI base, String taskId) {
        return challenge(base, taskId, WorkerpoolAuthorization.challengeHeader(Wallet.WORKERPOOL_OWNER, taskId));
    }

    static HttpRequest.Builder challenge(URI base, String taskId, String signature) {
        return HttpRequest.newBuilder(base.resolve("/tee/challenges/" + taskId))
                .header("Authorization", signature)
                .POST(HttpRequest.BodyPublishers.noBody());
    }

    /** The members as the worker sends them; a test changes some. */
    static Map<String, Object> members(WorkerpoolAuthorization authorization) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainTaskId", authorization.chainTaskId());
        members.put("workerWallet", authorization.workerWallet());
        members.put("enclaveChallenge", authorization.enclaveChallenge());
        members.put("signature", Map.of("value", authorization.signature()));
        return members;
    }

    static HttpRequest.Builder session(URI base, WorkerpoolAuthorization authorization) {
        return session(base, members(authorization), authorization.workerSignature());
    }

    static HttpRequest.Builder session(URI base, Map<String, Object> members, String workerSignature) {
        return HttpRequest.newBuilder(base.resolve("/tee/sessions"))
                .header("Content-Type", "application/json")
                .header("Authorization", workerSignature)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(members)));
    }

    /** An ask of {@link Wallet#WORKER} with a deadline in one minute. */
    static Ask ask(WorkerpoolAuthorization authorization) {
        return new Ask(
                authorization.chainTaskId(),
                "app",
                authorization.workerWallet(),
                authorization.enclaveChallenge(),
                Instant.now().getEpochSecond() + 60);
    }

    /** The body of {@code POST /v1/challenges}; a test changes members. */
    static Map<String, Object> nativeAsk(
            RunningServer server, WorkerpoolAuthorization authorization, Ask ask, Wallet signer) {
        JsonNode service = JSON.readTree(
                server.get(server.nativeApi().resolve("/v1/service")).body());
        byte[] digest = ask.digest(
                service.path("chainId").asLong(),
                service.path("hub").asString(),
                HexFormat.of().parseHex(service.path("serviceId").asString().substring(2)));
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("chainTaskId", ask.chainTaskId());
        asked.put("stage", ask.stage());
        asked.put("worker", ask.worker());
        asked.put("enclaveChallenge", ask.enclaveChallenge());
        asked.put("deadline", ask.deadline());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("authorization", members(authorization));
        body.put("ask", asked);
        body.put("askSignature", signer.signDigest(digest));
        return body;
    }

    static Map<String, Object> nativeAsk(RunningServer server, WorkerpoolAuthorization authorization) {
        return nativeAsk(server, authorization, ask(authorization), Wallet.WORKER);
    }
}
