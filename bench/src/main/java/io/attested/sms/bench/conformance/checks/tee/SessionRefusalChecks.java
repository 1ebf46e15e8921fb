package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every error name of section 1.4 that a request can reach, and their order. */
final class SessionRefusalChecks {
    private static final Expected SERVED = Expected.status(200);

    private SessionRefusalChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(tasks());
        all.addAll(order());
        all.addAll(configurations());
        all.addAll(pools());
        all.addAll(bulks());
        all.addAll(secrets());
        return all;
    }

    private static List<Check> tasks() {
        return List.of(
                check("refusal-001", "1.4", "An empty task id is EXECUTION_NOT_AUTHORIZED_EMPTY_PARAMS_UNAUTHORIZED")
                        .expects(Refused.with(401, Refused.EMPTY_TASK))
                        .plays(scene -> send(scene, SessionAsk.about(scene, ""))),
                check("refusal-002", "1.4", "A task nobody knows is EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED")
                        .expects(Refused.with(401, Refused.NO_TASK))
                        .plays(scene -> send(scene, SessionAsk.about(scene, "0x" + scene.hex()))),
                check("refusal-003", "1.4", "A task id left out is 32 zero bytes, which no task has")
                        .expects(Refused.with(401, Refused.NO_TASK))
                        .plays(scene -> send(
                                scene,
                                SessionAsk.about(scene, "0x" + "00".repeat(32)).without("chainTaskId"))),
                task("refusal-004", "A task that was never initialised has no deal", Refused.NO_TASK, "unset"),
                task("refusal-005", "A completed task is not active", Refused.TASK_NOT_ACTIVE, "completed"),
                task("refusal-006", "A tag of zero names no framework", Refused.NO_TEE, "tag-none"),
                task("refusal-007", "A tag with the TEE bit alone names no framework", Refused.NO_TEE, "tag-tee-only"),
                task(
                        "refusal-008",
                        "A low nibble of the tag that sets two frameworks names none",
                        Refused.NO_TEE,
                        "tag-two-frameworks"),
                check("refusal-009", "3.3", "Other bits of the tag than the low nibble do not matter")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.SCONE, "tag-gpu")),
                check(
                                "refusal-010",
                                "2.4",
                                "Deadlines are not checked: a task past its contribution deadline is served")
                        .expects(SERVED)
                        .orDeviation(Listed.DEADLINE, Refused.with(401, Refused.TASK_NOT_ACTIVE))
                        .plays(scene -> named(scene, Framework.SCONE, "expired")),
                check(
                                "refusal-011",
                                "1.4",
                                "An empty enclaveChallenge is"
                                        + " GET_SIGNATURE_TOKENS_FAILED_EMPTY_PUBLIC_ENCLAVE_CHALLENGE")
                        .expects(Refused.with(500, Refused.NO_CHALLENGE))
                        .plays(scene -> send(scene, SessionAsk.of(scene, Furnished.task(scene, "scone-plain"), ""))),
                check("refusal-012", "1.4", "An enclaveChallenge left out is as an empty one")
                        .expects(Refused.with(500, Refused.NO_CHALLENGE))
                        .plays(scene -> send(
                                scene,
                                SessionAsk.of(scene, Furnished.task(scene, "scone-plain"), "")
                                        .without("enclaveChallenge"))));
    }

    private static Check task(String id, String statement, String code, String task) {
        return check(id, "1.4", statement + ": " + code)
                .expects(Refused.with(401, code))
                .plays(scene -> named(scene, Framework.SCONE, task));
    }

    private static List<Check> order() {
        return List.of(
                order(
                        "refusal-020",
                        "The worker's signature comes before the task",
                        Refused.INVALID_AUTHORIZATION,
                        scene -> forgedWorker(SessionAsk.about(scene, "0x" + scene.hex()))),
                order(
                        "refusal-021",
                        "The worker's signature comes before an empty task id",
                        Refused.INVALID_AUTHORIZATION,
                        scene -> forgedWorker(SessionAsk.about(scene, ""))),
                order(
                        "refusal-022",
                        "The worker's signature comes before the task's state",
                        Refused.INVALID_AUTHORIZATION,
                        scene -> forgedWorker(of(scene, "completed"))),
                order(
                        "refusal-023",
                        "The worker's signature comes before the workerpool's",
                        Refused.INVALID_AUTHORIZATION,
                        scene -> forgedPool(forgedWorker(of(scene, "scone-plain")))),
                order(
                        "refusal-024",
                        "The task comes before the workerpool's signature",
                        Refused.NO_TASK,
                        scene -> forgedPool(SessionAsk.about(scene, "0x" + scene.hex()))),
                order(
                        "refusal-025",
                        "The task's state comes before the workerpool's signature",
                        Refused.TASK_NOT_ACTIVE,
                        scene -> forgedPool(of(scene, "completed"))),
                order(
                        "refusal-026",
                        "The tag comes before the workerpool's signature",
                        Refused.NO_TEE,
                        scene -> forgedPool(of(scene, "tag-none"))),
                order(
                        "refusal-027",
                        "The workerpool's signature comes before the app's configuration",
                        Refused.INVALID_SIGNATURE,
                        scene -> forgedPool(of(scene, "config-absent"))),
                order(
                        "refusal-028",
                        "The workerpool's signature comes before missing secrets",
                        Refused.INVALID_SIGNATURE,
                        scene -> forgedPool(of(scene, "scone-dataset-unpushed"))),
                check("refusal-029", "4.2", "The signing tokens come before the dataset's key")
                        .expects(Refused.with(500, Refused.NO_CHALLENGE))
                        .plays(scene ->
                                send(scene, SessionAsk.of(scene, Furnished.task(scene, "scone-dataset-unpushed"), ""))),
                check("refusal-030", "4.2", "The signing tokens come before the result's storage")
                        .expects(Refused.with(500, Refused.NO_CHALLENGE))
                        .plays(scene ->
                                send(scene, SessionAsk.of(scene, Furnished.task(scene, "scone-token-unpushed"), ""))),
                check("refusal-031", "4.2", "The dataset's key comes before the result's encryption and storage")
                        .expects(Refused.with(500, Refused.NO_DATASET_KEY))
                        .plays(scene -> named(scene, Framework.SCONE, "all-unpushed")),
                check("refusal-032", "4.2", "The result's encryption comes before its storage")
                        .expects(Refused.with(500, Refused.NO_ENCRYPTION_KEY))
                        .plays(scene -> named(scene, Framework.SCONE, "result-unpushed")));
    }

    private interface Asked {
        SessionAsk in(Scene scene);
    }

    private static Check order(String id, String statement, String code, Asked asked) {
        return check(id, "1.4", statement)
                .expects(Refused.with(401, code))
                .plays(scene -> send(scene, asked.in(scene)));
    }

    private static SessionAsk of(Scene scene, String name) {
        return SessionAsk.of(scene, Furnished.bare(scene, name));
    }

    private static SessionAsk forgedWorker(SessionAsk ask) {
        return ask.header(ask.poolSignature());
    }

    private static SessionAsk forgedPool(SessionAsk ask) {
        return ask.poolSignature(ignored -> Vectors.POOL_SIGNATURE);
    }

    private static List<Check> configurations() {
        return List.of(
                configured(
                        "refusal-040",
                        Framework.SCONE,
                        "An app without enclave configuration",
                        Refused.NO_CONFIGURATION,
                        "config-absent"),
                configured(
                        "refusal-041",
                        Framework.SCONE,
                        "A configuration that is no JSON",
                        Refused.NO_CONFIGURATION,
                        "config-no-json"),
                configured(
                        "refusal-042",
                        Framework.SCONE,
                        "A configuration with an unknown key",
                        Refused.NO_CONFIGURATION,
                        "config-unknown-member"),
                configured(
                        "refusal-043",
                        Framework.SCONE,
                        "A version that is no configured pipeline's",
                        Refused.INVALID_CONFIGURATION,
                        "config-unknown-version"),
                configured(
                        "refusal-044",
                        Framework.SCONE,
                        "A configuration without entrypoint",
                        Refused.INVALID_CONFIGURATION,
                        "config-no-entrypoint"),
                configured(
                        "refusal-045",
                        Framework.SCONE,
                        "A heap size of 0",
                        Refused.INVALID_CONFIGURATION,
                        "config-no-heap"),
                configured(
                        "refusal-046",
                        Framework.SCONE,
                        "A fingerprint that is not 32 bytes",
                        Refused.INVALID_CONFIGURATION,
                        "config-bad-fingerprint"),
                configured(
                        "refusal-047",
                        Framework.SCONE,
                        "An empty fingerprint",
                        Refused.INVALID_CONFIGURATION,
                        "config-no-fingerprint"),
                configured(
                        "refusal-048",
                        Framework.GRAMINE,
                        "A Gramine app without enclave configuration",
                        Refused.NO_CONFIGURATION,
                        "config-gramine-absent"),
                configured(
                        "refusal-049",
                        Framework.GRAMINE,
                        "A version of another framework's pipeline only",
                        Refused.INVALID_CONFIGURATION,
                        "config-gramine-older-version"),
                configured(
                        "refusal-058",
                        Framework.GRAMINE,
                        "A version that no framework has",
                        Refused.INVALID_CONFIGURATION,
                        "config-gramine-unknown-version"),
                configured(
                        "refusal-059",
                        Framework.GRAMINE,
                        "A fingerprint of three parts, which no SPS can tell apart,",
                        Refused.INVALID_CONFIGURATION,
                        "config-gramine-three-parts"),
                check("refusal-050", "3.5", "The key framework of a configuration may be called provider")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.SCONE, "config-provider")),
                check("refusal-051", "4.2", "Any configured version may be named")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.SCONE, "config-older-version")),
                check("refusal-052", "3.5", "A Gramine configuration needs neither entrypoint nor heap size")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.GRAMINE, "config-gramine-short")),
                check("refusal-053", "3.5", "The configuration's framework is not compared with the tag")
                        .expects(SERVED)
                        .orDeviation(Listed.FRAMEWORK, Refused.with(500, Refused.INVALID_CONFIGURATION))
                        .plays(scene -> named(scene, Framework.SCONE, "config-other-framework")),
                check("refusal-054", "3.5", "A TDX app has no configuration and needs none")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.TDX, "tdx-plain")),
                check("refusal-055", "3.5", "A fingerprint of three parts is not 32 bytes hex: it is refused")
                        .expects(Refused.with(500, Refused.INVALID_CONFIGURATION))
                        .orDeviation(Listed.THREE_PARTS, SERVED)
                        .plays(scene -> named(scene, Framework.SCONE, "config-three-parts")));
    }

    private static List<Check> pools() {
        return List.of(
                check("refusal-056", "2.4", "The workerpool's owner at the match signs, also when it was sold since")
                        .expects(SERVED)
                        .plays(scene -> named(scene, Framework.SCONE, "workerpool-sold")),
                check("refusal-057", "2.4", "The workerpool's owner after the match is not the one who signs")
                        .expects(Refused.with(401, Refused.INVALID_SIGNATURE))
                        .plays(scene -> {
                            ScenarioFile.Task task = Furnished.task(scene, "workerpool-sold");
                            return send(
                                    scene,
                                    SessionAsk.signed(
                                            scene.scenario().wallet("otherWorkerpoolOwner"),
                                            scene.scenario().walletOf(task.worker()),
                                            task.chainTaskId(),
                                            SessionAsk.ENCLAVE));
                        }));
    }

    private static List<Check> bulks() {
        return List.of(
                bulk(
                        "refusal-060",
                        "A dataset of a bulk whose key was not pushed is left blank",
                        "bulk-unpushed",
                        Listed.BULK_REFUSED,
                        Refused.with(500, Refused.NO_DATASET_KEY)),
                bulk(
                        "refusal-061",
                        "An order of a bulk that the hub does not accept is left blank",
                        "bulk-forged",
                        Listed.BULK_REFUSED,
                        Refused.with(500, Refused.NOT_GENERATED)),
                bulk(
                        "refusal-062",
                        "A list of a bulk that is none is an empty slice",
                        "bulk-no-list",
                        Listed.LIST_REFUSED,
                        Refused.with(500, Refused.NOT_GENERATED)),
                bulk(
                        "refusal-063",
                        "A list of a bulk that the gateway does not have is an empty slice",
                        "bulk-lost",
                        Listed.LIST_REFUSED,
                        Refused.with(503, Refused.NOT_GENERATED)));
    }

    private static Check bulk(String id, String statement, String task, String deviation, Expected refused) {
        return check(id, "4.7", statement)
                .expects(SERVED)
                .orDeviation(deviation, refused)
                .plays(scene -> named(scene, Framework.SCONE, task));
    }

    private static Check configured(String id, Framework framework, String what, String code, String task) {
        return check(id, "1.4", what + " is " + code)
                .expects(Refused.with(500, code))
                .plays(scene -> named(scene, framework, task));
    }

    private static List<Check> secrets() {
        List<Check> all = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            String word = framework.name().toLowerCase(Locale.ROOT);
            String id = "refusal-" + word + "-00";
            all.add(missing(
                    id + 1,
                    framework,
                    "A deal with a dataset whose key was not pushed",
                    Refused.NO_DATASET_KEY,
                    word + "-dataset-unpushed"));
            all.add(missing(
                    id + 2,
                    framework,
                    "Encryption for a beneficiary without a key",
                    Refused.NO_ENCRYPTION_KEY,
                    word + "-encryption-unpushed"));
            all.add(missing(
                    id + 3,
                    framework,
                    "No storage token of worker and requester",
                    Refused.NO_STORAGE_TOKEN,
                    word + "-token-unpushed"));
            all.add(missing(
                    id + 4,
                    framework,
                    "No dropbox token of the requester",
                    Refused.NO_STORAGE_TOKEN,
                    word + "-dropbox-unpushed"));
            all.add(check(
                            id + 5,
                            "4.3",
                            "A requester's secret that was not pushed is left out of a " + framework
                                    + " session silently")
                    .expects(SERVED)
                    .plays(scene -> named(scene, framework, word + "-secret-unpushed")));
        }
        return all;
    }

    private static Check missing(String id, Framework framework, String what, String code, String task) {
        return check(id, "1.4", what + " is " + code + " (" + framework + ")")
                .expects(Refused.with(500, code))
                .plays(scene -> named(scene, framework, task));
    }

    private static Seen named(Scene scene, Framework framework, String name) {
        ScenarioFile.Task task = Furnished.task(scene, name);
        return scene.at(framework).send(SessionAsk.of(scene, task).request());
    }

    private static Seen send(Scene scene, SessionAsk ask) {
        return scene.at(Framework.SCONE).send(ask.request());
    }
}
