package io.attested.sms.session.scone;

import io.attested.sms.session.StagedSession;
import io.attested.sms.session.StagedSession.FileSystem;
import io.attested.sms.session.StagedSession.Stage;
import io.attested.sms.session.StagedSession.StageName;
import io.attested.sms.session.scone.CasStore.Attestation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session in SCONE's language 0.3.10, with the members of iExec contract section 4.4; what it does not name takes the
 * language's own meaning.
 *
 * @param name the session's id
 * @param services one a stage
 * @param images one a stage
 * @param attestation which platforms the CAS lets pass
 * @param attestationServer the URL of Microsoft's service; none answered or none is configured if empty
 */
record SconeSession(
        String name,
        List<Service> services,
        List<Image> images,
        Attestation attestation,
        Optional<String> attestationServer) {
    static final String VERSION = "0.3.10";
    static final List<String> VOLUMES = List.of("iexec_in", "iexec_out", "post-compute-tmp");

    /** For the pipeline's enclaves, which are Java programs of the image iExec builds; section 4.4. */
    private static final Map<String, String> JAVA = javaVariables();

    /** A program: the enclave that may run, how it is started and what it receives. */
    record Service(
            String name,
            String imageName,
            String mrEnclave,
            String command,
            Map<String, String> environment,
            Optional<FileSystem> fileSystem) {
        @Override
        public String toString() {
            return "Service[" + name + "]";
        }
    }

    /** The volumes one program sees, each at {@code /} and its name. */
    record Image(String name, List<String> volumes) {}

    static SconeSession of(StagedSession session, Attestation attestation, Optional<String> attestationServer) {
        return new SconeSession(
                session.id().value(),
                session.stages().stream().map(SconeSession::service).toList(),
                session.stages().stream()
                        .map(stage -> new Image(imageName(stage), volumes(stage.name())))
                        .toList(),
                attestation,
                attestationServer);
    }

    private static Service service(Stage stage) {
        Map<String, String> environment = new LinkedHashMap<>(stage.environment());
        if (stage.name() != StageName.APP) {
            environment.putAll(JAVA);
        }
        return new Service(
                stage.name().word(),
                imageName(stage),
                stage.fingerprint(),
                stage.command(),
                environment,
                stage.name() == StageName.APP ? stage.fileSystem() : Optional.empty());
    }

    private static String imageName(Stage stage) {
        return stage.name().word() + "-image";
    }

    private static List<String> volumes(StageName stage) {
        return switch (stage) {
            case PRE_COMPUTE -> List.of("iexec_in");
            case APP -> List.of("iexec_in", "iexec_out");
            case POST_COMPUTE -> List.of("iexec_out", "post-compute-tmp");
        };
    }

    private static Map<String, String> javaVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LD_LIBRARY_PATH", "/opt/java/openjdk/lib/server:/opt/java/openjdk/lib:/opt/java/openjdk/../lib");
        variables.put("JAVA_TOOL_OPTIONS", "-Xmx256m");
        return variables;
    }

    @Override
    public String toString() {
        return "SconeSession[" + name + "]";
    }
}
