package io.attested.sms.scenario;

import static io.attested.sms.scenario.Pushes.account;
import static io.attested.sms.scenario.Pushes.app;
import static io.attested.sms.scenario.Pushes.dataset;
import static io.attested.sms.scenario.Pushes.head;
import static io.attested.sms.scenario.Pushes.post;
import static io.attested.sms.scenario.Pushes.put;
import static io.attested.sms.scenario.Pushes.requester;
import static io.attested.sms.scenario.Pushes.signDataset;
import static io.attested.sms.scenario.Pushes.signNamed;
import static io.attested.sms.scenario.Pushes.unsigned;
import static io.attested.sms.scenario.Pushes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.contracts.testbed.Wallet;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The secret endpoints of the iExec contract, sections 1.1 to 1.3 and 2.3: order of checks, statuses, bodies. */
class IexecSecretsTest {
    private static final String TOO_LARGE = "{\"error\":[\"Secret size should not exceed 4 Kb\"]}";
    private static final String BAD_KEY =
            "{\"error\":[\"Secret key should contain at most 64 characters from [0-9A-Za-z-_]\"]}";
    private static final String UNAUTHORIZED = "{\"error\":[\"Invalid authorization\"]}";
    private static final String EXISTS = "{\"error\":[\"Secret already exists\"]}";

    /** 4096 bytes in 1366 characters of which most have three bytes, and one byte more. */
    private static final byte[] LARGEST = utf8("€".repeat(1365) + "x");

    private static final byte[] TOO_LONG = utf8("€".repeat(1365) + "xx");

    /** Nobody's signature, well formed. */
    private static final String FOREIGN =
            Wallet.STRANGER.signMessage(Wallet.keccak(utf8("something that nobody asks about")));

    @TempDir
    private static Path folder;

    private static ServedChain served;
    private static URI base;

    private final Wallet owner = Wallet.random(new SecureRandom());

    @BeforeAll
    static void start() {
        served = ServedChain.start(folder);
        base = served.server().scone();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return served.server().send(request);
    }

    private static void assertEmpty(HttpRequest.Builder request, int status) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    private static void assertBody(HttpRequest.Builder request, int status, String body) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    private static void assertDefaultError(HttpRequest.Builder request, int status, String reason) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.propertyNames()).containsExactly("timestamp", "status", "error", "path");
        assertThat(error.path("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00");
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("error").asString()).isEqualTo(reason);
        assertThat(error.path("path").asString()).isEqualTo(answer.uri().getRawPath());
    }

    private String signed(String name, byte[] value) {
        return signNamed(owner, owner.address(), name, value);
    }

    private static String newDataset() {
        return served.story().createDataset("/ipfs/QmTest", new byte[32]);
    }

    // ---- dataset keys

    @Test
    void datasetKeyIsAbsentThenStoredThenThere() {
        String dataset = newDataset();
        assertEmpty(head(dataset(base, dataset)), 404);
        HttpResponse<String> stored = send(Pushes.datasetPush(base, Wallet.DATASET_OWNER, dataset, "key"));
        assertThat(stored.statusCode()).isEqualTo(204);
        assertThat(stored.body()).isEmpty();
        assertEmpty(head(dataset(base, dataset)), 204);
        assertEmpty(Pushes.datasetPush(base, Wallet.DATASET_OWNER, dataset, "key"), 409);
        assertEmpty(Pushes.datasetPush(base, Wallet.DATASET_OWNER, dataset, "another"), 409);
        assertEmpty(
                head(dataset(base, dataset.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x"))), 204);
    }

    @Test
    void datasetKeyIsCheckedInTheContractsOrder() {
        String dataset = newDataset();
        URI uri = dataset(base, dataset);
        byte[] value = utf8("key");
        assertDefaultError(unsigned(uri, "POST", value), 400, "Bad Request");
        assertDefaultError(
                post(base.resolve("/secrets/web3"), signDataset(Wallet.DATASET_OWNER, dataset, value), value),
                400,
                "Bad Request");
        assertDefaultError(post(uri, FOREIGN, new byte[0]), 400, "Bad Request");
        assertEmpty(post(uri, FOREIGN, TOO_LONG), 401);
        assertEmpty(post(uri, signDataset(Wallet.DATASET_OWNER, dataset, TOO_LONG), TOO_LONG), 413);
        assertEmpty(post(uri, signDataset(Wallet.DATASET_OWNER, dataset, LARGEST), LARGEST), 204);
        assertEmpty(post(uri, signDataset(Wallet.DATASET_OWNER, dataset, TOO_LONG), TOO_LONG), 413);
        assertEmpty(post(uri, FOREIGN, value), 401);
    }

    @Test
    void datasetKeyOfWhatHasNoOwnerIsUnauthorized() {
        String wallet = owner.address();
        assertEmpty(post(dataset(base, wallet), signDataset(owner, wallet, utf8("key")), utf8("key")), 401);
        assertEmpty(post(dataset(base, "nonsense"), FOREIGN, utf8("key")), 401);
        assertEmpty(head(dataset(base, "nonsense")), 404);
        assertEmpty(head(dataset(base, "")), 404);
        HttpResponse<String> missing = send(head(base.resolve("/secrets/web3")));
        assertThat(missing.statusCode()).isEqualTo(400);
    }

    @Test
    void datasetKeyOfAnotherOwnerIsUnauthorized() {
        String dataset = newDataset();
        assertEmpty(Pushes.datasetPush(base, Wallet.REQUESTER, dataset, "key"), 401);
        assertEmpty(head(dataset(base, dataset)), 404);
    }

    // ---- account secrets

    @Test
    void accountSecretIsCheckedInTheContractsOrder() {
        URI uri = account(base, owner.address(), "Name");
        byte[] value = utf8("value");
        assertDefaultError(unsigned(uri, "POST", value), 400, "Bad Request");
        assertDefaultError(
                post(base.resolve("/secrets/web2?ownerAddress=" + owner.address()), signed("Name", value), value),
                400,
                "Bad Request");
        assertDefaultError(
                post(base.resolve("/secrets/web2?secretName=Name"), signed("Name", value), value), 400, "Bad Request");
        assertDefaultError(post(uri, signed("Name", new byte[0]), new byte[0]), 400, "Bad Request");
        assertEmpty(post(uri, FOREIGN, TOO_LONG), 401);
        assertEmpty(post(uri, signed("Name", TOO_LONG), TOO_LONG), 413);
        assertEmpty(head(uri), 404);
        assertEmpty(post(uri, signed("Name", LARGEST), LARGEST), 204);
        assertEmpty(head(uri), 204);
        assertEmpty(post(uri, signed("Name", TOO_LONG), TOO_LONG), 413);
        assertEmpty(post(uri, signed("Name", value), value), 409);
    }

    @Test
    void accountSecretIsReplacedInTheContractsOrder() {
        URI uri = account(base, owner.address(), "token");
        byte[] value = utf8("one");
        assertDefaultError(unsigned(uri, "PUT", value), 400, "Bad Request");
        assertDefaultError(put(uri, FOREIGN, new byte[0]), 400, "Bad Request");
        assertEmpty(put(uri, FOREIGN, TOO_LONG), 401);
        assertEmpty(put(uri, signed("token", TOO_LONG), TOO_LONG), 413);
        assertEmpty(put(uri, signed("token", value), value), 404);
        assertEmpty(post(uri, signed("token", value), value), 204);
        assertEmpty(put(uri, signed("token", utf8("two")), utf8("two")), 204);
        assertThat(opened("token")).contains("two");
    }

    @Test
    void replacementIsRepeatableButAnEarlierValueNeverComesBack() {
        URI uri = account(base, owner.address(), "token");
        assertEmpty(post(uri, signed("token", utf8("one")), utf8("one")), 204);
        assertEmpty(put(uri, signed("token", utf8("one")), utf8("one")), 204);
        assertEmpty(put(uri, signed("token", utf8("two")), utf8("two")), 204);
        long head = served.server().bean(AuditLog.class).head().sequence();
        assertEmpty(put(uri, signed("token", utf8("two")), utf8("two")), 204);
        assertEmpty(put(uri, signed("token", utf8("one")), utf8("one")), 401);
        assertEmpty(put(uri, twin(signed("token", utf8("one"))), utf8("one")), 401);
        assertThat(served.server().bean(AuditLog.class).head().sequence()).isEqualTo(head);
        assertEmpty(put(uri, signed("token", utf8("three")), utf8("three")), 204);
        assertThat(opened("token")).contains("three");
    }

    @Test
    void accountSecretNamesDifferingInCaseAreOne() {
        assertEmpty(Pushes.accountPush(base, owner, "My-Token", "value"), 204);
        assertEmpty(head(account(base, owner.address(), "my-token")), 204);
        assertEmpty(head(account(base, owner.address(), "MY-TOKEN")), 204);
        assertEmpty(Pushes.accountPush(base, owner, "mY-tOKEN", "other"), 409);
        // The signature covers the name as sent.
        assertEmpty(post(account(base, owner.address(), "MY-TOKEN"), signed("my-token", utf8("x")), utf8("x")), 401);
    }

    @Test
    void accountOwnerIsComparedIgnoringCaseButNeedsIts0x() {
        byte[] value = utf8("value");
        String upper = "0x" + owner.address().substring(2).toUpperCase(java.util.Locale.ROOT);
        assertEmpty(post(account(base, upper, "a"), signed("a", value), value), 204);
        assertEmpty(head(account(base, owner.checksummedAddress(), "a")), 204);
        assertEmpty(post(account(base, owner.address().substring(2), "b"), signed("b", value), value), 401);
        assertEmpty(head(account(base, owner.address().substring(2), "a")), 404);
    }

    @Test
    void namesThatAreNoNamesAreRefusedToTheirSignerOnly() {
        for (String name : new String[] {"a\nb", "a\r\nX-Header: b", "\u0000", "x".repeat(256), "\u2028"}) {
            byte[] value = utf8("value");
            URI uri = account(base, owner.address(), name);
            assertEmpty(post(uri, FOREIGN, value), 401);
            assertDefaultError(post(uri, signed(name, value), value), 400, "Bad Request");
            assertEmpty(head(uri), 404);
        }
        assertEmpty(Pushes.accountPush(base, owner, "x".repeat(255), "value"), 204);
        assertEmpty(Pushes.accountPush(base, owner, "a name with spaces, é and 漢字", "value"), 204);
        assertEmpty(head(account(base, owner.address(), "a name with spaces, é and 漢字")), 204);
    }

    private Optional<String> opened(String name) {
        var account = io.attested.sms.chain.Address.parse(owner.address());
        return served.server()
                .bean(SecretVault.class)
                .open(new SecretId.AccountSecret(account, new AccountSecretName(name)), account)
                .map(secret -> secret.text(
                        io.attested.sms.attestation.seal.RawSecretAccess.to("compare it with what a test pushed")));
    }

    // ---- app secrets

    @Test
    void appSecretIsCheckedInTheContractsOrder() {
        String app = served.story().createApp("");
        URI uri = app(base, app);
        byte[] value = utf8("value");
        Wallet developer = Wallet.APP_DEVELOPER;
        assertDefaultError(unsigned(uri, "POST", value), 400, "Bad Request");
        assertDefaultError(post(uri, FOREIGN, new byte[0]), 400, "Bad Request");
        assertBody(post(uri, FOREIGN, TOO_LONG), 401, UNAUTHORIZED);
        assertBody(post(uri, signNamed(developer, app, "1", TOO_LONG), TOO_LONG), 413, TOO_LARGE);
        assertBody(post(uri, signNamed(developer, app, "2", value), value), 401, UNAUTHORIZED);
        assertNotThere(uri);
        assertEmpty(post(uri, signNamed(developer, app, "1", LARGEST), LARGEST), 204);
        assertEmpty(head(uri), 204);
        assertBody(post(uri, signNamed(developer, app, "1", TOO_LONG), TOO_LONG), 413, TOO_LARGE);
        assertBody(post(uri, signNamed(developer, app, "1", value), value), 409, EXISTS);
        assertEmpty(head(app(base, "0x" + app.substring(2).toUpperCase(java.util.Locale.ROOT))), 204);
    }

    @Test
    void appSecretOfWhatIsNoAppIsUnauthorized() {
        assertBody(post(app(base, "0x12"), FOREIGN, utf8("v")), 401, UNAUTHORIZED);
        assertBody(Pushes.appPush(base, owner, owner.address(), "v"), 401, UNAUTHORIZED);
        assertNotThere(app(base, "0x12"));
    }

    private static void assertNotThere(URI uri) {
        HttpResponse<String> answer = send(head(uri));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    // ---- requester secrets

    @Test
    void requesterSecretIsCheckedInTheContractsOrder() {
        URI uri = requester(base, owner.address(), "Key_1-a");
        byte[] value = utf8("value");
        assertDefaultError(unsigned(uri, "POST", value), 400, "Bad Request");
        assertDefaultError(post(uri, FOREIGN, new byte[0]), 400, "Bad Request");
        assertBody(post(uri, FOREIGN, TOO_LONG), 401, UNAUTHORIZED);
        assertBody(post(uri, signed("Key_1-a", TOO_LONG), TOO_LONG), 400, TOO_LARGE);
        assertNotThere(uri);
        assertEmpty(post(uri, signed("Key_1-a", LARGEST), LARGEST), 204);
        assertEmpty(head(uri), 204);
        assertBody(post(uri, signed("Key_1-a", TOO_LONG), TOO_LONG), 400, TOO_LARGE);
        assertBody(post(uri, signed("Key_1-a", value), value), 409, EXISTS);
    }

    @Test
    void requesterKeyIsCheckedAfterTheSignatureAndBeforeTheSize() {
        for (String key : new String[] {"a.b", "x".repeat(65), "ключ", "a b", "a\nb"}) {
            URI uri = requester(base, owner.address(), key);
            assertBody(post(uri, FOREIGN, utf8("v")), 401, UNAUTHORIZED);
            assertBody(post(uri, signed(key, TOO_LONG), TOO_LONG), 400, BAD_KEY);
            assertEmpty(head(uri), 400);
        }
        assertEmpty(Pushes.requesterPush(base, owner, "x".repeat(64), "v"), 204);
    }

    @Test
    void requesterKeysDifferingInCaseAreTwo() {
        assertEmpty(Pushes.requesterPush(base, owner, "Key", "one"), 204);
        assertNotThere(requester(base, owner.address(), "key"));
        assertEmpty(Pushes.requesterPush(base, owner, "key", "two"), 204);
        assertEmpty(head(requester(base, owner.checksummedAddress(), "key")), 204);
    }

    // ---- bodies and signatures

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/plain;charset=ISO-8859-1", "application/json", "application/xml", ""})
    void valueIsRawUtf8WhateverItsContentType(String type) {
        byte[] value = utf8("\"né\" { 漢字 \n ");
        HttpRequest.Builder request = HttpRequest.newBuilder(account(base, owner.address(), "raw"))
                .header("Authorization", signed("raw", value))
                .POST(HttpRequest.BodyPublishers.ofByteArray(value));
        assertEmpty(type.isEmpty() ? request : request.header("Content-Type", type), 204);
        assertThat(opened("raw")).contains("\"né\" { 漢字 \n ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "no type at all"})
    void valueIsRawUnderTheContentTypesOfForms(String type) {
        byte[] value = utf8("a=b&c=%41+d");
        assertEmpty(
                HttpRequest.newBuilder(requester(base, owner.address(), "form"))
                        .header("Authorization", signed("form", value))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(value)),
                204);
    }

    @Test
    void bytesThatAreNotUtf8AreNoValue() {
        byte[] value = {(byte) 0xff, (byte) 0xfe, 'a'};
        assertDefaultError(
                post(account(base, owner.address(), "raw"), signed("raw", value), value), 400, "Bad Request");
    }

    @Test
    void signatureNeedsNo0xAndItsHighTwinIsTheSame() {
        byte[] value = utf8("v");
        assertEmpty(post(account(base, owner.address(), "a"), signed("a", value).substring(2), value), 204);
        assertEmpty(post(account(base, owner.address(), "b"), twin(signed("b", value)), value), 204);
    }

    @Test
    void malformedSignatureIsUnauthorizedNeverACrash() {
        String good = signed("a", utf8("v"));
        for (String bad : new String[] {
            "",
            "0x",
            "nonsense",
            "0x12",
            good.substring(0, 130),
            good + "00",
            good.substring(0, 130) + "00",
            good.substring(0, 130) + "1d",
            good.substring(0, 130) + "1f",
            good.substring(0, 130) + "22",
            "0x" + "00".repeat(32) + good.substring(66),
            good.substring(0, 66) + "00".repeat(32) + good.substring(130),
            "0x" + "ff".repeat(64) + "1b",
            "0x" + "zz".repeat(65),
            "Bearer " + good
        }) {
            assertEmpty(post(account(base, owner.address(), "a"), bad, utf8("v")), 401);
            assertEmpty(put(account(base, owner.address(), "a"), bad, utf8("v")), 401);
            assertBody(post(requester(base, owner.address(), "a"), bad, utf8("v")), 401, UNAUTHORIZED);
            assertEmpty(post(dataset(base, owner.address()), bad, utf8("v")), 401);
            assertBody(post(app(base, owner.address()), bad, utf8("v")), 401, UNAUTHORIZED);
        }
        assertEmpty(post(account(base, owner.address(), "a"), good, utf8("v")), 204);
    }

    /** The other signature of the same key over the same hash: s becomes n - s, v flips. */
    private static String twin(String signature) {
        java.math.BigInteger n =
                new java.math.BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        String s = n.subtract(new java.math.BigInteger(signature.substring(66, 130), 16))
                .toString(16);
        return signature.substring(0, 66) + "0".repeat(64 - s.length()) + s + (signature.endsWith("1b") ? "1c" : "1b");
    }

    /** Lower-cased before anything else; only the hash of a push under /secrets would be another one. */
    @Test
    void thePrefixOfAnAddressIsLowerCasedWithIt() {
        String upper = owner.address().toUpperCase(java.util.Locale.ROOT);
        byte[] value = utf8("value");
        assertEmpty(post(requester(base, upper, "key"), signed("key", value), value), 204);
        assertEmpty(head(requester(base, upper, "key")), 204);
        assertEmpty(post(account(base, owner.address(), "a"), signed("a", value), value), 204);
        assertEmpty(head(account(base, upper, "a")), 204);
        assertEmpty(post(account(base, upper, "b"), signed("b", value), value), 401);
        String app = served.story().createApp("");
        String upperApp = app.toUpperCase(java.util.Locale.ROOT);
        assertEmpty(post(app(base, upperApp), Pushes.signNamed(Wallet.APP_DEVELOPER, app, "1", value), value), 204);
        assertEmpty(head(app(base, upperApp)), 204);
        String dataset = newDataset();
        assertEmpty(Pushes.datasetPush(base, Wallet.DATASET_OWNER, dataset, "key"), 204);
        assertEmpty(head(dataset(base, dataset.toUpperCase(java.util.Locale.ROOT))), 204);
    }

    // ---- around the endpoints

    @Test
    void corsIsOpenOnSecretEndpoints() {
        URI uri = account(base, owner.address(), "a");
        HttpResponse<String> preflight = send(preflight(uri, "PUT"));
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .contains("*");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("authorization, content-type");
        assertThat(preflight.headers().firstValue("access-control-allow-methods"))
                .contains("PUT");
        assertThat(preflight.headers().firstValue("access-control-max-age")).contains("1800");
        assertThat(preflight.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();

        HttpResponse<String> actual =
                send(Pushes.requesterPush(base, owner, "cors", "v").header("Origin", "https://explorer.test"));
        assertThat(actual.statusCode()).isEqualTo(204);
        assertThat(actual.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(String.join(", ", actual.headers().allValues("vary")))
                .contains("Origin")
                .contains("Access-Control-Request-Method")
                .contains("Access-Control-Request-Headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tee/sessions", "/tee/challenges/0x00"})
    void corsIsClosedOnTee(String path) {
        HttpResponse<String> refused = send(preflight(base.resolve(path), "POST"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("Invalid CORS request");
        assertThat(refused.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    private static HttpRequest.Builder preflight(URI uri, String method) {
        return HttpRequest.newBuilder(uri)
                .header("Origin", "https://explorer.test")
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization, content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
    }

    @Test
    void wrongMethodIsToldWhichAreAllowed() {
        assertNotAllowed(account(base, owner.address(), "a"), "GET", "HEAD", "POST", "PUT");
        assertNotAllowed(account(base, owner.address(), "a"), "DELETE", "HEAD", "POST", "PUT");
        assertNotAllowed(dataset(base, owner.address()), "GET", "HEAD", "POST");
        assertNotAllowed(dataset(base, owner.address()), "PUT", "HEAD", "POST");
        assertNotAllowed(app(base, owner.address()), "GET", "HEAD", "POST");
        assertNotAllowed(requester(base, owner.address(), "a"), "PATCH", "HEAD", "POST");
    }

    private static void assertNotAllowed(URI uri, String method, String... allowed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = send(request);
        assertThat(answer.headers().firstValue("allow").orElse("").split(", ")).containsExactlyInAnyOrder(allowed);
        assertDefaultError(request, 405, "Method Not Allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/secrets", "/secrets/web4", "/apps", "/cas/url", "/h2-console", "/secrets/web2/"})
    void unknownPathIsNotFound(String path) {
        assertDefaultError(HttpRequest.newBuilder(base.resolve(path)), 404, "Not Found");
    }
}
