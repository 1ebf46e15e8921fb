package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Unmet;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A session that is served, and the deals that are. */
final class SessionAnswerChecks {
    private static final Expected SERVED = Expected.status(200);

    /** Shapes of a session by the ends of their tasks' names. */
    private static final Map<String, String> SHAPES = Map.ofEntries(
            Map.entry("plain", "no dataset, no parameters"),
            Map.entry("full", "dataset, input files, arguments, encrypted result, three kinds of secrets"),
            Map.entry("dataset", "a dataset"),
            Map.entry("inputs", "an input file"),
            Map.entry("args", "arguments"),
            Map.entry("callback", "a callback"),
            Map.entry("dropbox", "storage at dropbox"),
            Map.entry("proxy", "a result proxy of its own"),
            Map.entry("third", "the third task of three"),
            Map.entry("beneficiary", "a beneficiary without a key and no encryption"),
            Map.entry("bulk", "three datasets in bulk"),
            Map.entry("token-of-requester", "a storage token of the requester only"));

    private SessionAnswerChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            all.addAll(answers(framework, framework.name().toLowerCase(Locale.ROOT)));
        }
        for (String shape : SHAPES.keySet().stream().sorted().toList()) {
            for (Framework framework : Framework.values()) {
                all.add(served(framework, shape));
            }
        }
        all.add(parameters("session-params-001", "Deal parameters that are no JSON are served", "params-text"));
        all.add(parameters(
                "session-params-002", "Deal parameters with an unknown key are served", "params-unknown-member"));
        all.add(parameters(
                "session-params-003", "Secret numbers that are not positive are skipped", "params-odd-secrets"));
        return all;
    }

    private static List<Check> answers(Framework framework, String word) {
        return List.of(
                check(
                                "session-" + word + "-001",
                                "1.4",
                                "A " + framework + " session is exactly data with sessionId and"
                                        + " secretProvisioningUrl, under application/json")
                        .expects(SERVED.and(Expected.contentType("application/json"))
                                .and(Expected.jsonBody("exactly the two members in data", SessionAnswerChecks::exact)))
                        .plays(scene -> scene.at(framework)
                                .send(SessionAsk.of(scene, Furnished.task(scene, word + "-plain"))
                                        .request())),
                check(
                                "session-" + word + "-002",
                                "4.2",
                                "The id of a " + framework + " session is ten random alphanumerics,"
                                        + " 0000 and the task id with its 0x: 80 characters")
                        .expects(Compared.same("an id of that form"))
                        .plays(scene -> {
                            ScenarioFile.Task task = Furnished.task(scene, word + "-plain");
                            String id = id(session(scene, framework, task));
                            return Compared.sameIf(
                                    id.length() == 80 && id.matches("[0-9A-Za-z]{10}0000" + task.chainTaskId()), id);
                        }),
                check(
                                "session-" + word + "-003",
                                "4.2",
                                "Each call for a " + framework + " session has an id of its own")
                        .expects(Compared.same("two ids"))
                        .plays(scene -> {
                            ScenarioFile.Task task = Furnished.task(scene, word + "-plain");
                            String first = id(session(scene, framework, task));
                            return Compared.sameIf(!first.equals(id(session(scene, framework, task))), "one id twice");
                        }),
                check(
                                "session-" + word + "-004",
                                "1.4",
                                "secretProvisioningUrl of a " + framework + " session is what the"
                                        + " service is configured with")
                        .expects(Compared.same("the configured address"))
                        .plays(scene -> {
                            String configured =
                                    scene.scenario().provisioningUrls().get(framework);
                            if (configured == null) {
                                throw Unmet.lacking(
                                        "the scenario does not know the provisioning address of " + framework);
                            }
                            Answer answer = session(scene, framework, Furnished.task(scene, word + "-plain"));
                            return Compared.texts(
                                    "secretProvisioningUrl", configured, data(answer, "secretProvisioningUrl"));
                        }));
    }

    private static boolean exact(JsonNode body) {
        return body.isObject()
                && Set.copyOf(body.propertyNames()).equals(Set.of("data"))
                && Set.copyOf(body.path("data").propertyNames()).equals(Set.of("sessionId", "secretProvisioningUrl"))
                && body.path("data").path("sessionId").isString()
                && body.path("data").path("secretProvisioningUrl").isString();
    }

    private static Check served(Framework framework, String shape) {
        String word = framework.name().toLowerCase(Locale.ROOT);
        return check("session-" + word + "-" + shape, "4.2", "A " + framework + " deal is served: " + SHAPES.get(shape))
                .expects(SERVED)
                .plays(scene -> scene.at(framework)
                        .send(SessionAsk.of(scene, Furnished.task(scene, word + "-" + shape))
                                .request()));
    }

    private static Check parameters(String id, String statement, String task) {
        return check(id, "3.4", statement)
                .expects(SERVED)
                .plays(scene -> scene.at(Framework.SCONE)
                        .send(SessionAsk.of(scene, Furnished.task(scene, task)).request()));
    }

    /** A session of this task; the check ends when it is refused. */
    static Answer session(Scene scene, Framework framework, ScenarioFile.Task task) {
        return scene.given(scene.at(framework).send(SessionAsk.of(scene, task).request()), SERVED);
    }

    static String id(Answer answer) {
        return data(answer, "sessionId");
    }

    private static String data(Answer answer, String member) {
        return Expected.parsed(answer)
                .map(body -> body.path("data").path(member).asString(""))
                .orElse("");
    }
}
