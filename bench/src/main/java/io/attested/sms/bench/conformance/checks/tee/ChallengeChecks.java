package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Content;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Forgery;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** {@code POST /tee/challenges/{chainTaskId}}. */
final class ChallengeChecks {
    private static final String SECTION = "1.4";
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
    private static final Expected SERVED = Expected.status(200)
            .and(Expected.contentType("text/plain;charset=UTF-8"))
            .and(Expected.answer(
                    "a bare lower-case address of 42 characters",
                    answer -> ADDRESS.matcher(answer.body()).matches()));
    private static final Expected REFUSED = Expected.empty(401);
    private static final int PARALLEL = 16;

    private ChallengeChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(served());
        all.addAll(stability());
        all.addAll(states());
        all.addAll(signers());
        all.addAll(signatures());
        all.addAll(requests());
        return all;
    }

    private static List<Check> served() {
        List<Check> all = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            String name = framework.name().toLowerCase(java.util.Locale.ROOT) + "-plain";
            all.add(check(
                            "challenge-00" + (framework.ordinal() + 1),
                            SECTION,
                            "A challenge of a " + framework
                                    + " task is 200, text/plain;charset=UTF-8, a bare lower-case" + " address")
                    .expects(SERVED)
                    .plays(scene -> scene.at(framework).send(signed(scene, Furnished.bare(scene, name)))));
        }
        all.add(check("challenge-004", SECTION, "A challenge needs no readable enclave configuration of the app")
                .expects(SERVED)
                .plays(scene -> send(scene, signed(scene, Furnished.bare(scene, "config-no-json")))));
        all.add(check("challenge-005", SECTION, "A challenge needs no pushed secret")
                .expects(SERVED)
                .plays(scene -> send(scene, signed(scene, Furnished.bare(scene, "scone-dataset-unpushed")))));
        all.add(check("challenge-006", "2.2", "The 0x before the signature in Authorization is optional")
                .expects(SERVED)
                .plays(scene -> send(scene, changed(scene, signature -> signature.substring(2)))));
        return all;
    }

    private static List<Check> stability() {
        return List.of(
                check("challenge-007", SECTION, "The challenge is the same at every call for a task")
                        .expects(Compared.same("the same address twice"))
                        .plays(scene -> {
                            Request request = signed(scene, Furnished.bare(scene, "scone-plain"));
                            String first =
                                    scene.given(send(scene, request), SERVED).body();
                            return Compared.texts(
                                    "the second",
                                    first,
                                    scene.given(send(scene, request), SERVED).body());
                        }),
                check("challenge-008", "4.1", "Each task has a challenge of its own")
                        .expects(Compared.same("two addresses"))
                        .plays(scene -> {
                            String one = scene.given(
                                            send(scene, signed(scene, Furnished.bare(scene, "scone-plain"))), SERVED)
                                    .body();
                            String other = scene.given(
                                            send(scene, signed(scene, Furnished.bare(scene, "scone-full"))), SERVED)
                                    .body();
                            return Compared.sameIf(!one.equals(other), "the same address for two tasks");
                        }),
                check("challenge-009", SECTION, "Sixteen parallel first requests for a task get one address")
                        .expects(Compared.same("200 sixteen times, one address"))
                        .plays(ChallengeChecks::together),
                check(
                                "challenge-010",
                                SECTION,
                                "After parallel first requests the task's challenge is served as before")
                        .expects(Compared.same("200 and the address of the parallel requests"))
                        .plays(scene -> {
                            Request request = fresh(scene);
                            List<Seen> first =
                                    scene.at(Framework.SCONE).sendTogether(Collections.nCopies(PARALLEL, request));
                            String later =
                                    scene.given(send(scene, request), SERVED).body();
                            return Compared.sameIf(bodies(first).equals(Set.of(later)), "now " + later);
                        }));
    }

    private static Seen together(Scene scene) {
        List<Seen> seen = scene.at(Framework.SCONE).sendTogether(Collections.nCopies(PARALLEL, fresh(scene)));
        boolean allServed = seen.stream().allMatch(SERVED.holds());
        return Compared.sameIf(
                allServed && bodies(seen).size() == 1,
                Seen.sortedStatuses(seen).words() + "; " + bodies(seen).size() + " bodies");
    }

    private static Set<String> bodies(List<Seen> seen) {
        Set<String> bodies = new HashSet<>();
        seen.forEach(one -> bodies.add(one instanceof Answer answer ? answer.body() : one.words()));
        return bodies;
    }

    /** About one of the tasks that are there for this; which one, chance decides. */
    private static Request fresh(Scene scene) {
        List<String> names = scene.scenario().tasks().keySet().stream()
                .filter(name -> name.startsWith("fresh-"))
                .sorted()
                .toList();
        int chance = names.isEmpty() ? 0 : Integer.parseInt(scene.hex().substring(0, 6), 16) % names.size();
        return signed(scene, Furnished.bare(scene, names.isEmpty() ? "fresh-00" : names.get(chance)));
    }

    private static List<Check> states() {
        return List.of(
                refused("challenge-011", "A task that was never initialised gets 401 with an empty body", "unset"),
                refused("challenge-012", "A completed task gets 401 with an empty body", "completed"),
                refused("challenge-013", "A task whose tag asks for no TEE gets 401 with an empty body", "tag-none"),
                refused("challenge-014", "A tag with the TEE bit alone is no framework: 401", "tag-tee-only"),
                refused(
                        "challenge-015",
                        "A low nibble of the tag that names two frameworks is none: 401",
                        "tag-two-frameworks"),
                check("challenge-016", "3.3", "Other bits of the tag than the low nibble do not matter")
                        .expects(SERVED)
                        .plays(scene -> send(scene, signed(scene, Furnished.bare(scene, "tag-gpu")))),
                check("challenge-017", SECTION, "A task nobody knows gets 401 with an empty body")
                        .expects(REFUSED)
                        .plays(scene -> send(scene, about(scene, "0x" + scene.hex()))),
                check(
                                "challenge-018",
                                SECTION,
                                "A task past its contribution deadline that is active on chain is served")
                        .expects(SERVED)
                        .orDeviation(Listed.DEADLINE, REFUSED)
                        .plays(scene -> send(scene, signed(scene, Furnished.bare(scene, "expired")))));
    }

    private static Check refused(String id, String statement, String task) {
        return check(id, "2.4", statement)
                .expects(REFUSED)
                .plays(scene ->
                        send(scene, signed(scene, Furnished.bare(scene, task)).closing()));
    }

    private static List<Check> signers() {
        return List.of(
                by("challenge-019", "The worker's signature is not the workerpool owner's: 401, empty body", "worker"),
                by("challenge-020", "The requester's signature is not the workerpool owner's: 401", "requester"),
                by("challenge-021", "Another workerpool owner's signature is 401", "otherWorkerpoolOwner"),
                check("challenge-022", "2.4", "A signature for another task is 401")
                        .expects(REFUSED)
                        .plays(scene -> send(
                                scene,
                                post(Furnished.bare(scene, "scone-plain"))
                                        .signed(scene.actor("workerpoolOwner")
                                                .sign(Challenges.task(Furnished.bare(scene, "scone-full")
                                                        .chainTaskId()))))),
                check(
                                "challenge-023",
                                "2.4",
                                "The workerpool owner's signature of a whole authorisation is not one of the task: 401")
                        .expects(REFUSED)
                        .plays(scene -> {
                            ScenarioFile.Task task = Furnished.bare(scene, "scone-plain");
                            return send(
                                    scene,
                                    post(task).signed(SessionAsk.of(scene, task).poolSignature()));
                        }),
                check(
                                "challenge-024",
                                "2.4",
                                "The task's state is checked before the signature, with the same answer: 401, empty")
                        .expects(REFUSED)
                        .plays(scene -> send(
                                scene,
                                post(Furnished.bare(scene, "completed"))
                                        .signed(scene.actor("worker").sign(new byte[32])))));
    }

    private static Check by(String id, String statement, String role) {
        return check(id, "2.4", statement).expects(REFUSED).plays(scene -> {
            ScenarioFile.Task task = Furnished.bare(scene, "scone-plain");
            return send(scene, post(task).signed(scene.actor(role).sign(Challenges.task(task.chainTaskId()))));
        });
    }

    private static List<Check> signatures() {
        Expected crash = Expected.defaultError(500, "Internal Server Error");
        return List.of(
                check("challenge-025", "2.3", "v of 0 or 1 is not recovered: 401")
                        .expects(REFUSED)
                        .plays(scene -> send(scene, changed(scene, Forgery::withRecoveryId))),
                check("challenge-026", "2.3", "The high-s twin of a signature is accepted")
                        .expects(SERVED)
                        .plays(scene -> send(scene, changed(scene, Forgery::highS))),
                check("challenge-027", "2.3", "Bytes after the 65 of a signature are ignored")
                        .expects(SERVED)
                        .orDeviation(Listed.TRAILING_BYTES, REFUSED)
                        .plays(scene -> send(scene, changed(scene, signature -> signature + "00"))),
                check("challenge-028", "2.3", "A signature of fewer than 65 bytes crashes with 500")
                        .expects(crash)
                        .orDeviation(Listed.MALFORMED_SIGNATURE, REFUSED)
                        .plays(scene -> send(scene, changed(scene, signature -> signature.substring(0, 130)))),
                check("challenge-029", "2.3", "An empty signature crashes with 500")
                        .expects(crash)
                        .orDeviation(Listed.MALFORMED_SIGNATURE, REFUSED)
                        .plays(scene -> send(scene, changed(scene, signature -> ""))),
                check("challenge-030", "2.3", "r = 0 crashes with 500")
                        .expects(crash)
                        .orDeviation(Listed.MALFORMED_SIGNATURE, REFUSED)
                        .plays(scene -> send(scene, changed(scene, Forgery::zeroR))),
                check("challenge-031", "2.3", "v of 31 to 34 crashes with 500")
                        .expects(crash)
                        .orDeviation(Listed.MALFORMED_SIGNATURE, REFUSED)
                        .plays(scene -> send(scene, changed(scene, signature -> Forgery.withV(signature, 31)))),
                check("challenge-032", "2.3", "A signature with one bit turned is 401")
                        .expects(REFUSED)
                        .plays(scene -> send(scene, changed(scene, Forgery::oneBit))));
    }

    private static List<Check> requests() {
        return List.of(
                check(
                                "challenge-033",
                                SECTION,
                                "Without Authorization a challenge is 400 with the default error object")
                        .expects(Expected.defaultError(400, "Bad Request"))
                        .plays(scene -> send(scene, post(Furnished.bare(scene, "scone-plain")))),
                check("challenge-034", SECTION, "A missing header is 400 before the task is looked at")
                        .expects(Expected.defaultError(400, "Bad Request"))
                        .plays(scene -> send(
                                scene,
                                Request.post("/tee/challenges/0x" + scene.hex()).body(Content.empty()))),
                check("challenge-035", SECTION, "A request without a body, not even a length, is served")
                        .expects(SERVED)
                        .plays(scene -> {
                            ScenarioFile.Task task = Furnished.bare(scene, "scone-plain");
                            return send(
                                    scene,
                                    Request.post("/tee/challenges/" + task.chainTaskId())
                                            .signed(signature(scene, task)));
                        }),
                check("challenge-036", "1.1", "GET of a challenge is 405 and names POST in Allow")
                        .expects(
                                Expected.defaultError(405, "Method Not Allowed").and(Allow.names("POST")))
                        .plays(scene -> send(
                                scene,
                                Request.get("/tee/challenges/"
                                        + Furnished.bare(scene, "scone-plain").chainTaskId()))),
                check("challenge-037", "1.1", "A preflight of a challenge gets 403 and the text Invalid CORS request")
                        .expects(Expected.status(403).and(Expected.body("Invalid CORS request")))
                        .plays(scene -> send(
                                scene,
                                Request.preflight("/tee/challenges/0x" + scene.hex(), "https://market.test", "POST"))),
                check(
                                "challenge-038",
                                "2.6",
                                "A request signed as in vector 5 is read, and its task, which is not there, is 401")
                        .expects(REFUSED)
                        .plays(scene -> send(
                                scene,
                                Request.post("/tee/challenges/" + Vectors.TASK)
                                        .body(Content.empty())
                                        .signed(Vectors.CHALLENGE_SIGNATURE))));
    }

    static Request signed(Scene scene, ScenarioFile.Task task) {
        return post(task).signed(signature(scene, task));
    }

    private static String signature(Scene scene, ScenarioFile.Task task) {
        return scene.scenario().walletOf(task.workerpoolOwner()).signMessage(Challenges.task(task.chainTaskId()));
    }

    private static Request about(Scene scene, String taskId) {
        return Request.post("/tee/challenges/" + taskId)
                .body(Content.empty())
                .signed(scene.actor("workerpoolOwner").sign(Challenges.task(taskId)));
    }

    private static Request changed(Scene scene, UnaryOperator<String> change) {
        ScenarioFile.Task task = Furnished.bare(scene, "scone-plain");
        return post(task).signed(change.apply(signature(scene, task)));
    }

    /** As the scheduler sends it: a body of length 0. */
    private static Request post(ScenarioFile.Task task) {
        return Request.post("/tee/challenges/" + task.chainTaskId()).body(Content.empty());
    }

    private static Seen send(Scene scene, Request request) {
        return scene.at(Framework.SCONE).send(request);
    }
}
