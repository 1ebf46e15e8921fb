package io.attested.sms.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.operate.store.Realm;
import io.attested.sms.session.SessionShapes;
import io.attested.sms.standin.TlsIdentity;
import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What a publisher needs before the service starts, each with what is refused beside it. */
class SessionChecksTest {
    private static final Map<String, String> SCONE = Map.of(
            "scone.publisher", "scone",
            "scone.url", "https://cas.example:8081",
            "scone.enclave-address", "cas.example:18765",
            "scone.server-certificate", "cas.pem",
            "scone.client-key-store", "client.p12",
            "scone.client-key-store-password-file", "client.password",
            "scone.attestation-urls[0]", "https://maa.example");
    private static final Map<String, String> GRAMINE = Map.of(
            "gramine.publisher", "gramine",
            "gramine.url", "https://sps.example:8080/base",
            "gramine.enclave-address", "sps.example:4433",
            "gramine.server-certificate", "sps.pem",
            "gramine.login", "sms",
            "gramine.password-file", "sps.password");
    private static final Map<String, String> TDX = Map.of(
            "tdx.publisher", "tdx",
            "tdx.url", "https://storage.example",
            "tdx.provisioning-url", "storage.example:9000",
            "tdx.server-certificate", "storage.pem");

    private static SessionSettings settings(Map<String, String> set) {
        Map<String, String> keys = new HashMap<>();
        set.forEach((key, value) -> keys.put("sms.sessions." + key, value));
        return new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("sms.sessions", SessionSettings.class);
    }

    private static void check(Map<String, String> set, Pipelines pipelines) {
        SessionChecks.check(settings(set), pipelines);
    }

    @Test
    void debugEnclavesAreToleratedInDevelopmentOnly() {
        SessionSettings debug = settings(changed(SCONE, "scone.tolerate[0]", " Debug-Mode"));
        SessionSettings other = settings(changed(SCONE, "scone.tolerate[0]", "hyperthreading"));

        assertThatThrownBy(() -> SessionChecks.checkTolerated(debug, Realm.PRODUCTION))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sms.sessions.scone.tolerate");
        assertThatCode(() -> SessionChecks.checkTolerated(debug, Realm.DEV)).doesNotThrowAnyException();
        assertThatCode(() -> SessionChecks.checkTolerated(other, Realm.PRODUCTION))
                .doesNotThrowAnyException();
    }

    @Test
    void filesThatCannotBeUsedRefuseTheStart(@TempDir Path folder) throws IOException {
        TlsIdentity identity = TlsIdentity.named("store");
        Path certificate = identity.writeCertificate(folder.resolve("store.pem"));
        Path keys = identity.writeKeyStore(folder.resolve("client.p12"), "changeit");
        Path password = TlsIdentity.writePassword(folder.resolve("password"), "changeit");
        Path empty = Files.writeString(folder.resolve("empty"), "\nchangeit");
        Map<String, String> scone = new HashMap<>(SCONE);
        scone.put("scone.server-certificate", certificate.toString());
        scone.put("scone.client-key-store", keys.toString());
        scone.put("scone.client-key-store-password-file", password.toString());
        Map<String, String> gramine = new HashMap<>(GRAMINE);
        gramine.put("gramine.server-certificate", certificate.toString());
        gramine.put("gramine.password-file", password.toString());

        open(scone).close();
        open(gramine).close();
        for (Map<String, String> unusable : List.of(
                changed(scone, "scone.server-certificate", password.toString()),
                changed(
                        scone,
                        "scone.server-certificate",
                        folder.resolve("none").toString()),
                changed(scone, "scone.client-key-store", certificate.toString()),
                changed(scone, "scone.client-key-store-password-file", empty.toString()),
                changed(gramine, "gramine.server-certificate", empty.toString()),
                changed(gramine, "gramine.password-file", empty.toString()),
                changed(gramine, "gramine.password-file", folder.toString()))) {
            assertThatThrownBy(() -> open(unusable))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("sms.sessions");
        }
    }

    private static SessionStores open(Map<String, String> set) {
        return new SessionWiring()
                .sessionStores(settings(set), SessionShapes.pipelines(), InstantSource.system(), new SecureRandom());
    }

    @Test
    void nothingSetIsNativeAndNeedsNothing() {
        assertThatCode(() -> check(Map.of(), new Pipelines(List.of()))).doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of("scone.publisher", "native", "scone.url", "ftp:x"), new Pipelines(List.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void completePublishersPass() {
        for (Map<String, String> complete : List.of(SCONE, GRAMINE, TDX)) {
            assertThatCode(() -> check(complete, SessionShapes.pipelines())).doesNotThrowAnyException();
        }
        assertThatCode(() -> check(
                        changed(changed(SCONE, "scone.attestation-mode", "hardware"), "scone.attestation-urls[0]", ""),
                        SessionShapes.pipelines()))
                .doesNotThrowAnyException();
        Map<String, String> mutual = changed(TDX, "tdx.client-key-store", "client.p12");
        assertThatCode(() -> check(
                        changed(mutual, "tdx.client-key-store-password-file", "client.password"),
                        SessionShapes.pipelines()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incomplete")
    void whatIsMissingOrWrongRefusesTheStart(String what, Map<String, String> set, String key) {
        assertThatThrownBy(() -> check(set, SessionShapes.pipelines()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key);
    }

    static Stream<Arguments> incomplete() {
        Stream<Arguments> missing = Stream.of(SCONE, GRAMINE, TDX)
                .flatMap(complete -> complete.keySet().stream()
                        .filter(key -> !key.endsWith(".publisher"))
                        .map(key -> Arguments.of(
                                "without " + key,
                                changed(complete, key, ""),
                                "sms.sessions." + key.replaceAll("\\[.*", ""))));
        return Stream.concat(missing, wrong());
    }

    private static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("another framework's store", SCONE, "scone.publisher", "tdx"),
                wrong("a word in upper case", SCONE, "scone.publisher", "SCONE"),
                wrong("a store of SCONE for Gramine", GRAMINE, "gramine.publisher", "scone"),
                wrong("a store of Gramine for TDX", TDX, "tdx.publisher", "gramine"),
                wrong("http", SCONE, "scone.url", "http://cas.example:8081"),
                wrong("http", GRAMINE, "gramine.url", "http://sps.example"),
                wrong("http", TDX, "tdx.url", "http://storage.example"),
                wrong("no host", SCONE, "scone.url", "https:/path"),
                wrong("a user", GRAMINE, "gramine.url", "https://admin:admin@sps.example"),
                wrong("a query", TDX, "tdx.url", "https://storage.example?x=1"),
                wrong("a fragment", TDX, "tdx.url", "https://storage.example#x"),
                wrong("no port", SCONE, "scone.enclave-address", "cas.example"),
                wrong("a URL", GRAMINE, "gramine.enclave-address", "https://sps.example:4433"),
                wrong("a blank", GRAMINE, "gramine.enclave-address", "sps example:4433"),
                wrong("a colon", GRAMINE, "gramine.login", "sms:x"),
                wrong("an unknown mode", SCONE, "scone.attestation-mode", "epid"),
                wrong("http", SCONE, "scone.attestation-urls[0]", "http://maa.example"),
                wrong("half a client key", TDX, "tdx.client-key-store", "client.p12"),
                wrong("the other half", TDX, "tdx.client-key-store-password-file", "client.password"),
                wrong("zero", SCONE, "scone.timeout", "0s"),
                wrong("negative", GRAMINE, "gramine.timeout", "-1s"),
                wrong("longer than all tries", TDX, "tdx.timeout", "16s"),
                wrong("zero", TDX, "deadline", "0s"));
    }

    private static Arguments wrong(String what, Map<String, String> complete, String key, String value) {
        return Arguments.of(key + ": " + what, changed(complete, key, value), "sms.sessions.");
    }

    @Test
    void aStoreWithoutAPipelineOfItsFrameworkRefusesTheStart() {
        for (Map.Entry<TeeFramework, Map<String, String>> publisher : Map.of(
                        TeeFramework.SCONE, SCONE, TeeFramework.GRAMINE, GRAMINE, TeeFramework.TDX, TDX)
                .entrySet()) {
            List<Pipeline> others = SessionShapes.pipelines().all().stream()
                    .filter(pipeline -> pipeline.framework() != publisher.getKey())
                    .toList();
            assertThatThrownBy(() -> check(publisher.getValue(), new Pipelines(others)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("lists no pipeline of " + publisher.getKey());
        }
    }

    /** A copy with one key changed; an empty value takes it away. */
    private static Map<String, String> changed(Map<String, String> set, String key, String value) {
        Map<String, String> copy = new HashMap<>(set);
        if (value.isEmpty()) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }
}
