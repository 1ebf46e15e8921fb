package io.attested.sms.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.session.SessionShapes;
import io.attested.sms.session.SessionShapes.Shape;
import io.attested.sms.session.SessionStore;
import io.attested.sms.session.SessionStore.Posted;
import io.attested.sms.session.StagedSession;
import io.attested.sms.standin.Received;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.task.TeeFramework;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole sessions of six deals as each store receives them over its socket, against files that are this project's reading of
 * the iExec contract; nobody's recording. Where each block of a file comes from:
 *
 * <ul>
 *   <li>session id: 4.2; which stages there are and that Gramine gets no pre-compute: 4.2
 *   <li>{@code SIGN_}… and {@code IEXEC_TASK_ID}, with the worker's address in EIP-55: 4.3 "sign tokens", 4.2
 *   <li>environments: 4.3, the tables of pre-compute, app and post-compute; omitted and empty values, and what is trimmed:
 *       the notes under them
 *   <li>{@code scone/}: all members, their order, {@code LD_LIBRARY_PATH}, {@code JAVA_TOOL_OPTIONS}, volumes and the
 *       command with arguments: 4.4; {@code fspf_}…: the session language, for an app registered with its file tree
 *   <li>{@code gramine/}: 4.5; {@code tdx/}: 4.6, with the image's checksum from 3.1 as the app's fingerprint
 * </ul>
 *
 * <p>YAML files are compared byte for byte. JSON files are indented for reading; what is sent has to be the same document
 * without white space, byte for byte.
 */
class GoldenSessionsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path folder;

    private static TestStores stores;

    @BeforeAll
    static void open() {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    static Stream<Arguments> sessions() {
        return Arrays.stream(TeeFramework.values())
                .flatMap(framework -> Arrays.stream(Shape.values()).map(shape -> Arguments.of(framework, shape)));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theSessionIsTheWholeGoldenDocument(TeeFramework framework, Shape shape) throws IOException {
        Received received = posted(framework, SessionShapes.of(framework, shape));

        compare(framework, name(shape), received.text());
    }

    @Test
    void theTreeOfAThreePartFingerprintIsPartOfTheAppsServiceInACas() throws IOException {
        Received received = posted(TeeFramework.SCONE, SessionShapes.ofTree(TeeFramework.SCONE, Shape.NO_SECRETS));

        compare(TeeFramework.SCONE, "file-tree", received.text());
    }

    @Test
    void requestsHaveTheContractsFormBesideTheirDocuments() {
        Received cas = posted(TeeFramework.SCONE, SessionShapes.of(TeeFramework.SCONE, Shape.NO_SECRETS));
        assertThat(cas.target()).isEqualTo("/session");
        assertThat(cas.header("content-type")).contains("application/octet-stream");
        assertThat(cas.peer()).contains(TestStores.OWN.certificate());

        Received sps = posted(TeeFramework.GRAMINE, SessionShapes.of(TeeFramework.GRAMINE, Shape.NO_SECRETS));
        assertThat(sps.target()).isEqualTo("/api/session");
        assertThat(sps.header("content-type")).contains("application/json");
        assertThat(sps.header("authorization"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));

        Received storage = posted(TeeFramework.TDX, SessionShapes.of(TeeFramework.TDX, Shape.NO_SECRETS));
        assertThat(storage.target()).isEqualTo("/session");
        assertThat(storage.header("content-type")).contains("application/json");
        assertThat(storage.peer()).contains(TestStores.OWN.certificate());
    }

    private static Received posted(TeeFramework framework, StagedSession session) {
        SessionStore store = switch (framework) {
            case SCONE -> stores.casStore(Optional.of("https://maa.example"));
            case GRAMINE -> stores.spsStore();
            case TDX -> stores.tdxStore();
        };
        StoreStandIn standIn = switch (framework) {
            case SCONE -> stores.cas();
            case GRAMINE -> stores.sps();
            case TDX -> stores.storage();
        };
        Posted posted = store.post(session);
        assertThat(standIn.violations()).isEmpty();
        assertThat(posted).isEqualTo(new Posted.Accepted());
        return standIn.server().received().getLast();
    }

    private static void compare(TeeFramework framework, String name, String sent) throws IOException {
        String folder = framework.name().toLowerCase(Locale.ROOT);
        if (framework == TeeFramework.SCONE) {
            String golden = golden(folder + "/" + name + ".yml");
            assertThat(yaml(sent)).as("fields").isEqualTo(yaml(golden));
            assertThat(sent).isEqualTo(golden);
        } else {
            String golden = golden(folder + "/" + name + ".json");
            assertThat(JSON.readTree(sent)).as("fields").isEqualTo(JSON.readTree(golden));
            assertThat(sent).isEqualTo(JSON.readTree(golden).toString());
        }
    }

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static String golden(String name) throws IOException {
        try (InputStream file =
                GoldenSessionsTest.class.getResourceAsStream("/io/attested/sms/session/golden/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String name(Shape shape) {
        return switch (shape) {
            case NO_SECRETS -> "plain";
            case DATASET -> "dataset";
            case BULK_OF_THREE -> "bulk-of-3";
            case ENCRYPTED_RESULT -> "encrypted-result";
            case REQUESTER_SECRETS -> "requester-secrets";
            case INPUT_FILES -> "input-files-dropbox";
        };
    }
}
