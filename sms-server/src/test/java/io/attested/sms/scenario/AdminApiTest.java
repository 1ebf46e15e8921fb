package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.boot.OperatorMain;
import io.attested.sms.chain.Address;
import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.operate.legacy.OriginalDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /admin} and the out-of-service switch over HTTP, contract section 1.6, and an import beside a running service. */
class AdminApiTest {
    private static final String KEY = "a-key-of-the-admin-api";
    private static final String OFFLINE =
            "The server is temporarily unable to serve your request due to maintenance downtime";

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static Path location;

    private final Wallet owner = Wallet.random(new SecureRandom());

    @BeforeAll
    static void start() throws IOException {
        location = folder.resolve("backup");
        Files.createDirectories(location.resolve("work"));
        Files.createDirectories(location.resolve("far"));
        Files.createDirectories(folder.resolve("backup-evil"));
        served = ServedChain.start(
                folder,
                Map.of(
                        "sms.admin.api-key-file", keyFile().toString(),
                        "sms.admin.storage-location", location.toString(),
                        "sms.admin.out-of-service.enabled", "true"));
    }

    private static Path keyFile() throws IOException {
        Path file = folder.resolve("admin.key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, KEY + "\n");
        }
        return file;
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String id(Path path) {
        return HexFormat.of().formatHex(path.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpResponse<String> send(String method, String path) {
        return send(served.server(), method, path, KEY);
    }

    private static HttpResponse<String> send(RunningServer server, String method, String path, String key) {
        return server.send(HttpRequest.newBuilder(URI.create(server.nativeApi() + path))
                .header("X-API-KEY", key)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private static void assertStatus(int status, String method, String path) {
        HttpResponse<String> answer = send(method, path);
        assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(status);
        assertThat(answer.body()).as("%s %s", method, path).isEmpty();
    }

    private static String named(Path storage, String call, String name) {
        return "/admin/" + id(storage) + "/" + call + "?fileName=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Test
    void everyStatusOfTheContract() {
        Path far = location.resolve("far");
        Path nowhere = location.resolve("nowhere");
        assertStatus(201, "POST", "/admin/backup");
        assertStatus(201, "POST", "/admin/backup");
        assertStatus(200, "POST", named(far, "replicate-backup", "monday"));
        assertStatus(500, "POST", named(far, "replicate-backup", "monday"));
        String copy = "/admin/" + id(far) + "/copy-to/" + id(location) + "?sourceFileName=monday";
        assertStatus(200, "POST", copy + "&destinationFileName=tuesday");
        assertStatus(500, "POST", copy + "&destinationFileName=tuesday");
        assertStatus(200, "POST", copy);
        assertStatus(500, "POST", copy);
        assertStatus(404, "POST", "/admin/" + id(far) + "/copy-to/" + id(location) + "?sourceFileName=none");
        assertStatus(404, "POST", "/admin/" + id(far) + "/copy-to/" + id(nowhere) + "?sourceFileName=monday");
        assertStatus(200, "POST", named(far, "restore-backup", "monday"));
        assertStatus(404, "POST", named(far, "restore-backup", "none"));
        assertStatus(200, "DELETE", named(location, "delete-backup", "tuesday"));
        assertStatus(500, "DELETE", named(location, "delete-backup", "tuesday"));
        for (String call : List.of("replicate-backup", "restore-backup")) {
            assertStatus(400, "POST", named(far, call, " "));
            assertStatus(400, "POST", named(far, call, ""));
            assertStatus(400, "POST", "/admin/%20/" + call + "?fileName=monday");
            assertStatus(404, "POST", named(nowhere, call, "monday"));
            assertStatus(500, "POST", "/admin/zz/" + call + "?fileName=monday");
            assertStatus(500, "POST", named(folder.resolve("backup-evil"), call, "monday"));
            assertStatus(500, "POST", named(far, call, "../far/monday"));
            assertStatus(500, "POST", named(far, call, "a\u0000b"));
            assertThat(send("POST", "/admin/" + id(far) + "/" + call).statusCode())
                    .as("no file name")
                    .isEqualTo(400);
        }
        assertThat(send("GET", "/admin/backup").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/admin/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void withoutTheKeyNobodyGetsThrough() {
        for (String path : List.of(
                "/admin/backup",
                "/admin;x=1/backup",
                "/%61dmin/backup",
                "/./admin/backup",
                "/admin/",
                "/admin",
                "/admin/../restore-backup?fileName=monday",
                "/admin/%2e%2e/replicate-backup?fileName=monday",
                "/%61dmin/..;x=1/restore-backup?fileName=monday",
                "/admin/../copy-to/2f?sourceFileName=monday",
                "/secrets/../admin/backup")) {
            for (String key : List.of("", "wrong", KEY + "x", KEY.substring(1))) {
                HttpResponse<String> answer = send(served.server(), "POST", path, key);
                assertThat(answer.statusCode()).as("%s %s", path, key).isEqualTo(401);
                assertThat(answer.body()).isEqualTo("You are not authorized to access this endpoint.");
                assertThat(answer.headers().firstValue("content-type")).isEmpty();
            }
        }
        assertThat(send(served.server(), "POST", "//admin/backup", "wrong").statusCode())
                .isIn(400, 401, 404);
    }

    @Test
    void aRestoreBringsASecretBackWhileTheServiceRuns() {
        assertThat(push(served.server(), owner)).isEqualTo(204);
        assertStatus(201, "POST", "/admin/backup");
        served.server()
                .bean(io.attested.sms.operate.store.jdbc.OpenStore.class)
                .database()
                .jdbc()
                .sql("delete from secrets where owner = ?")
                .param(Address.parse(owner.address()).toString())
                .update();
        assertThat(present(served.server(), owner)).isEqualTo(404);
        assertStatus(200, "POST", named(location.resolve("work"), "restore-backup", "backup.sql"));
        assertThat(present(served.server(), owner)).isEqualTo(204);
        AuditLog log = served.server().bean(AuditLog.class);
        assertThat(log.entriesAfter(log.head().sequence() - 1, 1)
                        .getFirst()
                        .entry()
                        .event())
                .isEqualTo(Event.STORE_RESTORED);
        assertThat(Prometheus.sum(served.server(), "sms_admin_total", "operation=\"restore\",status=\"200\""))
                .isPositive();
    }

    private static int push(RunningServer server, Wallet wallet) {
        return server.send(Pushes.accountPush(server.scone(), wallet, "name", "a value"))
                .statusCode();
    }

    private static int present(RunningServer server, Wallet wallet) {
        return server.send(HttpRequest.newBuilder(URI.create(
                                server.scone() + "/secrets/web2?ownerAddress=" + wallet.address() + "&secretName=name"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    private RunningServer another(String name, Map<String, String> settings) {
        return RunningServer.start(
                folder.resolve(name),
                served.chain().url(),
                served.story().poco().hub(),
                settings);
    }

    @Test
    void withoutAKeyFileTheApiIsDisabled() {
        try (RunningServer server = another("disabled", Map.of())) {
            HttpResponse<String> answer = send(server, "POST", "/admin/backup", KEY);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("This endpoint is disabled.");
        }
    }

    @Test
    void onAPortOfItsOwnTheAdminApiAnswersThereAndNowhereElse() throws IOException {
        int port = FreePorts.one();
        Map<String, String> settings = Map.of(
                "sms.admin.api-key-file", keyFile().toString(),
                "sms.admin.storage-location", location.toString(),
                "sms.admin.port", Integer.toString(port));
        try (RunningServer server = another("own-port", settings)) {
            for (URI elsewhere : List.of(server.nativeApi(), server.scone(), server.tdx())) {
                for (String key : List.of(KEY, "another key, sixteen long")) {
                    for (String path : List.of("/admin/backup", "/admin", "/admin;x=y/backup", "/x/../admin/backup")) {
                        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(URI.create(elsewhere + path))
                                .header("X-API-KEY", key)
                                .POST(HttpRequest.BodyPublishers.noBody()));
                        assertThat(answer.statusCode())
                                .as("%s%s", elsewhere, path)
                                .isEqualTo(404);
                        assertThat(answer.body()).contains("\"status\":404");
                    }
                }
            }
            HttpRequest.Builder there = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/admin/backup"))
                    .POST(HttpRequest.BodyPublishers.noBody());
            assertThat(server.send(there.copy()).statusCode()).isEqualTo(401);
            assertThat(server.send(there.copy().header("X-API-KEY", KEY)).statusCode())
                    .isEqualTo(201);
        }
    }

    /** Boot believes X-Forwarded-For by itself where it thinks that it runs on Kubernetes. */
    @Test
    void whoSentARequestIsThePeerWhateverItSaysAndWhereverItRuns() throws IOException {
        Map<String, String> settings = Map.of(
                "spring.main.cloud-platform",
                "kubernetes",
                "sms.admin.api-key-file",
                keyFile().toString(),
                "sms.admin.storage-location",
                location.toString(),
                "sms.iexec.writes-per-minute",
                "5");
        try (RunningServer server = another("forwarded", settings)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                statuses.add(server.send(HttpRequest.newBuilder(URI.create(server.scone() + "/admin/backup"))
                                .header("X-API-KEY", "guess " + i)
                                .header("X-Forwarded-For", "198.51.100." + i)
                                .header("Forwarded", "for=198.51.100." + i)
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode());
            }
            assertThat(statuses).contains(503).last().isEqualTo(503);
        }
    }

    @Test
    void aStorageLocationThatHoldsTheStoreOrItsKeyIsRefused() throws IOException {
        Path place = folder.resolve("overlap");
        Path link = folder.resolve("overlap-link");
        Files.createDirectories(place.resolve("keys"));
        Files.createSymbolicLink(link, place);
        for (Path around : List.of(place, link)) {
            assertThatThrownBy(() -> another(
                                    "overlap",
                                    Map.of(
                                            "sms.admin.api-key-file", keyFile().toString(),
                                            "sms.admin.storage-location", around.toString()))
                            .close())
                    .hasStackTraceContaining("sms.store.folder lies in sms.admin.storage-location");
            assertThat(place.resolve("store")).doesNotExist();
        }
        assertThatThrownBy(() -> another(
                                "beside",
                                Map.of(
                                        "sms.store.root-key-file",
                                        place.resolve("keys/root.key").toString(),
                                        "sms.admin.api-key-file",
                                        keyFile().toString(),
                                        "sms.admin.storage-location",
                                        place.toString()))
                        .close())
                .hasStackTraceContaining("the root key file lies in sms.admin.storage-location");
    }

    @Test
    void settingsOfTheAdminPortThatMeanNothingAreRefused() throws IOException {
        String key = keyFile().toString();
        Map<String, String> port = Map.of(
                "sms.admin.api-key-file",
                key,
                "sms.admin.storage-location",
                location.toString(),
                "sms.admin.port",
                "65536");
        assertThatThrownBy(() -> another("bad-port", port).close())
                .hasStackTraceContaining("sms.admin.port is 65536, expected 1 to 65535");
        Map<String, String> address = Map.of(
                "sms.admin.api-key-file",
                key,
                "sms.admin.storage-location",
                location.toString(),
                "sms.admin.address",
                "127.0.0.1");
        assertThatThrownBy(() -> another("bad-address", address).close())
                .hasStackTraceContaining("sms.admin.address is set, but sms.admin.port is not");
    }

    @Test
    void healthSaysWhenTheDiskHasNoRoomForPushes() {
        try (RunningServer server = another("full", Map.of("sms.store.reserve", "1000000TB"))) {
            assertThat(push(server, owner)).isEqualTo(503);
            assertThat(server.get(URI.create(server.nativeApi() + "/v1/health")).body())
                    .contains("\"status\":\"degraded\"", "\"takesPushes\":false", "\"outOfService\":false");
        }
        assertThat(served.server()
                        .get(URI.create(served.server().nativeApi() + "/v1/health"))
                        .body())
                .contains("\"status\":\"up\"", "\"takesPushes\":true");
    }

    /** A new machine with the old root key: offline at first, everything back after the restore and a start. */
    @Test
    void aNewStoreWithTheOldRootKeyTakesTheWholeBackup() throws IOException {
        assertThat(push(served.server(), owner)).isEqualTo(204);
        assertStatus(201, "POST", "/admin/backup");
        Path old = folder.resolve("store/root.key");
        Path key = folder.resolve("recovered/keys/root.key");
        Files.createDirectories(key.getParent());
        Files.copy(old, key, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Map<String, String> settings = Map.of(
                "sms.store.root-key-file", key.toString(),
                "sms.admin.api-key-file", keyFile().toString(),
                "sms.admin.storage-location", location.toString(),
                "sms.admin.out-of-service.enabled", "true",
                "sms.admin.out-of-service.initially-offline", "true");
        try (RunningServer server = another("recovered", settings)) {
            assertOffline(server);
            HttpResponse<String> restored =
                    send(server, "POST", named(location.resolve("work"), "restore-backup", "backup.sql"), KEY);
            assertThat(restored.statusCode()).isEqualTo(200);
            assertOffline(server);
        }
        try (RunningServer server = another("recovered", Map.of("sms.store.root-key-file", key.toString()))) {
            assertThat(present(server, owner)).isEqualTo(204);
            assertThat(push(server, Wallet.random(new SecureRandom()))).isEqualTo(204);
        }
    }

    private static void assertOffline(RunningServer server) {
        for (String path : List.of("/tee/framework", "/secrets/web2", "/apps/x/secrets", "/requesters/x/secrets/y")) {
            HttpResponse<String> answer = server.get(URI.create(server.scone() + path));
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.body()).as(path).isEqualTo(OFFLINE);
        }
        assertThat(server.postJson(URI.create(server.nativeApi() + "/v1/grants"), "{}")
                        .statusCode())
                .isEqualTo(503);
        HttpResponse<String> health = server.get(URI.create(server.nativeApi() + "/v1/health"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"degraded\"", "\"outOfService\":true");
    }

    /** A command's answer. */
    private record Ran(int code, String out, String err) {}

    private static Ran operator(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = OperatorMain.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                words);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String[] importing(OriginalDatabase original, Path store, URI node, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "import",
                "--database",
                original.file().toString(),
                "--key",
                original.keyFile().toString()));
        RunningServer.settings(store, node, served.story().poco().hub())
                .forEach((key, value) -> words.add("--" + key + "=" + value));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** The command in a process of its own: within one process H2 shares an open database. */
    private static int codeOfAnotherProcess(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OperatorMain.class.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("operator.log").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("operator.log"))).contains("no other process uses");
        return process.exitValue();
    }

    /** Opening a pipe waits for its writer, and a script read from a device never ends. */
    @Test
    @Timeout(60)
    void devicesPipesAndFoldersAreNoDatabaseAndNoKey() throws Exception {
        OriginalDatabase original = OriginalDatabase.create(folder.resolve("devices"));
        original.close();
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String thing : List.of("/dev/zero", "/dev/stdin", pipe.toString(), folder.toString())) {
            Ran database = operator(
                    "import", "--database", thing, "--key", original.keyFile().toString());
            assertThat(database.code()).as(thing).isEqualTo(4);
            assertThat(database.err()).contains("is no regular file");
            Ran key = operator("import", "--database", original.file().toString(), "--key", thing);
            assertThat(key.code()).as(thing).isEqualTo(4);
            assertThat(key.err()).contains("is no regular file");
        }
    }

    @Test
    void theOperatorImportsIntoANewStoreAndTheServiceServesIt() throws Exception {
        Path store = folder.resolve("imported");
        OriginalDatabase original = OriginalDatabase.create(folder.resolve("original"));
        original.account(owner.address(), "name", "a value");
        original.dataset("0x00000000000000000000000000000000000000dd", "key of a dataset nobody deployed");
        original.close();
        Ran rehearsal = operator(importing(original, store, served.chain().url(), "--dry-run"));
        assertThat(rehearsal.code()).as(rehearsal.err()).isZero();
        assertThat(rehearsal.out())
                .contains("account secrets               1          1          0          0")
                .contains("the chain names no owner of the asset")
                .contains("Dry run: nothing was written");
        assertThat(store.resolve("store")).doesNotExist();
        Ran ran = operator(importing(original, store, served.chain().url()));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("1 taken over, 1 skipped");
        Ran silent = operator(importing(original, store, URI.create("http://localhost:1")));
        assertThat(silent.code()).as(silent.err()).isEqualTo(1);
        assertThat(silent.out()).contains("0 taken over").contains("the chain did not say");
        try (RunningServer server = another("imported", Map.of())) {
            assertThat(present(server, owner)).isEqualTo(204);
            assertThat(codeOfAnotherProcess(
                            importing(original, store, served.chain().url())))
                    .isEqualTo(4);
        }
        Ran wrongRealm = operator(importing(original, store, served.chain().url(), "--sms.realm=production"));
        assertThat(wrongRealm.code()).as(wrongRealm.err()).isEqualTo(3);
        assertThat(operator("import", "--database", "x").code()).isEqualTo(2);
        assertThat(operator(
                                "import",
                                "--database",
                                "/nowhere",
                                "--key",
                                original.keyFile().toString())
                        .code())
                .isEqualTo(4);
        Path notes = Files.writeString(folder.resolve("notes.txt"), "hello;");
        assertThat(operator(
                                "import",
                                "--database",
                                notes.toString(),
                                "--key",
                                original.keyFile().toString())
                        .code())
                .isEqualTo(3);
    }
}
