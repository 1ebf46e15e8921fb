package io.attested.sms.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.session.SessionShapes;
import io.attested.sms.session.SessionShapes.Shape;
import io.attested.sms.session.store.PinnedClient.Deadlines;
import io.attested.sms.session.store.PinnedClient.Outcome;
import io.attested.sms.session.store.PinnedClient.Outcome.Answered;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.standin.TlsIdentity;
import io.attested.sms.task.TeeFramework;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-ins take the contract's form and no other, so that what they accept says something. */
class StandInFormTest {
    @TempDir
    static Path folder;

    private static TestStores stores;
    private static PinnedClient client;
    private static String yaml;
    private static String sps;
    private static String tdx;

    @BeforeAll
    static void recordWhatIsRight() {
        stores = new TestStores(folder);
        stores.casStore(Optional.empty()).post(SessionShapes.ofTree(TeeFramework.SCONE, Shape.DATASET));
        stores.spsStore().post(SessionShapes.of(TeeFramework.GRAMINE, Shape.DATASET));
        stores.tdxStore().post(SessionShapes.of(TeeFramework.TDX, Shape.DATASET));
        yaml = stores.cas().sessions().getLast().text();
        sps = stores.sps().sessions().getLast().text();
        tdx = stores.storage().sessions().getLast().text();
        ClientKey own = ClientKey.read(
                TestStores.OWN.writeKeyStore(folder.resolve("form.p12"), "a password"),
                TlsIdentity.writePassword(folder.resolve("form.password"), "a password"));
        PinnedKeys all = new PinnedKeys(Stream.of(stores.cas(), stores.sps(), stores.storage())
                .map(StoreStandIn::certificate)
                .map(Certificate::getPublicKey)
                .toList());
        client = PinnedClient.of(all, Optional.of(own), new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    @AfterAll
    static void close() {
        client.close();
        stores.close();
    }

    @Test
    void whatTheAdaptersSentIsTakenAgain() {
        assertThat(toCas(yaml)).isEqualTo(new Answered(201));
        assertThat(toSps(sps)).isEqualTo(new Answered(201));
        assertThat(toStorage(tdx)).isEqualTo(new Answered(201));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: \"0.3.10\"|version: \"0.3.11\"",
                "version: \"0.3.10\"|version: 0.3",
                "  - \"CREATOR\"|  - \"ANY\"",
                "  - \"NONE\"|  - \"CREATOR\"",
                "access_policy:|access:",
                "images:|images: []\\nimage:",
                "  pwd: \"/\"|  pwd: \"/app\"",
                "  pwd: \"/\"|  pwd: \"/\"\\n  extra: \"1\"",
                "  pwd: \"/\"\\n|",
                "image_name: \"app-image\"|image_name: \"other-image\"",
                "- name: \"pre-compute\"|- name: \"precompute\"",
                "  fspf_path: \"/fspf.pb\"|  fspf_path: \"/other\"",
                "  fspf_path: \"/fspf.pb\"\\n|",
                "fspf_tag: \"cc|fspf_tag: \"zz",
                "\"IEXEC_TASK_INDEX\": \"0\"|\"IEXEC_TASK_INDEX\": 0",
                "\"IEXEC_TASK_INDEX\": \"0\"|\"IEXEC_TASK_INDEX\": null",
                "\"IEXEC_TASK_INDEX\"|\"IEXEC TASK INDEX\"",
                "- name: \"post-compute-tmp\"\\nsecurity|security",
                "mode: \"maa\"|mode: \"none\"",
                "    url: null|",
                "    tolerate:|    tolerated:",
                "version: \"0.3.10\"|version: \"0.3.10\"\\nversion: \"0.3.10\"",
                "security:|security: {"
            })
    void aCasTakesNoOtherDocument(String right, @Nullable String wrong) {
        assertThat(toCas(changed(yaml, right, wrong))).isEqualTo(new Answered(400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"session\":|\"name\":",
                "\"command\":\"\"|\"command\":\"run\"",
                "\"volumes\":[]|\"volumes\":[\"a\"]",
                "\"volumes\":[]|\"volumes\":[],\"extra\":1",
                "\"mrenclave\":\"a9|\"mrenclave\":\"xx",
                "\"name\":\"app\"|\"name\":\"pre-compute\"",
                "\"IEXEC_TASK_INDEX\":\"0\"|\"IEXEC_TASK_INDEX\":0",
                "{\"session\"|{\"session\":\"a\",\"session\"",
                "{\"session\"|[{\"session\""
            })
    void aProvisioningServiceTakesNoOtherDocument(String right, @Nullable String wrong) {
        assertThat(toSps(changed(sps, right, wrong))).isEqualTo(new Answered(400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":\"0.1.0\"|\"version\":\"0.2.0\"",
                "\"version\":\"0.1.0\",|",
                "\"image_name\"|\"imageName\"",
                "\"fingerprint\"|\"mrenclave\"",
                "\"name\":\"app\"|\"name\":\"application\"",
                "\"environment\":{|\"environment\":{\"X\":null,"
            })
    void aSessionStorageTakesNoOtherDocument(String right, @Nullable String wrong) {
        assertThat(toStorage(changed(tdx, right, wrong))).isEqualTo(new Answered(400));
    }

    @Test
    void anotherPathOrTypeIsRefused() {
        byte[] document = yaml.getBytes(StandardCharsets.UTF_8);
        URI cas = stores.cas().url();

        assertThat(client.post(cas.resolve("/sessions"), Map.of("Content-Type", "application/octet-stream"), document))
                .isEqualTo(new Answered(400));
        assertThat(client.post(cas.resolve("/session"), Map.of("Content-Type", "application/yaml"), document))
                .isEqualTo(new Answered(400));
        assertThat(client.post(cas.resolve("/session"), Map.of(), document)).isEqualTo(new Answered(400));
        assertThat(stores.cas().violations())
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).isNotBlank());
    }

    private static String changed(String document, String right, @Nullable String wrong) {
        String from = right.replace("\\n", "\n");
        assertThat(document).contains(from);
        int at = document.indexOf(from);
        String to = wrong == null ? "" : wrong.replace("\\n", "\n");
        return document.substring(0, at) + to + document.substring(at + from.length());
    }

    private static Outcome toCas(String document) {
        return post(stores.cas(), "/session", "application/octet-stream", document);
    }

    private static Outcome toSps(String document) {
        return post(stores.sps(), "/api/session", "application/json", document);
    }

    private static Outcome toStorage(String document) {
        return post(stores.storage(), "/session", "application/json", document);
    }

    private static Outcome post(StoreStandIn standIn, String path, String type, String document) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        String login = TestStores.LOGIN + ":" + TestStores.PASSWORD;
        headers.put(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        return client.post(standIn.url().resolve(path), headers, document.getBytes(StandardCharsets.UTF_8));
    }
}
