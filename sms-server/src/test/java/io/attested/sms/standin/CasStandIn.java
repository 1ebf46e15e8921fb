package io.attested.sms.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A SCONE CAS's endpoint for sessions: {@code POST /session} over mutual TLS, success 201 (iExec contract 4.4). It takes any
 * client certificate, as a CAS does, and {@link StandInServer#received} says which.
 */
public final class CasStandIn implements StoreStandIn {
    private static final Pattern MEASUREMENT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("[0-9a-f]{32}");
    private static final List<List<String>> STAGES =
            List.of(List.of("pre-compute", "app", "post-compute"), List.of("app", "post-compute"));
    private static final Map<String, List<String>> VOLUMES = Map.of(
            "pre-compute", List.of("iexec_in"),
            "app", List.of("iexec_in", "iexec_out"),
            "post-compute", List.of("iexec_out", "post-compute-tmp"));

    private final StandInStore store;

    private CasStandIn(StandInStore store) {
        this.store = store;
    }

    /** Starts on a free port with a key of its own. */
    public static CasStandIn start() {
        return start(0, TlsIdentity.named("cas"));
    }

    /** Starts with this key; port 0 takes a free one. */
    public static CasStandIn start(int port, TlsIdentity identity) {
        return new CasStandIn(new StandInStore(
                port, identity, StandInServer.ClientCertificate.REQUIRED, CasStandIn::read, Reply.status(201)));
    }

    @Override
    public StandInStore store() {
        return store;
    }

    private static Kept read(Received request) throws Violation {
        Requests.post(request, "/session", "application/octet-stream");
        if (request.peer().isEmpty()) {
            throw new Violation("no client certificate");
        }
        String text = Requests.text(request);
        Document session = Document.of("session", parsed(text))
                .only("name", "version", "access_policy", "services", "images", "volumes", "security");
        session.says("version", "0.3.10");
        Document policy = session.mapping("access_policy").only("read", "update");
        policy.lists("read", "CREATOR");
        policy.lists("update", "NONE");
        Map<String, Map<String, String>> environments = services(session);
        images(session, List.copyOf(environments.keySet()));
        volumes(session);
        attestation(session.mapping("security").only("attestation").mapping("attestation"));
        return new Kept(session.text("name"), text, environments);
    }

    private static Object parsed(String text) throws Violation {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        try {
            Object document = new Yaml(new SafeConstructor(options)).load(text);
            if (document == null) {
                throw new Violation("an empty document");
            }
            return document;
        } catch (YAMLException e) {
            throw new Violation("no YAML: " + e.getMessage());
        }
    }

    private static Map<String, Map<String, String>> services(Document session) throws Violation {
        Map<String, Map<String, String>> environments = new LinkedHashMap<>();
        for (Document service : session.mappings("services")) {
            if (service.has("fspf_path")) {
                service.only(
                        "name",
                        "image_name",
                        "mrenclaves",
                        "pwd",
                        "command",
                        "environment",
                        "fspf_path",
                        "fspf_key",
                        "fspf_tag");
                service.says("name", "app");
                service.text("fspf_key", MEASUREMENT);
                service.text("fspf_tag", TAG);
                service.says("fspf_path", "/fspf.pb");
            } else {
                service.only("name", "image_name", "mrenclaves", "pwd", "command", "environment");
            }
            String name = service.text("name");
            service.says("image_name", name + "-image");
            service.says("pwd", "/");
            service.text("command");
            List<String> measurements = service.texts("mrenclaves");
            if (measurements.size() != 1
                    || !MEASUREMENT.matcher(measurements.getFirst()).matches()) {
                throw new Violation("service " + name + " has not one MRENCLAVE of 64 hexadecimal digits");
            }
            environments.put(name, service.environment("environment"));
        }
        if (!STAGES.contains(List.copyOf(environments.keySet()))) {
            throw new Violation("the services are " + environments.keySet());
        }
        return environments;
    }

    private static void images(Document session, List<String> stages) throws Violation {
        List<Document> images = session.mappings("images");
        if (images.size() != stages.size()) {
            throw new Violation(images.size() + " images for " + stages.size() + " services");
        }
        for (int i = 0; i < stages.size(); i++) {
            Document image = images.get(i).only("name", "volumes");
            image.says("name", stages.get(i) + "-image");
            List<String> names = VOLUMES.getOrDefault(stages.get(i), List.of());
            List<Document> volumes = image.mappings("volumes");
            if (volumes.size() != names.size()) {
                throw new Violation("image of " + stages.get(i) + " has " + volumes.size() + " volumes");
            }
            for (int j = 0; j < names.size(); j++) {
                Document volume = volumes.get(j).only("name", "path");
                volume.says("name", names.get(j));
                volume.says("path", "/" + names.get(j));
            }
        }
    }

    private static void volumes(Document session) throws Violation {
        List<String> names = List.of("iexec_in", "iexec_out", "post-compute-tmp");
        List<Document> volumes = session.mappings("volumes");
        if (volumes.size() != names.size()) {
            throw new Violation("there are " + volumes.size() + " volumes, expected " + names);
        }
        for (int i = 0; i < names.size(); i++) {
            volumes.get(i).only("name").says("name", names.get(i));
        }
    }

    private static void attestation(Document attestation) throws Violation {
        attestation.only("tolerate", "ignore_advisories", "mode", "url");
        attestation.texts("tolerate");
        attestation.texts("ignore_advisories");
        attestation.text("mode", Pattern.compile("maa|hardware"));
        if (!attestation.isNull("url")) {
            attestation.text("url");
        }
    }
}
