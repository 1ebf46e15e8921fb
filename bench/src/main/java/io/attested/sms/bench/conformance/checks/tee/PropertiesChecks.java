package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.conformance.Unmet;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /tee/properties} in both forms. */
final class PropertiesChecks {
    private static final String SECTION = "1.4";
    private static final String NO_VERSION = "v0.0";
    private static final String VERSION_MEMBER = "teeFrameworkVersion";

    private PropertiesChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            all.add(versioned("properties-00" + (framework.ordinal() + 1), framework));
            all.add(unversioned("properties-00" + (framework.ordinal() + 4), framework));
            all.add(members("properties-00" + (framework.ordinal() + 7), framework));
        }
        all.addAll(spellings());
        all.addAll(refusals());
        return all;
    }

    private static Check versioned(String id, Framework framework) {
        return check(id, SECTION, "GET /tee/properties/" + framework + "/{version} answers the configured pipeline")
                .expects(Compared.same("200, exactly the pipeline's images, fingerprints, entrypoints and heap sizes"))
                .plays(scene -> answer(scene, framework, framework.name(), first(scene, framework), true));
    }

    private static Check unversioned(String id, Framework framework) {
        return check(id, SECTION, "GET /tee/properties/" + framework + " answers the first configured pipeline")
                .expects(Compared.same("200, exactly the first pipeline with its version"))
                .orDeviation(
                        Listed.UNVERSIONED_PROPERTIES,
                        Expected.told("without " + VERSION_MEMBER + ", else as the scenario has it"))
                .plays(scene -> {
                    ScenarioFile.PipelineFacts pipeline = first(scene, framework);
                    var got = scene.given(
                            scene.at(framework).send(Request.get("/tee/properties/" + framework)),
                            Expected.status(200));
                    ObjectNode without = properties(pipeline);
                    without.remove(VERSION_MEMBER);
                    return Expected.parsed(got).filter(without::equals).isPresent()
                            ? new Seen.Told("without " + VERSION_MEMBER + ", else as the scenario has it")
                            : Compared.json(got, properties(pipeline));
                });
    }

    private static Check members(String id, Framework framework) {
        return check(
                        id,
                        "1.1",
                        "No null member and none besides the contract's in the properties of " + framework
                                + "; lasImage of SCONE only; heap sizes are integers")
                .expects(Compared.same("members of the contract only, none null"))
                .plays(scene -> {
                    var got = scene.given(
                            scene.at(framework).send(Request.get(path(framework.name(), first(scene, framework)))),
                            Expected.status(200));
                    return Compared.sameIf(
                            Expected.parsed(got)
                                    .filter(body -> wellFormed(body, framework))
                                    .isPresent(),
                            got.words());
                });
    }

    private static boolean wellFormed(JsonNode body, Framework framework) {
        Set<String> stage = Set.of("image", "fingerprint", "entrypoint", "heapSizeInBytes");
        boolean las = framework == Framework.SCONE;
        return body.isObject()
                && Set.copyOf(body.propertyNames())
                        .equals(
                                las
                                        ? Set.of(
                                                "teeFramework",
                                                VERSION_MEMBER,
                                                "preComputeProperties",
                                                "postComputeProperties",
                                                "lasImage")
                                        : Set.of(
                                                "teeFramework",
                                                VERSION_MEMBER,
                                                "preComputeProperties",
                                                "postComputeProperties"))
                && Set.copyOf(body.path("preComputeProperties").propertyNames()).equals(stage)
                && Set.copyOf(body.path("postComputeProperties").propertyNames())
                        .equals(stage)
                && body.path("preComputeProperties").path("heapSizeInBytes").isIntegralNumber()
                && body.path("postComputeProperties").path("heapSizeInBytes").isIntegralNumber();
    }

    private static List<Check> spellings() {
        return List.of(
                check("properties-010", SECTION, "The framework in the path is matched ignoring case: lower case")
                        .expects(Compared.same("200, as in upper case"))
                        .plays(scene -> answer(scene, Framework.SCONE, "scone", first(scene, Framework.SCONE), true)),
                check("properties-011", SECTION, "The framework in the path is matched ignoring case: mixed case")
                        .expects(Compared.same("200, as in upper case"))
                        .plays(scene -> answer(scene, Framework.TDX, "tDx", first(scene, Framework.TDX), true)),
                check("properties-012", SECTION, "Each configured version has properties of its own")
                        .expects(Compared.same("200, exactly the second pipeline"))
                        .plays(scene -> answer(scene, Framework.SCONE, "SCONE", second(scene), true)));
    }

    private static List<Check> refusals() {
        return List.of(
                check("properties-013", SECTION, "An unknown framework with a version is 400")
                        .expects(Expected.defaultError(400, "Bad Request"))
                        .plays(scene -> at(scene, "/tee/properties/SEV/" + version(scene))),
                check("properties-014", SECTION, "An unknown framework without a version is 400")
                        .expects(Expected.defaultError(400, "Bad Request"))
                        .plays(scene -> at(scene, "/tee/properties/SEV")),
                check("properties-015", SECTION, "An unknown version is 404 with an empty body")
                        .expects(Expected.empty(404))
                        .plays(scene -> at(scene, "/tee/properties/SCONE/" + NO_VERSION)),
                check("properties-016", SECTION, "The version is checked before the framework: both wrong is 404")
                        .expects(Expected.empty(404))
                        .plays(scene -> at(scene, "/tee/properties/GRAMINE/" + NO_VERSION)),
                check(
                                "properties-017",
                                SECTION,
                                "Another framework than the server's with a known version is 409, empty")
                        .expects(Expected.empty(409))
                        .plays(scene -> at(scene, "/tee/properties/GRAMINE/" + version(scene))),
                check("properties-018", SECTION, "Another framework than the server's without a version is 409, empty")
                        .expects(Expected.empty(409))
                        .plays(scene -> at(scene, "/tee/properties/TDX")),
                check("properties-019", SECTION, "An unknown framework is 400 before its version is looked at")
                        .expects(Expected.defaultError(400, "Bad Request"))
                        .plays(scene -> at(scene, "/tee/properties/SEV/" + NO_VERSION)),
                check("properties-020", "1.1", "A wrong verb at /tee/properties is 405 and names GET in Allow")
                        .expects(
                                Expected.defaultError(405, "Method Not Allowed").and(Allow.names("GET")))
                        .plays(scene -> scene.at(Framework.SCONE).send(Request.post("/tee/properties/SCONE"))),
                check("properties-021", SECTION, "Versions are compared letter by letter")
                        .expects(Expected.empty(404))
                        .plays(scene -> at(
                                scene, "/tee/properties/SCONE/" + version(scene).toUpperCase(java.util.Locale.ROOT))));
    }

    private static Seen at(Scene scene, String path) {
        return scene.at(Framework.SCONE).send(Request.get(path));
    }

    private static Seen answer(
            Scene scene, Framework listener, String word, ScenarioFile.PipelineFacts pipeline, boolean withVersion) {
        var got = scene.given(scene.at(listener).send(Request.get(path(word, pipeline))), Expected.status(200));
        ObjectNode expected = properties(pipeline);
        if (!withVersion) {
            expected.remove(VERSION_MEMBER);
        }
        return Compared.json(got, expected);
    }

    private static String path(String word, ScenarioFile.PipelineFacts pipeline) {
        return "/tee/properties/" + word + "/" + pipeline.version();
    }

    private static String version(Scene scene) {
        return first(scene, Framework.SCONE).version();
    }

    private static ScenarioFile.PipelineFacts first(Scene scene, Framework framework) {
        return of(scene, framework, 0);
    }

    private static ScenarioFile.PipelineFacts second(Scene scene) {
        return of(scene, Framework.SCONE, 1);
    }

    private static ScenarioFile.PipelineFacts of(Scene scene, Framework framework, int skipped) {
        return scene.scenario().pipelines().stream()
                .filter(pipeline -> pipeline.framework() == framework)
                .skip(skipped)
                .findFirst()
                .orElseThrow(() -> Unmet.lacking("the scenario has too few pipelines of " + framework));
    }

    private static ObjectNode properties(ScenarioFile.PipelineFacts pipeline) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("teeFramework", pipeline.framework().name());
        node.put(VERSION_MEMBER, pipeline.version());
        node.set("preComputeProperties", image(pipeline.preCompute()));
        node.set("postComputeProperties", image(pipeline.postCompute()));
        pipeline.lasImage().ifPresent(image -> node.put("lasImage", image));
        return node;
    }

    private static ObjectNode image(ScenarioFile.Image image) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("image", image.image());
        node.put("fingerprint", image.fingerprint());
        node.put("entrypoint", image.entrypoint());
        node.put("heapSizeInBytes", image.heapSizeInBytes());
        return node;
    }
}
