package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.conformance.Unmet;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session as its store received it.
 *
 * @param sessionId what the worker was told
 * @param posted the request
 * @param tree its body
 */
record StoreDocument(String sessionId, ScenarioFile.Posted posted, JsonNode tree) {

    /** Asks for a session of this task and looks up what was posted; skips the check when nobody can look. */
    static StoreDocument of(Scene scene, Framework framework, ScenarioFile.Task task) {
        URI store = store(scene, framework);
        String id = SessionAnswerChecks.id(SessionAnswerChecks.session(scene, framework, task));
        ScenarioFile.Posted posted = about(scene, store, id).reversed().stream()
                .filter(one -> one.body().contains(id))
                .findFirst()
                .orElseThrow(() -> Unmet.step(
                        Expected.told("session " + id + " in the store of " + framework),
                        new Seen.Told("it is not there")));
        return new StoreDocument(id, posted, parsed(framework, posted.body()));
    }

    /** Everything that a framework's store received about this task; skips the check when nobody can look. */
    static List<ScenarioFile.Posted> about(Scene scene, Framework framework, ScenarioFile.Task task) {
        return about(scene, store(scene, framework), task.chainTaskId());
    }

    private static List<ScenarioFile.Posted> about(Scene scene, URI store, String text) {
        Answer answer =
                scene.given(scene.at(store).send(Request.get(store.getPath() + "?" + text)), Expected.status(200));
        return ScenarioFile.Posted.readAll(answer.body());
    }

    private static URI store(Scene scene, Framework framework) {
        return Optional.ofNullable(scene.scenario().stores().get(framework))
                .orElseThrow(
                        () -> Unmet.lacking("the scenario has no store of " + framework + " sessions to look into"));
    }

    private static JsonNode parsed(Framework framework, String body) {
        if (framework != Framework.SCONE) {
            return JsonMapper.shared().readTree(body);
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(options)).load(body));
    }

    /** The part about one stage; missing when there is none. */
    JsonNode stage(String name) {
        for (JsonNode stage : stages()) {
            if (stage.path("name").asString("").equals(name)) {
                return stage;
            }
        }
        return JsonMapper.shared().missingNode();
    }

    /** The parts in order. */
    JsonNode stages() {
        return tree.has("enclaves") ? tree.path("enclaves") : tree.path("services");
    }

    /** Names of the stages in order. */
    List<String> stageNames() {
        return stages().valueStream()
                .map(stage -> stage.path("name").asString(""))
                .toList();
    }

    /** What one stage receives; a value that is no text is told as its JSON in angle brackets. */
    Map<String, String> environment(String stage) {
        Map<String, String> environment = new LinkedHashMap<>();
        stage(stage)
                .path("environment")
                .properties()
                .forEach(entry -> environment.put(
                        entry.getKey(),
                        entry.getValue().isString() ? entry.getValue().stringValue() : "<" + entry.getValue() + ">"));
        return environment;
    }
}
