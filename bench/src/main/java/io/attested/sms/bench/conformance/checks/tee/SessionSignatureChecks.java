package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Forgery;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The two signatures of a request for a session, contract sections 2.2 to 2.4. */
final class SessionSignatureChecks {
    private static final Expected SERVED = Expected.status(200);
    private static final Expected NOT_WORKER = Refused.with(401, Refused.INVALID_AUTHORIZATION);
    private static final Expected NOT_POOL = Refused.with(401, Refused.INVALID_SIGNATURE);

    private SessionSignatureChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(who());
        all.addAll(covered());
        all.addAll(forms());
        all.addAll(quirks("signature-10", "worker's", NOT_WORKER, SessionAsk::workerSignature));
        all.addAll(quirks("signature-20", "workerpool owner's", NOT_POOL, SessionAsk::poolSignature));
        return all;
    }

    private static List<Check> who() {
        return List.of(
                check("signature-001", "1.4", "A header not signed by workerWallet is INVALID_AUTHORIZATION")
                        .expects(NOT_WORKER)
                        .plays(scene -> play(scene, ask -> ask.header(ask.poolSignature()))),
                check(
                                "signature-002",
                                "1.4",
                                "An authorisation not signed by the deal's workerpool owner is"
                                        + " EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE")
                        .expects(NOT_POOL)
                        .plays(scene -> play(
                                scene,
                                ask -> ask.poolSignature(ignored -> ask.header().orElse("")))),
                check("signature-003", "2.4", "Another workerpool owner's authorisation is no authorisation")
                        .expects(NOT_POOL)
                        .plays(scene -> {
                            ScenarioFile.Task task = task(scene);
                            return send(
                                    scene,
                                    SessionAsk.signed(
                                            scene.actor("otherWorkerpoolOwner").wallet(),
                                            scene.scenario().walletOf(task.worker()),
                                            task.chainTaskId(),
                                            SessionAsk.ENCLAVE));
                        }),
                check("signature-004", "2.4", "Any worker may be authorised, also one the deal does not know")
                        .expects(SERVED)
                        .plays(scene -> {
                            ScenarioFile.Task task = task(scene);
                            return send(
                                    scene,
                                    SessionAsk.signed(
                                            scene.scenario().walletOf(task.workerpoolOwner()),
                                            scene.actor().wallet(),
                                            task.chainTaskId(),
                                            SessionAsk.ENCLAVE));
                        }),
                check("signature-005", "2.4", "enclaveChallenge is not compared with the task's challenge")
                        .expects(SERVED)
                        .plays(scene -> send(scene, SessionAsk.of(scene, task(scene), scene.nobody()))),
                check("signature-006", "2.4", "A workerpool's signature without its value is no authorisation")
                        .expects(NOT_POOL.or(Refused.CRASH))
                        .plays(scene -> play(scene, ask -> ask.with("signature", Map.of()))));
    }

    private static List<Check> covered() {
        return List.of(
                check("signature-007", "2.4", "The signatures cover the worker's wallet")
                        .expects(NOT_WORKER)
                        .plays(scene -> play(scene, ask -> ask.with("workerWallet", scene.nobody()))),
                check("signature-008", "2.4", "The signatures cover the task")
                        .expects(NOT_WORKER)
                        .plays(scene -> play(scene, ask -> ask.with("chainTaskId", "0x" + scene.hex()))),
                check("signature-009", "2.4", "The signatures cover the enclave challenge")
                        .expects(NOT_WORKER)
                        .plays(scene -> play(scene, ask -> ask.with("enclaveChallenge", scene.nobody()))),
                check(
                                "signature-010",
                                "2.4",
                                "Workerpool and worker sign the same 32 bytes: a pool's signature for another"
                                        + " worker is none for this one")
                        .expects(NOT_POOL)
                        .plays(scene -> {
                            ScenarioFile.Task task = task(scene);
                            SessionAsk other = SessionAsk.signed(
                                    scene.scenario().walletOf(task.workerpoolOwner()),
                                    scene.actor().wallet(),
                                    task.chainTaskId(),
                                    SessionAsk.ENCLAVE);
                            return send(
                                    scene, SessionAsk.of(scene, task).poolSignature(ignored -> other.poolSignature()));
                        }),
                check(
                                "signature-011",
                                "2.4",
                                "The scheduler's signature for a challenge is no authorisation of a worker")
                        .expects(NOT_POOL)
                        .plays(scene -> {
                            ScenarioFile.Task task = task(scene);
                            String ofTask = new Actor(scene.scenario().walletOf(task.workerpoolOwner()))
                                    .sign(Challenges.task(task.chainTaskId()));
                            return send(scene, SessionAsk.of(scene, task).poolSignature(ignored -> ofTask));
                        }),
                check(
                                "signature-012",
                                "2.6",
                                "Vector 6: the worker's signature over the authorisation's hash is taken, so that"
                                        + " the unknown task is what is wrong")
                        .expects(Refused.with(401, Refused.NO_TASK))
                        .plays(scene -> send(scene, vector())),
                check(
                                "signature-013",
                                "2.6",
                                "Vector 6 with one bit of the worker's signature turned is INVALID_AUTHORIZATION")
                        .expects(NOT_WORKER)
                        .plays(scene -> send(scene, vector().workerSignature(Forgery::oneBit))));
    }

    private static SessionAsk vector() {
        return new SessionAsk(
                Map.of(
                        "chainTaskId",
                        Vectors.TASK,
                        "workerWallet",
                        Vectors.OWNER.address(),
                        "enclaveChallenge",
                        Vectors.ENCLAVE,
                        "signature",
                        Map.of("value", Vectors.POOL_SIGNATURE)),
                Optional.of(Vectors.WORKER_SIGNATURE));
    }

    private static List<Check> forms() {
        return List.of(
                check("signature-014", "2.2", "The 0x before the worker's signature is optional")
                        .expects(SERVED)
                        .plays(scene -> play(scene, ask -> ask.workerSignature(signature -> signature.substring(2)))),
                check("signature-015", "2.2", "The 0x before the workerpool's signature is optional")
                        .expects(SERVED)
                        .plays(scene -> play(scene, ask -> ask.poolSignature(signature -> signature.substring(2)))),
                check("signature-016", "2.2", "Digits of a signature may be upper-case")
                        .expects(SERVED)
                        .plays(scene -> play(scene, ask -> ask.workerSignature(SessionSignatureChecks::upperCase))),
                check("signature-017", "2.1", "The case of workerWallet does not matter: EIP-55")
                        .expects(SERVED)
                        .plays(scene -> play(
                                scene,
                                ask -> ask.with(
                                        "workerWallet", scene.actor("worker").checksummed()))),
                check("signature-018", "2.1", "The case of workerWallet does not matter: upper case")
                        .expects(SERVED)
                        .plays(scene -> play(
                                scene,
                                ask -> ask.with(
                                        "workerWallet", scene.actor("worker").upperCase()))),
                check("signature-019", "2.1", "The case of enclaveChallenge does not matter")
                        .expects(SERVED)
                        .plays(scene ->
                                play(scene, ask -> ask.with("enclaveChallenge", upperCase(SessionAsk.ENCLAVE)))));
    }

    private static String upperCase(String hex) {
        return "0x" + hex.substring(2).toUpperCase(java.util.Locale.ROOT);
    }

    private interface Place {
        SessionAsk with(SessionAsk ask, UnaryOperator<String> change);
    }

    private static List<Check> quirks(String id, String whose, Expected refused, Place place) {
        return List.of(
                quirk(
                        id + "1",
                        "v of 0 or 1 in the " + whose + " signature is not recovered",
                        refused,
                        place,
                        Forgery::withRecoveryId),
                quirk(
                        id + "2",
                        "v of 29 in the " + whose + " signature is not recovered",
                        refused,
                        place,
                        s -> Forgery.withV(s, 29)),
                quirk(
                        id + "3",
                        "The high-s twin of the " + whose + " signature is accepted",
                        SERVED,
                        place,
                        Forgery::highS),
                crash(
                        id + "4",
                        "v of 31 to 34 in the " + whose + " signature crashes",
                        refused,
                        place,
                        s -> Forgery.withV(s, 32)),
                crash(
                        id + "5",
                        "A " + whose + " signature of fewer than 65 bytes crashes",
                        refused,
                        place,
                        s -> s.substring(0, 130)),
                crash(id + "6", "r = 0 in the " + whose + " signature crashes", refused, place, Forgery::zeroR),
                crash(id + "7", "A " + whose + " signature that is no hex crashes", refused, place, s -> "nonsense"),
                quirk(
                        id + "8",
                        "One bit turned in the " + whose + " signature is refused",
                        refused,
                        place,
                        Forgery::oneBit),
                check(id + "9", "2.3", "Bytes after the 65 of the " + whose + " signature are ignored")
                        .expects(SERVED)
                        .orDeviation(Listed.TRAILING_BYTES, refused)
                        .plays(scene -> send(scene, place.with(usual(scene), signature -> signature + "00"))));
    }

    private static Check quirk(
            String id, String statement, Expected expected, Place place, UnaryOperator<String> change) {
        return check(id, "2.3", statement)
                .expects(expected)
                .plays(scene -> send(scene, place.with(usual(scene), change)));
    }

    private static Check crash(
            String id, String statement, Expected refused, Place place, UnaryOperator<String> change) {
        return check(id, "2.3", statement + " with 500")
                .expects(Refused.CRASH)
                .orDeviation(Listed.MALFORMED_SIGNATURE, refused)
                .plays(scene -> send(scene, place.with(usual(scene), change)));
    }

    private static Seen play(Scene scene, UnaryOperator<SessionAsk> change) {
        return send(scene, change.apply(usual(scene)));
    }

    private static SessionAsk usual(Scene scene) {
        return SessionAsk.of(scene, task(scene));
    }

    private static ScenarioFile.Task task(Scene scene) {
        return Furnished.task(scene, "scone-plain");
    }

    private static Seen send(Scene scene, SessionAsk ask) {
        return scene.at(Framework.SCONE).send(ask.request());
    }
}
