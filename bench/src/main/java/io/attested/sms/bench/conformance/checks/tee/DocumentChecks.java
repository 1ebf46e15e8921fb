package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The session documents besides their environments, contract sections 4.4 to 4.6. */
final class DocumentChecks {
    private DocumentChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(request());
        all.addAll(scone());
        all.addAll(sconeStages());
        all.addAll(gramine());
        all.addAll(tdx());
        return all;
    }

    /** What is judged of a document. */
    private interface Look {
        Seen at(Document document);
    }

    private record Document(ScenarioFile scenario, ScenarioFile.Task task, StoreDocument stored) {
        ScenarioFile.PipelineFacts pipeline(Framework framework) {
            return scenario.pipelines().stream()
                    .filter(one -> one.framework() == framework)
                    .findFirst()
                    .orElseThrow();
        }

        /** The app's configuration. */
        JsonNode configuration() {
            return JsonMapper.shared().readTree(task.app().configuration());
        }

        String arguments() {
            return Tokens.of(scenario, "", task).arguments();
        }
    }

    private static Check of(Framework framework, String number, String section, String statement, Look look) {
        String word = framework.name().toLowerCase(Locale.ROOT);
        return named(framework, "document-" + word + "-" + number, section, statement, word + "-full", look);
    }

    private static Check named(
            Framework framework, String id, String section, String statement, String task, Look look) {
        return check(id, section, statement).expects(Compared.same("so it is")).plays(scene -> {
            ScenarioFile.Task furnished = Furnished.task(scene, task);
            return look.at(new Document(scene.scenario(), furnished, StoreDocument.of(scene, framework, furnished)));
        });
    }

    private static Seen json(JsonNode seen, String expected) {
        return Compared.sameIf(seen.equals(JsonMapper.shared().readTree(expected)), seen + ", expected " + expected);
    }

    private static Seen header(Document document, String name, String value) {
        return Compared.texts(name, value, document.stored().posted().headers().getOrDefault(name, "absent"));
    }

    private static Seen request(Document document, String path) {
        ScenarioFile.Posted posted = document.stored().posted();
        return Compared.texts("the request", "POST " + path, posted.method() + " " + posted.path());
    }

    private static List<Check> request() {
        return List.of(
                of(
                        Framework.SCONE,
                        "001",
                        "4.4",
                        "A SCONE session is posted to /session",
                        it -> request(it, "/session")),
                of(
                        Framework.SCONE,
                        "002",
                        "4.4",
                        "A SCONE session is posted as application/octet-stream",
                        it -> header(it, "content-type", "application/octet-stream")),
                of(
                        Framework.SCONE,
                        "003",
                        "4.4",
                        "A SCONE session is posted with a client certificate",
                        it -> Compared.sameIf(it.stored().posted().clientCertificate(), "no client certificate")),
                of(
                        Framework.GRAMINE,
                        "001",
                        "4.5",
                        "A Gramine session is posted to /api/session",
                        it -> request(it, "/api/session")),
                of(
                        Framework.GRAMINE,
                        "002",
                        "4.5",
                        "A Gramine session is posted with basic authentication",
                        it -> Compared.sameIf(
                                it.stored()
                                        .posted()
                                        .headers()
                                        .getOrDefault("authorization", "")
                                        .startsWith("Basic "),
                                "no basic authentication")),
                of(Framework.TDX, "001", "4.6", "A TDX session is posted to /session", it -> request(it, "/session")),
                of(
                        Framework.TDX,
                        "002",
                        "4.6",
                        "A TDX session is posted as application/json",
                        it -> header(it, "content-type", "application/json")));
    }

    private static List<Check> scone() {
        return List.of(
                of(
                        Framework.SCONE,
                        "004",
                        "4.4",
                        "name of a SCONE session is the session id",
                        it -> Compared.texts("name", it.stored().sessionId(), text(it, "name"))),
                of(
                        Framework.SCONE,
                        "005",
                        "4.4",
                        "version of a SCONE session is 0.3.10",
                        it -> Compared.texts("version", "0.3.10", text(it, "version"))),
                of(
                        Framework.SCONE,
                        "006",
                        "4.4",
                        "access_policy lets the creator read and nobody update",
                        it -> json(
                                it.stored().tree().path("access_policy"),
                                "{\"read\":[\"CREATOR\"],\"update\":[\"NONE\"]}")),
                of(
                        Framework.SCONE,
                        "007",
                        "4.4",
                        "A SCONE session has the contract's members in its order and no other",
                        it -> Compared.texts(
                                "members",
                                "[name, version, access_policy, services, images, volumes, security]",
                                List.copyOf(it.stored().tree().propertyNames()).toString())),
                of(
                        Framework.SCONE,
                        "008",
                        "4.4",
                        "images map each stage's volumes",
                        it -> json(
                                it.stored().tree().path("images"),
                                "[" + image(Tokens.PRE_COMPUTE, "iexec_in") + ","
                                        + image(Tokens.APP, "iexec_in", "iexec_out") + ","
                                        + image(Tokens.POST_COMPUTE, "iexec_out", "post-compute-tmp") + "]")),
                named(
                        Framework.SCONE,
                        "document-scone-009",
                        "4.4",
                        "images leave pre-compute out when there is none",
                        "scone-plain",
                        it -> json(
                                it.stored().tree().path("images"),
                                "[" + image(Tokens.APP, "iexec_in", "iexec_out") + ","
                                        + image(Tokens.POST_COMPUTE, "iexec_out", "post-compute-tmp") + "]")),
                named(
                        Framework.SCONE,
                        "document-scone-010",
                        "4.4",
                        "volumes are always the three names",
                        "scone-plain",
                        it -> json(
                                it.stored().tree().path("volumes"),
                                "[{\"name\":\"iexec_in\"},{\"name\":\"iexec_out\"},{\"name\":\"post-compute-tmp\"}]")),
                of(
                        Framework.SCONE,
                        "011",
                        "4.4",
                        "security.attestation has tolerate, ignore_advisories, mode and url",
                        it -> Compared.sameIf(
                                Set.copyOf(attestation(it).propertyNames())
                                                .equals(Set.of("tolerate", "ignore_advisories", "mode", "url"))
                                        && attestation(it).path("tolerate").isArray()
                                        && attestation(it)
                                                .path("ignore_advisories")
                                                .isArray(),
                                attestation(it).toString())),
                of(
                        Framework.SCONE,
                        "012",
                        "4.4",
                        "The attestation mode is maa or hardware",
                        it -> Compared.sameIf(
                                Set.of("maa", "hardware")
                                        .contains(attestation(it).path("mode").asString("")),
                                attestation(it).toString())));
    }

    private static JsonNode attestation(Document it) {
        return it.stored().tree().path("security").path("attestation");
    }

    private static String image(String stage, String... volumes) {
        List<String> mapped = new ArrayList<>();
        for (String volume : volumes) {
            mapped.add("{\"name\":\"" + volume + "\",\"path\":\"/" + volume + "\"}");
        }
        return "{\"name\":\"" + stage + "-image\",\"volumes\":[" + String.join(",", mapped) + "]}";
    }

    private static String text(Document it, String member) {
        return it.stored().tree().path(member).asString("");
    }

    private static List<Check> sconeStages() {
        return List.of(
                of(
                        Framework.SCONE,
                        "013",
                        "4.2",
                        "A deal with a dataset has pre-compute, app and post-compute",
                        it -> Compared.texts(
                                "stages",
                                "[pre-compute, app, post-compute]",
                                it.stored().stageNames().toString())),
                named(
                        Framework.SCONE,
                        "document-scone-014",
                        "4.2",
                        "A deal with nothing to fetch has no pre-compute",
                        "scone-plain",
                        it -> Compared.texts(
                                "stages",
                                "[app, post-compute]",
                                it.stored().stageNames().toString())),
                named(
                        Framework.SCONE,
                        "document-scone-015",
                        "4.2",
                        "A deal with input files only has a pre-compute",
                        "scone-inputs",
                        it -> Compared.texts(
                                "stages",
                                "[pre-compute, app, post-compute]",
                                it.stored().stageNames().toString())),
                of(
                        Framework.SCONE,
                        "016",
                        "4.4",
                        "The enclave of pre-compute is the pipeline's",
                        it -> measurement(
                                it,
                                Tokens.PRE_COMPUTE,
                                it.pipeline(Framework.SCONE).preCompute().fingerprint())),
                of(
                        Framework.SCONE,
                        "017",
                        "4.4",
                        "The enclave of the app is its configuration's fingerprint",
                        it -> measurement(
                                it,
                                Tokens.APP,
                                it.configuration().path("fingerprint").asString(""))),
                of(
                        Framework.SCONE,
                        "018",
                        "4.4",
                        "The enclave of post-compute is the pipeline's",
                        it -> measurement(
                                it,
                                Tokens.POST_COMPUTE,
                                it.pipeline(Framework.SCONE).postCompute().fingerprint())),
                of(
                        Framework.SCONE,
                        "019",
                        "4.4",
                        "The command of pre-compute is the pipeline's entrypoint",
                        it -> command(
                                it,
                                Tokens.PRE_COMPUTE,
                                it.pipeline(Framework.SCONE).preCompute().entrypoint())),
                of(
                        Framework.SCONE,
                        "020",
                        "4.4",
                        "The app's command is its entrypoint, a space and the arguments, unquoted",
                        it -> command(
                                it,
                                Tokens.APP,
                                it.configuration().path("entrypoint").asString("") + " " + it.arguments())),
                named(
                        Framework.SCONE,
                        "document-scone-021",
                        "4.4",
                        "Without arguments the app's command is its entrypoint",
                        "scone-plain",
                        it -> command(
                                it,
                                Tokens.APP,
                                it.configuration().path("entrypoint").asString(""))),
                of(
                        Framework.SCONE,
                        "022",
                        "4.4",
                        "The command of post-compute is the pipeline's entrypoint",
                        it -> command(
                                it,
                                Tokens.POST_COMPUTE,
                                it.pipeline(Framework.SCONE).postCompute().entrypoint())),
                of(
                        Framework.SCONE,
                        "023",
                        "4.4",
                        "image_name of a stage is its name and -image, pwd is /",
                        it -> stages(
                                it,
                                stage -> stage.path("image_name")
                                                .asString("")
                                                .equals(stage.path("name").asString("") + "-image")
                                        && stage.path("pwd").asString("").equals("/"))),
                of(
                        Framework.SCONE,
                        "024",
                        "4.4",
                        "Every value of an environment is a text",
                        it -> stages(
                                it,
                                stage -> stage.path("environment").valueStream().allMatch(JsonNode::isString))),
                named(
                        Framework.SCONE,
                        "document-scone-025",
                        "4.2",
                        "The pipeline is the one whose version the app names",
                        "config-older-version",
                        it -> measurement(
                                it,
                                Tokens.POST_COMPUTE,
                                it.scenario().pipelines().stream()
                                        .filter(one -> one.framework() == Framework.SCONE)
                                        .filter(one -> it.configuration()
                                                .path("version")
                                                .asString("")
                                                .equals(one.version()))
                                        .findFirst()
                                        .orElseThrow()
                                        .postCompute()
                                        .fingerprint())));
    }

    private static Seen measurement(Document it, String stage, String expected) {
        return json(it.stored().stage(stage).path("mrenclaves"), "[\"" + expected + "\"]");
    }

    private static Seen command(Document it, String stage, String expected) {
        return Compared.texts(
                "command", expected, it.stored().stage(stage).path("command").asString(""));
    }

    private static Seen stages(Document it, java.util.function.Predicate<JsonNode> holds) {
        return Compared.sameIf(
                !it.stored().stages().isEmpty()
                        && it.stored().stages().valueStream().allMatch(holds),
                it.stored().stageNames() + " are otherwise");
    }

    private static List<Check> gramine() {
        return List.of(
                of(
                        Framework.GRAMINE,
                        "003",
                        "4.5",
                        "A Gramine session is exactly session and enclaves",
                        it -> Compared.texts(
                                "members",
                                "[enclaves, session]",
                                it.stored().tree().propertyNames().stream()
                                        .sorted()
                                        .toList()
                                        .toString())),
                of(
                        Framework.GRAMINE,
                        "004",
                        "4.5",
                        "session is the session id",
                        it -> Compared.texts("session", it.stored().sessionId(), text(it, "session"))),
                of(
                        Framework.GRAMINE,
                        "005",
                        "4.5",
                        "Gramine sessions have app and post-compute only, also with a dataset",
                        it -> Compared.texts(
                                "enclaves",
                                "[app, post-compute]",
                                it.stored().stageNames().toString())),
                of(
                        Framework.GRAMINE,
                        "006",
                        "4.5",
                        "An enclave is exactly name, mrenclave, command, environment and volumes",
                        it -> stages(
                                it,
                                stage -> Set.copyOf(stage.propertyNames())
                                        .equals(Set.of("name", "mrenclave", "command", "environment", "volumes")))),
                of(
                        Framework.GRAMINE,
                        "007",
                        "4.5",
                        "command is empty and volumes are none",
                        it -> stages(
                                it,
                                stage -> stage.path("command").asString("?").isEmpty()
                                        && stage.path("volumes").isArray()
                                        && stage.path("volumes").isEmpty())),
                of(
                        Framework.GRAMINE,
                        "008",
                        "4.5",
                        "mrenclave of the app is its configuration's fingerprint",
                        it -> Compared.texts(
                                "mrenclave",
                                it.configuration().path("fingerprint").asString(""),
                                it.stored().stage(Tokens.APP).path("mrenclave").asString(""))),
                of(
                        Framework.GRAMINE,
                        "009",
                        "4.5",
                        "mrenclave of post-compute is the pipeline's",
                        it -> Compared.texts(
                                "mrenclave",
                                it.pipeline(Framework.GRAMINE).postCompute().fingerprint(),
                                it.stored()
                                        .stage(Tokens.POST_COMPUTE)
                                        .path("mrenclave")
                                        .asString(""))));
    }

    private static List<Check> tdx() {
        return List.of(
                of(
                        Framework.TDX,
                        "003",
                        "4.6",
                        "A TDX session is exactly name, version and services",
                        it -> Compared.texts(
                                "members",
                                "[name, services, version]",
                                it.stored().tree().propertyNames().stream()
                                        .sorted()
                                        .toList()
                                        .toString())),
                of(
                        Framework.TDX,
                        "004",
                        "4.6",
                        "name of a TDX session is the session id",
                        it -> Compared.texts("name", it.stored().sessionId(), text(it, "name"))),
                of(
                        Framework.TDX,
                        "005",
                        "4.6",
                        "version of a TDX session is 0.1.0",
                        it -> Compared.texts("version", "0.1.0", text(it, "version"))),
                of(
                        Framework.TDX,
                        "006",
                        "4.6",
                        "A service is exactly name, image_name, fingerprint and environment",
                        it -> stages(
                                it,
                                stage -> Set.copyOf(stage.propertyNames())
                                        .equals(Set.of("name", "image_name", "fingerprint", "environment")))),
                of(
                        Framework.TDX,
                        "007",
                        "4.6",
                        "image_name of the app is the multiaddress on chain as text",
                        it -> member(
                                it, Tokens.APP, "image_name", it.task().app().multiaddr())),
                of(
                        Framework.TDX,
                        "008",
                        "4.6",
                        "fingerprint of the app is the checksum on chain with 0x",
                        it -> member(
                                it, Tokens.APP, "fingerprint", it.task().app().checksum())),
                of(
                        Framework.TDX,
                        "009",
                        "4.6",
                        "Image and fingerprint of pre-compute are the pipeline's",
                        it -> pipeline(
                                it,
                                Tokens.PRE_COMPUTE,
                                it.pipeline(Framework.TDX).preCompute())),
                of(
                        Framework.TDX,
                        "010",
                        "4.6",
                        "Image and fingerprint of post-compute are the pipeline's",
                        it -> pipeline(
                                it,
                                Tokens.POST_COMPUTE,
                                it.pipeline(Framework.TDX).postCompute())),
                named(
                        Framework.TDX,
                        "document-tdx-011",
                        "4.6",
                        "A TDX deal with nothing to fetch has no pre-compute",
                        "tdx-plain",
                        it -> Compared.texts(
                                "services",
                                "[app, post-compute]",
                                it.stored().stageNames().toString())));
    }

    private static Seen member(Document it, String stage, String member, String expected) {
        return Compared.texts(
                member, expected, it.stored().stage(stage).path(member).asString(""));
    }

    private static Seen pipeline(Document it, String stage, ScenarioFile.Image image) {
        JsonNode seen = it.stored().stage(stage);
        return Compared.texts(
                "image and fingerprint",
                image.image() + " " + image.fingerprint(),
                seen.path("image_name").asString("") + " "
                        + seen.path("fingerprint").asString(""));
    }
}
