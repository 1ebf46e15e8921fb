package io.attested.sms.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTest {
    private static final String KEY = "11".repeat(32);
    private static final String DATASET = "0x52908400098527886E0F7030069857D2E4169EE7";

    @TempDir
    Path folder;

    private final Command sms = new Command();
    private final List<String> received = new ArrayList<>();
    private HttpServer server;
    private int status = 204;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        sms.environment.put("WALLET", KEY);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "secret push",
                "secret push dataset",
                "secret push app",
                "secret push requester",
                "secret push account",
                "secret check",
                "secret check dataset",
                "dataset",
                "dataset encrypt",
                "dataset decrypt",
                "app",
                "app measure",
                "evidence",
                "evidence inspect",
                "evidence verify",
                "task",
                "task ask",
                "task run"
            })
    void helpShowsUsageExamplesAndExitCodes(String command) {
        List<Object> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeIf(word -> word.equals(""));
        words.add("--help");
        assertThat(sms.run(words.toArray())).isZero();
        assertThat(sms.out)
                .contains(
                        "Usage: ./sms" + (command.isEmpty() ? "" : " " + command),
                        "Examples:",
                        "Exit codes:",
                        "  ./sms ");
        assertThat(sms.out.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void wrongUsageSaysWhatIsMissing() {
        assertThat(sms.run("dataset", "decrypt", "a", "b")).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err)
                .isEqualTo("sms: missing required option: '--key=FILE'; `./sms dataset decrypt --help` shows what it"
                        + " takes\n");
    }

    @Test
    void pushDatasetTakesTheKeyFromAFileAndTrimsIt() throws IOException {
        Path value = Files.writeString(folder.resolve("key"), "  dGVzdA==\n");
        assertThat(sms.run(push("dataset", DATASET, "--value-file", value))).isZero();
        assertThat(received)
                .containsExactly(
                        "POST /secrets/web3?secretAddress=0x52908400098527886e0f7030069857d2e4169ee7 dGVzdA==");
        assertThat(sms.out).isEqualTo("stored\n");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'api key\n',-,'api key'", "'api key\n',--exact,'api key\n'", "' a\r\n',-,' a'"})
    void pushRequesterReadsStandardInput(String input, @org.jspecify.annotations.Nullable String exact, String sent) {
        sms.stdin = input;
        List<Object> words = new ArrayList<>(List.of(push("requester", "api-key", "--stdin")));
        if (exact != null) {
            words.add(exact);
        }
        assertThat(sms.run(words.toArray())).isZero();
        assertThat(received)
                .containsExactly("POST /requesters/0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a/secrets/api-key " + sent);
    }

    @Test
    void pushAccountWithForcePuts() {
        sms.stdin = "token";
        assertThat(sms.run(push("account", "iexec-result-dropbox-token", "--stdin", "--force")))
                .isZero();
        assertThat(received).singleElement().asString().startsWith("PUT /secrets/web2?");
    }

    @ParameterizedTest
    @CsvSource({"401,3", "409,3", "413,3", "400,3", "500,4", "503,4"})
    void pushReportsEachStatusWithItsExitCode(int answer, int exitCode) {
        status = answer;
        sms.stdin = "secret value";
        assertThat(sms.run(push("app", DATASET, "--stdin"))).isEqualTo(exitCode);
        assertThat(sms.err).startsWith("sms: ").doesNotContain("secret value");
    }

    @Test
    void pushWhenTheValueIsEmptyOrTooLongThenNothingIsSent() {
        sms.stdin = "\n";
        assertThat(sms.run(push("app", DATASET, "--stdin"))).isEqualTo(ExitCode.REFUSED);
        sms.stdin = "x".repeat(4097);
        assertThat(sms.run(push("app", DATASET, "--stdin"))).isEqualTo(ExitCode.REFUSED);
        assertThat(received).isEmpty();
        sms.stdin = "x".repeat(4096) + "\n";
        assertThat(sms.run(push("app", DATASET, "--stdin"))).isZero();
    }

    @Test
    void pushWithoutAWalletOrWithTwoIsWrongUsage() throws IOException {
        Path wallet = Files.writeString(folder.resolve("wallet"), KEY);
        assertThat(sms.run("secret", "push", "app", DATASET, "--stdin", "--sms", address()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sms.run(push("app", DATASET, "--stdin", "--wallet", wallet))).isEqualTo(ExitCode.USAGE);
        sms.environment.put("WALLET", "not a key");
        assertThat(sms.run(push("app", DATASET, "--stdin"))).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).doesNotContain("not a key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sms.invalid",
                "HTTP://sms.invalid:13300",
                "http://localhost.example.invalid",
                "http://127.0.0.1.example.invalid",
                "http://10.0.0.1"
            })
    void pushOverPlainHttpToAnotherMachineNeedsConsent(String elsewhere) {
        Object[] words = push("app", DATASET, "--stdin");
        words[words.length - 2] = elsewhere;
        sms.stdin = "value";
        assertThat(sms.run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("--plain-http");
    }

    @Test
    void pushOverPlainHttpWithConsentIsTried() {
        Object[] words = push("app", DATASET, "--plain-http", "--stdin");
        words[words.length - 3] = "http://0.0.0.0:1";
        sms.stdin = "value";
        assertThat(sms.run(words)).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"204,0,present", "404,1,absent", "500,4,''"})
    void checkTellsPresenceByExitCode(int answer, int exitCode, String printed) {
        status = answer;
        assertThat(sms.run("secret", "check", "dataset", DATASET, "--sms", address()))
                .isEqualTo(exitCode);
        assertThat(sms.out.strip()).isEqualTo(printed);
    }

    @Test
    void datasetRoundTrip() throws IOException {
        Path in = Files.writeString(folder.resolve("in"), "content");
        Path encrypted = folder.resolve("out.enc");
        Path decrypted = folder.resolve("out");
        Path key = folder.resolve("out.enc.key");
        assertThat(sms.run("dataset", "encrypt", in, encrypted)).isZero();
        assertThat(sms.out).contains("key      " + key, "checksum 0x");
        assertThat(sms.run("dataset", "decrypt", encrypted, decrypted, "--key", key))
                .isZero();
        assertThat(decrypted).hasContent("content");
        assertThat(sms.run("dataset", "decrypt", encrypted, decrypted, "--key", key))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("exists already");
    }

    @Test
    void encryptWhenTheFileIsMissingThenNoKeyIsLeftBehind() {
        assertThat(sms.run("dataset", "encrypt", folder.resolve("none"), folder.resolve("out")))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void decryptWhenTheFileIsMissingThenUnavailable() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "A".repeat(43) + "=");
        assertThat(sms.run("dataset", "decrypt", folder.resolve("none"), folder.resolve("out"), "--key", key))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains("does not exist");
    }

    @Test
    void measurePrintsTheFingerprintInTheCardsOrder() throws IOException {
        Path tree = tree();
        String mrEnclave = "ab".repeat(32);
        assertThat(sms.run(
                        "app", "measure", tree, "--mrenclave", mrEnclave, "--service-key", "cd".repeat(32), "--json"))
                .isZero();
        assertThat(sms.out)
                .matches("\\{\"fspfKey\":\"([0-9a-f]{64})\",\"fspfTag\":\"([0-9a-f]{32})\",\"fingerprint\":\""
                        + mrEnclave + "\\|\\1\\|\\2\",\"configId\":\"[0-9a-f]{128}\"}\\R");
        assertThat(sms.run("app", "measure", tree)).isZero();
        assertThat(sms.out).containsPattern("FSPF_KEY +[0-9a-f]{64}\nFSPF_TAG +[0-9a-f]{32}\n$");
    }

    @Test
    void measureWhenTheTreeIsRefusedThenSaysWhere() throws IOException {
        Path tree = tree();
        Files.createSymbolicLink(tree.resolve("out"), Path.of("/etc"));
        assertThat(sms.run("app", "measure", tree)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("\"out\" is a link that leads out of the tree");
    }

    @Test
    void runWithATrailingCommandIsRefused() {
        assertThat(sms.run(
                        "task",
                        "run",
                        "--evidence",
                        "gramine",
                        "--authorization",
                        "a",
                        "--ask",
                        "b",
                        "--sms",
                        address(),
                        "--",
                        "/bin/sh",
                        "-c",
                        "id"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("/bin/sh");
    }

    @Test
    void runWithUnknownEvidenceNamesTheKnown() {
        assertThat(sms.run(
                        "task", "run", "--evidence", "none", "--authorization", "a", "--ask", "b", "--sms", address()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("gramine");
    }

    @Test
    void runOutsideAnEnclaveSaysSoInItsJson() throws IOException {
        Object[] words = run("--json");
        assertThat(sms.run(words)).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.out).contains("\"outcome\":\"refused\"").contains("\"code\":\"enclave.no-evidence\"");
    }

    @Test
    void runTellsWhatIsWrongOnTheCommandLineBeforeItLooksForAnEnclave() throws IOException {
        assertThat(sms.run(run("--fingerprint", "zz"))).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("--fingerprint");
        assertThat(sms.run(run("--evidence-options", "x"))).isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("--evidence-options");
    }

    private Object[] run(String... more) throws IOException {
        Path authorization = folder.resolve("authorization");
        String address = "0x" + "11".repeat(20);
        Files.writeString(
                authorization,
                "{\"chainTaskId\":\"0x" + "22".repeat(32) + "\",\"workerWallet\":\"" + address
                        + "\",\"enclaveChallenge\":\"" + address + "\",\"signature\":{\"value\":\"0x"
                        + "11".repeat(64) + "1b\"}}");
        List<Object> words = new ArrayList<>(List.of(
                "task",
                "run",
                "--evidence",
                "gramine",
                "--authorization",
                authorization,
                "--wallet-env",
                "WALLET",
                "--sms",
                address()));
        words.addAll(List.of(more));
        return words.toArray();
    }

    @Test
    void foldersAndAddressesThatAreNoneAreToldPlainly() {
        assertThat(sms.run(
                        "secret",
                        "push",
                        "app",
                        DATASET,
                        "--value-file",
                        folder,
                        "--wallet-env",
                        "WALLET",
                        "--sms",
                        address()))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains(folder + " is a folder");
        assertThat(sms.run("app", "measure", folder.resolve("none"))).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.run("dataset", "encrypt", folder, folder.resolve("out"))).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(sms.err).contains(folder + " is a folder");
        assertThat(sms.run("secret", "check", "dataset", DATASET, "--sms", "not a url"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sms.err).contains("https://sms.example.org").doesNotContain("Exception");
        status = 400;
        sms.stdin = "value";
        assertThat(sms.run(push("account", "a\nb", "--stdin"))).isEqualTo(ExitCode.REFUSED);
        assertThat(sms.err).contains("name or the value");
    }

    private Path tree() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("app"), "");
        Files.writeString(tree.resolve("sms-launch.json"), "{\"program\":\"app\"}");
        return tree;
    }

    private Object[] push(String kind, String what, Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("secret", "push", kind, what, "--wallet-env", "WALLET", "--sms", address()));
        words.addAll(List.of(more));
        return words.toArray();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
