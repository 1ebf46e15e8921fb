package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.contracts.testbed.Wallet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker's request for a session, contract sections 1.4 and 2.4; a check states the difference.
 *
 * @param members of the body
 * @param header the worker's signature, if it is sent
 */
record SessionAsk(Map<String, Object> members, Optional<String> header) {
    /** An enclave challenge that no task has; nobody compares it. */
    static final String ENCLAVE = "0x" + "5c".repeat(20);

    private static final String SIGNATURE = "signature";
    private static final String VALUE = "value";

    SessionAsk {
        members = new LinkedHashMap<>(members);
    }

    /** Right in everything: the task's workerpool authorises the task's worker. */
    static SessionAsk of(Scene scene, ScenarioFile.Task task) {
        return of(scene, task, ENCLAVE);
    }

    /** The same with this enclave challenge. */
    static SessionAsk of(Scene scene, ScenarioFile.Task task, String enclave) {
        return signed(
                scene.scenario().walletOf(task.workerpoolOwner()),
                scene.scenario().walletOf(task.worker()),
                task.chainTaskId(),
                enclave);
    }

    /** Of the usual people of the scenario about any task, also one that is not there. */
    static SessionAsk about(Scene scene, String taskId) {
        return signed(
                scene.scenario().wallet("workerpoolOwner"), scene.scenario().wallet("worker"), taskId, ENCLAVE);
    }

    /** Signed by these two. */
    static SessionAsk signed(Wallet scheduler, Wallet worker, String taskId, String enclave) {
        byte[] hash = Challenges.hash(bytes(worker.address()), bytes(taskId), bytes(enclave));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("chainTaskId", taskId);
        members.put("workerWallet", worker.address());
        members.put("enclaveChallenge", enclave);
        members.put(SIGNATURE, Map.of(VALUE, scheduler.signMessage(hash)));
        return new SessionAsk(members, Optional.of(worker.signMessage(hash)));
    }

    /** With one member changed or added, signatures as they are. */
    SessionAsk with(String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(member, value);
        return new SessionAsk(changed, header);
    }

    /** Without a member. */
    SessionAsk without(String member) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.remove(member);
        return new SessionAsk(changed, header);
    }

    /** With another header. */
    SessionAsk header(String value) {
        return new SessionAsk(members, Optional.of(value));
    }

    /** With the worker's signature changed. */
    SessionAsk workerSignature(UnaryOperator<String> change) {
        return new SessionAsk(members, header.map(change));
    }

    /** With the workerpool's signature changed. */
    SessionAsk poolSignature(UnaryOperator<String> change) {
        return with(SIGNATURE, Map.of(VALUE, change.apply(poolSignature())));
    }

    /** The workerpool's signature. */
    String poolSignature() {
        return members.get(SIGNATURE) instanceof Map<?, ?> map ? String.valueOf(map.get(VALUE)) : "";
    }

    /** The request. */
    Request request() {
        return body(JsonMapper.shared().writeValueAsString(members));
    }

    /** The same under another content type, or none. */
    Request typed(Optional<String> type) {
        Request bare = signedPost()
                .body(io.attested.sms.bench.conformance.Content.utf8(
                        JsonMapper.shared().writeValueAsString(members)));
        return type.map(name -> bare.header("Content-Type", name)).orElse(bare);
    }

    /** The same with another text as its JSON. */
    Request body(String text) {
        return signedPost().json(text);
    }

    private Request signedPost() {
        Request post = Request.post("/tee/sessions");
        return header.map(post::signed).orElse(post);
    }

    private static byte[] bytes(String hex) {
        return hex.isEmpty() ? new byte[0] : Challenges.hex(hex);
    }
}
