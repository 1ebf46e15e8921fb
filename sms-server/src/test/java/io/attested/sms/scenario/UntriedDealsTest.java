package io.attested.sms.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.standin.IpfsStandIn;
import io.attested.sms.standin.Reply;
import io.attested.sms.standin.StoreStandIn;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Deals that combine what others try alone, and texts their parties can write, from the request to the store's socket. */
class UntriedDealsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern WORD = Pattern.compile("\\{\"error\":\"[A-Z_]+\"}");
    private static final Wallet BENEFICIARY = Wallet.STRANGER;
    private static final String FILE = "https://files.example/a b?x=é&y=2";

    /** 4,096 bytes of UTF-8 that mean something in YAML, JSON, a shell and Windows. */
    private static final String MOST =
            most("\uFEFF---\r\n- &a !!x {\"k\": [*a, 'q', \"d\"]} # %TAG | > \\u0000 \\\" $HOME\t\u0085\u2028");

    @TempDir
    private static Path folder;

    private static StoresAtHand stores;
    private static IpfsStandIn ipfs;
    private static ServedChain served;
    private static RunningServer server;
    private static final Map<TeeTag, String> APPS = new EnumMap<>(TeeTag.class);

    private static String most(String start) {
        StringBuilder text = new StringBuilder(start);
        int left = 4096 - start.getBytes(StandardCharsets.UTF_8).length;
        text.append("\uD83D\uDE00".repeat(left / 4)).append("x".repeat(left % 4));
        return text.toString();
    }

    @BeforeAll
    static void start() {
        stores = StoresAtHand.start(folder);
        ipfs = IpfsStandIn.start();
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.put("sms.bulk.gateway", ipfs.url().toString());
        served = ServedChain.start(folder, settings);
        server = served.server();
        for (TeeTag tag : List.of(TeeTag.SCONE, TeeTag.GRAMINE, TeeTag.TDX)) {
            String app = served.story().createApp(tag == TeeTag.TDX ? "" : stores.configuration(tag.name()));
            APPS.put(tag, app);
            push(Pushes.appPush(server.scone(), Wallet.APP_DEVELOPER, app, MOST));
        }
        push(Pushes.requesterPush(server.scone(), Wallet.REQUESTER, "first", MOST));
        push(Pushes.requesterPush(server.scone(), Wallet.REQUESTER, "second", " \r\n"));
        push(Pushes.accountPush(
                server.scone(), Wallet.REQUESTER, "iexec-result-dropbox-token", "\r\n dropbox token \t"));
        push(Pushes.accountPush(server.scone(), Wallet.REQUESTER, "iexec-result-iexec-ipfs-token", "ipfs token"));
        push(Pushes.accountPush(
                server.scone(), BENEFICIARY, "iexec-result-encryption-public-key", "the beneficiary's\n"));
        push(Pushes.accountPush(
                server.scone(), Wallet.REQUESTER, "iexec-result-encryption-public-key", "the requester's"));
        push(Pushes.accountPush(
                server.scone(),
                Wallet.WORKERPOOL_OWNER,
                "iexec-result-iexec-result-proxy-url",
                " https://proxy.pool "));
    }

    @AfterAll
    static void stop() {
        served.close();
        stores.close();
        ipfs.close();
    }

    @AfterEach
    void behave() {
        stores.behave(Reply.status(201));
    }

    private static void push(HttpRequest.Builder push) {
        assertThat(server.send(push).statusCode()).isEqualTo(204);
    }

    private static HttpResponse<String> session(String task) {
        URI base = server.scone();
        String challenge = server.send(Asking.challenge(base, task)).body();
        return server.send(Asking.session(base, Asking.authorization(task, challenge)));
    }

    private static String task(TeeTag tag, UnaryOperator<DealTerms> change) {
        return served.story()
                .initialize(
                        served.story()
                                .match(change.apply(served.story()
                                        .terms(APPS.getOrDefault(tag, ""))
                                        .withTag(tag))),
                        0);
    }

    private static StoreStandIn.Kept kept(TeeTag tag, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        StoreStandIn store = tag == TeeTag.SCONE ? stores.cas() : tag == TeeTag.GRAMINE ? stores.sps() : stores.tdx();
        assertThat(store.violations()).isEmpty();
        return store.session(
                JSON.readTree(answer.body()).path("data").path("sessionId").asString());
    }

    private static String dataset(String place, String key) {
        String dataset = served.story().createDataset(place, new byte[32]);
        push(Pushes.datasetPush(server.scone(), Wallet.DATASET_OWNER, dataset, key));
        return dataset;
    }

    private static String slice(String... datasets) {
        return ipfs.addJson(Stream.of(datasets)
                .map(one -> served.story()
                        .sign(served.story().offer(one).withTag("0x" + "00".repeat(32)), Wallet.DATASET_OWNER)
                        .json())
                .toList());
    }

    /** A bulk, an encrypted result, files, secrets by index, Dropbox, arguments: the second task of three. */
    @ParameterizedTest
    @EnumSource(names = {"SCONE", "GRAMINE", "TDX"})
    void everythingAtOnce(TeeTag tag) {
        String one = dataset("https://data.example/1", MOST);
        String two = dataset("https://data.example/2", "key 2");
        String list = ipfs.addJson(List.of(slice(two), slice(one, two), slice(two)));
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("iexec_args", "--a 'b c'");
        params.put("iexec_input_files", List.of(FILE, "second"));
        params.put("iexec_result_encryption", true);
        params.put("iexec_result_storage_provider", "dropbox");
        params.put(
                "iexec_secrets",
                Map.of(
                        "1",
                        "first",
                        "2147483647",
                        "second",
                        "3",
                        "absent",
                        "0",
                        "first",
                        "x",
                        "first",
                        "4",
                        "no/name"));
        params.put("bulk_cid", list);
        params.put("iexec_unknown", List.of(1));
        var deal = served.story()
                .match(served.story()
                        .terms(APPS.getOrDefault(tag, ""))
                        .withTag(tag)
                        .withTasks(3)
                        .withBeneficiary(BENEFICIARY.address())
                        .withParams(JSON.writeValueAsString(params)));
        String task = served.story().initialize(deal, 1);

        StoreStandIn.Kept kept = kept(tag, session(task));

        Map<String, String> app = new LinkedHashMap<>();
        app.put("IEXEC_DEAL_ID", deal.dealId());
        app.put("IEXEC_TASK_INDEX", "1");
        app.put("IEXEC_TASK_ID", task);
        app.put("IEXEC_IN", "/iexec_in");
        app.put("IEXEC_OUT", "/iexec_out");
        app.put("IEXEC_BOT_SIZE", "3");
        app.put("IEXEC_BOT_FIRST_INDEX", "0");
        app.put("IEXEC_BOT_TASK_INDEX", "1");
        app.put("IEXEC_DATASET_ADDRESS", "0x" + "00".repeat(20));
        app.put("IEXEC_DATASET_FILENAME", "0x" + "00".repeat(20));
        app.put("IEXEC_INPUT_FILES_NUMBER", "2");
        app.put("IEXEC_INPUT_FILES_FOLDER", "/iexec_in");
        app.put("IEXEC_INPUT_FILE_NAME_1", sha256(FILE));
        app.put("IEXEC_INPUT_FILE_NAME_2", sha256("second"));
        app.put("IEXEC_APP_DEVELOPER_SECRET", MOST);
        app.put("IEXEC_APP_DEVELOPER_SECRET_1", MOST);
        app.put("IEXEC_REQUESTER_SECRET_1", MOST);
        app.put("IEXEC_REQUESTER_SECRET_2147483647", " \r\n");
        app.put("IEXEC_BULK_SLICE_SIZE", "2");
        app.put("IEXEC_DATASET_1_FILENAME", one);
        app.put("IEXEC_DATASET_2_FILENAME", two);
        assertThat(kept.environment("app")).containsExactlyInAnyOrderEntriesOf(app);

        Map<String, String> post = new LinkedHashMap<>(kept.environment("post-compute"));
        assertThat(post.remove("SIGN_TEE_CHALLENGE_PRIVATE_KEY")).matches("0x[0-9a-f]{64}");
        post.remove("LD_LIBRARY_PATH");
        post.remove("JAVA_TOOL_OPTIONS");
        assertThat(post)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "IEXEC_TASK_ID", task,
                        "SIGN_WORKER_ADDRESS", Wallet.WORKER.checksummedAddress(),
                        "RESULT_ENCRYPTION", "true",
                        "RESULT_ENCRYPTION_PUBLIC_KEY", "the beneficiary's",
                        "RESULT_STORAGE_CALLBACK", "false",
                        "RESULT_STORAGE_PROVIDER", "dropbox",
                        "RESULT_STORAGE_PROXY", "https://proxy.pool",
                        "RESULT_STORAGE_TOKEN", "dropbox token"));
        if (tag != TeeTag.GRAMINE) {
            assertThat(kept.environment("pre-compute"))
                    .containsEntry("IS_DATASET_REQUIRED", "false")
                    .containsEntry("IEXEC_TASK_INDEX", "1")
                    .containsEntry("IEXEC_INPUT_FILE_URL_1", FILE)
                    .containsEntry("IEXEC_INPUT_FILE_URL_2", "second")
                    .containsEntry("IEXEC_BULK_SLICE_SIZE", "2")
                    .containsEntry("IEXEC_DATASET_1_KEY", MOST)
                    .containsEntry("IEXEC_DATASET_1_URL", "https://data.example/1")
                    .containsEntry("IEXEC_DATASET_1_CHECKSUM", "0x" + "00".repeat(32))
                    .containsEntry("IEXEC_DATASET_2_KEY", "key 2")
                    .doesNotContainKeys("IEXEC_DATASET_KEY", "IEXEC_DATASET_3_KEY", "IEXEC_APP_DEVELOPER_SECRET");
        }
    }

    private static String sha256(String text) {
        try {
            return "0x"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDatasetWithoutAPlaceIsNotFetchedAndNeedsNoKey() {
        for (String place : List.of("", " \n")) {
            String dataset = served.story().createDataset(place, new byte[32]);
            String task = task(TeeTag.SCONE, terms -> terms.withDataset(dataset));

            StoreStandIn.Kept kept = kept(TeeTag.SCONE, session(task));

            assertThat(kept.environments()).doesNotContainKey("pre-compute");
            assertThat(kept.environment("app")).containsEntry("IEXEC_DATASET_ADDRESS", dataset);
        }
    }

    static Stream<String> params() {
        return Stream.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "{",
                "\uFEFF{}",
                "{}{}",
                "--plain 'text",
                "@@1",
                "{\"iexec_args\":\"@@1\"}",
                "{\"iexec_args\":\"$$SCONE::a$$\"}",
                "{\"iexec_args\":\"a\\u0000b\"}",
                "{\"iexec_args\":\"\\ud800\"}",
                "{\"iexec_args\":\"a\\r\\nb: c\\n- d\"}",
                "{\"iexec_args\":{\"a\":1}}",
                "{\"iexec_args\":null}",
                "{\"iexec_args\":1e400}",
                "{\"iexec_input_files\":\"https://a\"}",
                "{\"iexec_input_files\":[null]}",
                "{\"iexec_input_files\":[\"\"]}",
                "{\"iexec_input_files\":[\"\\ud800\"]}",
                "{\"iexec_input_files\":[\"a\\u0000\"]}",
                "{\"iexec_input_files\":{\"0\":\"a\"}}",
                "{\"iexec_input_files\":"
                        + JSON.writeValueAsString(
                                IntStream.range(0, 500).mapToObj(i -> "u" + i).toList()) + "}",
                "{\"iexec_result_encryption\":true}",
                "{\"iexec_result_storage_provider\":5}",
                "{\"iexec_result_storage_provider\":\"DROPBOX\"}",
                "{\"iexec_result_storage_provider\":\"x\\u0000\"}",
                "{\"iexec_result_storage_proxy\":\" \"}",
                "{\"iexec_secrets\":[]}",
                "{\"iexec_secrets\":{\"1\":\"\"}}",
                "{\"iexec_secrets\":{\"1\":\"first\",\"1\":\"second\"}}",
                "{\"iexec_secrets\":{\"2147483648\":\"first\"}}",
                "{\"iexec_secrets\":" + JSON.writeValueAsString(many(128)) + "}",
                "{\"iexec_secrets\":" + JSON.writeValueAsString(many(129)) + "}",
                "{\"bulk_cid\":\" \"}",
                "{\"bulk_cid\":\"../../etc\"}",
                "{\"bulk_cid\":\"Qm\\u0000\"}",
                "{\"bulk_cid\":\"\\ud800\"}",
                "{\"bulk_cid\":7}",
                "{\"bulk_cid\":[\"a\"]}",
                "{\"a\":" + "[".repeat(3000) + "]".repeat(3000) + "}",
                "{\"iexec_args\":" + "[".repeat(3000) + "]".repeat(3000) + "}");
    }

    private static Map<String, String> many(int entries) {
        Map<String, String> secrets = new LinkedHashMap<>();
        IntStream.rangeClosed(1, entries).forEach(i -> secrets.put(Integer.toString(i), "first"));
        return secrets;
    }

    @ParameterizedTest
    @MethodSource("params")
    void whateverARequesterWritesIsServedOrRefusedInAWordOfTheContract(String params) {
        HttpResponse<String> answer = session(task(TeeTag.SCONE, terms -> terms.withParams(params)));

        assertThat(answer.statusCode()).isIn(200, 500);
        if (answer.statusCode() == 500) {
            assertThat(answer.body()).matches(WORD);
        }
        assertThat(stores.cas().violations()).isEmpty();
    }

    static Stream<String> registrations() {
        String right = stores.configuration("SCONE");
        return Stream.of(
                " \n" + right,
                right + " ",
                right + "x",
                "\uFEFF" + right,
                "{",
                "[]",
                "{}",
                "null",
                "\0",
                right.replace("SCONE", "GRAMINE"),
                right.replace("SCONE", "TDX"),
                right.replace("SCONE", "scone"),
                right.replace("SCONE", "SGX"),
                right.replace("\"SCONE\"", "null"),
                right.replace("\"SCONE\"", "{}"),
                right.replace("v5.9", "v5.0"),
                right.replace("v5.9", "v5.9 "),
                right.replace("v5.9", "\\ud800"),
                right.replace("/start", "/start @@1"),
                right.replace("/start", "/start $$SCONE::x"),
                right.replace("/start", "\\u0000"),
                right.replace("/start", "\\ud800"),
                right.replace("/start", "a\\n- b: &c"),
                right.replace("/start", "   "),
                right.replace("1024", "-1"),
                right.replace("1024", "1e99"),
                right.replace("1024", "\"1024\""),
                right.replace("1024", "9".repeat(2000)),
                right.replace("ab".repeat(32), "0x" + "ab".repeat(32)),
                right.replace("ab".repeat(32), "ab".repeat(32) + "|"),
                right.replace("ab".repeat(32), "ab".repeat(32) + "|" + "cd".repeat(32) + "|" + "ef".repeat(16)),
                right.replace("ab".repeat(32), "\uFF11".repeat(64)),
                right.replace("\"framework\"", "\"provider\""),
                right.replace("}", ",\"provider\":\"GRAMINE\"}"),
                right.replace("}", ",\"framework\":\"GRAMINE\"}"),
                "{\"framework\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
                "x".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void whateverADeveloperRegistersIsServedOrRefusedInAWordOfTheContract(String registered) {
        String app = served.story().createApp(registered);
        String task =
                served.story().initialize(served.story().match(served.story().terms(app)), 0);

        HttpResponse<String> answer = session(task);

        assertThat(answer.statusCode()).isIn(200, 500);
        if (answer.statusCode() == 500) {
            assertThat(answer.body()).matches(WORD);
        }
        assertThat(stores.cas().violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 201 Created\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 two Created\r\n\r\n",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
            })
    void aStoreThatAnswersNonsenseIsToldInAWordOfTheContract(String answer) {
        stores.behave(new Reply.Raw(answer));

        HttpResponse<String> scone = session(task(TeeTag.SCONE, terms -> terms));
        assertThat(scone.statusCode()).isEqualTo(500);
        assertThat(scone.body()).isEqualTo("{\"error\":\"SECURE_SESSION_GENERATION_FAILED\"}");
        HttpResponse<String> tdx = session(task(TeeTag.TDX, terms -> terms));
        assertThat(tdx.statusCode()).isEqualTo(500);
        assertThat(tdx.body()).isEqualTo("{\"error\":\"SECURE_SESSION_STORAGE_CALL_FAILED\"}");
    }
}
