package io.attested.sms.iexec.web;

import static io.attested.sms.http.api.Endpoint.Answer.body;
import static io.attested.sms.http.api.Endpoint.Answer.empty;
import static io.attested.sms.http.api.Endpoint.Answer.fault;
import static io.attested.sms.http.api.Endpoint.Input.header;
import static io.attested.sms.http.api.Endpoint.Input.path;
import static io.attested.sms.http.api.Endpoint.Input.query;

import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.ApiPart;
import io.attested.sms.http.api.Endpoint;
import io.attested.sms.http.api.Endpoint.Answer;
import io.attested.sms.http.api.Endpoint.Content;
import io.attested.sms.http.api.Endpoint.Input;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the controllers of this package answer: contract sections 1.2 to 1.5 and 1.7. */
@Component
final class IexecCatalogue implements ApiCatalogue {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final Content VALUE = new Content(
            "text/plain", "The value as raw UTF-8 text, 1 to 4096 bytes, whatever the content type", "value");
    private static final Answer UNREADABLE = fault(400, "header or parameter missing; value empty or not UTF-8");
    private static final Answer STORED = empty(204, "stored, durably");
    private static final Answer OUTAGE = empty(503, "the chain cannot be read now");
    private static final Answer STORE_DOWN = fault(503, "the store does not answer");
    private static final Input APP = path("appAddress", "the app's address, letters in any case");

    private static final String UNAUTHORIZED = "Invalid authorization";
    private static final String EXISTS = "Secret already exists";
    private static final String BAD_KEY = "Secret key should contain at most 64 characters from [0-9A-Za-z-_]";
    private static final Input REQUESTER = path("requesterAddress", "the requester's address, letters in any case");
    private static final Input KEY = path("secretKey", "1 to 64 of A-Z a-z 0-9 - _");

    @Override
    public ApiPart part() {
        return ApiPart.IEXEC;
    }

    @Override
    public List<Endpoint> endpoints() {
        return Stream.of(datasetKeys(), accountSecrets(), computeSecrets(), tee(), service())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Endpoint> datasetKeys() {
        Input dataset = query("secretAddress", "the dataset's address");
        return List.of(
                Endpoint.of(
                                "HEAD",
                                "/secrets/web3",
                                "Whether a dataset's key is stored",
                                fault(400, "parameter missing"),
                                empty(404, "there is none; or what was asked for is no address"),
                                empty(204, "it is there"))
                        .with(dataset),
                Endpoint.of(
                                "POST",
                                "/secrets/web3",
                                "Stores a dataset's key",
                                UNREADABLE,
                                empty(401, "not signed by the dataset's owner"),
                                OUTAGE,
                                empty(413, "more than 4096 bytes"),
                                empty(409, "there is, or was, one of this owner; or its quota is used up"),
                                STORE_DOWN,
                                STORED)
                        .with(signature("H(domain ‖ dataset ‖ H(value)), by the dataset's owner"), dataset)
                        .sending(VALUE));
    }

    private static List<Endpoint> accountSecrets() {
        Input owner = query("ownerAddress", "the account, with 0x");
        Input name = query("secretName", "1 to 255 characters without control characters; case is ignored");
        Input signature = signature("H(domain ‖ account ‖ H(name as sent) ‖ H(value)), by the account");
        Answer unsigned = empty(401, "not signed by the account");
        Answer otherKind = empty(401, "accepted before for another kind of secret");
        Answer badName = fault(400, "the name is not allowed; told to the signer only");
        Answer large = empty(413, "more than 4096 bytes");
        return List.of(
                Endpoint.of(
                                "HEAD",
                                "/secrets/web2",
                                "Whether an account's secret is stored",
                                fault(400, "parameter missing"),
                                empty(404, "there is none; or the name or address can be nobody's"),
                                empty(204, "it is there"))
                        .with(owner, name),
                Endpoint.of(
                                "POST",
                                "/secrets/web2",
                                "Stores an account's secret",
                                UNREADABLE,
                                unsigned,
                                OUTAGE,
                                badName,
                                large,
                                empty(409, "there is, or was, one; or the account's quota is used up"),
                                otherKind,
                                STORE_DOWN,
                                STORED)
                        .with(signature, owner, name)
                        .sending(VALUE),
                Endpoint.of(
                                "PUT",
                                "/secrets/web2",
                                "Replaces an account's secret",
                                UNREADABLE,
                                unsigned,
                                OUTAGE,
                                badName,
                                large,
                                empty(404, "there is nothing to replace"),
                                empty(401, "accepted before and replaced since, or for another kind of secret"),
                                STORE_DOWN,
                                empty(204, "stored, durably; or this very value is there already"))
                        .with(signature, owner, name)
                        .sending(VALUE));
    }

    private static List<Endpoint> computeSecrets() {
        return List.of(
                hasAppSecret("/apps/{appAddress}/secrets", "Whether an app's secret is stored")
                        .with(APP),
                pushAppSecret("/apps/{appAddress}/secrets", "Stores the secret of an app's developer"),
                Endpoint.of(
                                "HEAD",
                                "/apps/{appAddress}/secrets/{index}",
                                "The same as the SDK 7.2 to 8.13 ask it",
                                empty(400, "the index is no positive number").asJson(),
                                empty(404, "there is none; or the index is not 1")
                                        .asJson(),
                                empty(204, "it is there"))
                        .with(APP, path("index", "1")),
                pushAppSecret("/apps/{appAddress}/secrets/1", "The same as the SDK 7.2 to 8.13 send it"),
                hasRequesterSecret(),
                pushRequesterSecret());
    }

    private static Endpoint hasAppSecret(String path, String summary) {
        return Endpoint.of("HEAD", path, summary, empty(404, "there is none").asJson(), empty(204, "it is there"));
    }

    private static Endpoint pushAppSecret(String path, String summary) {
        return Endpoint.of(
                        "POST",
                        path,
                        summary,
                        UNREADABLE,
                        told(401, "not signed by the app's owner", UNAUTHORIZED),
                        OUTAGE,
                        told(413, "more than 4096 bytes", "Secret size should not exceed 4 Kb"),
                        told(409, "there is, or was, one of this owner; or its quota is used up", EXISTS),
                        told(401, "accepted before for another kind of secret", UNAUTHORIZED),
                        STORE_DOWN,
                        STORED)
                .with(signature("H(domain ‖ app ‖ H(\"1\") ‖ H(value)), by the app's owner"), APP)
                .sending(VALUE);
    }

    private static Endpoint hasRequesterSecret() {
        return Endpoint.of(
                        "HEAD",
                        "/requesters/{requesterAddress}/secrets/{secretKey}",
                        "Whether a requester's secret is stored",
                        empty(400, "the key is not allowed").asJson(),
                        empty(404, "there is none").asJson(),
                        empty(204, "it is there"))
                .with(REQUESTER, KEY);
    }

    private static Endpoint pushRequesterSecret() {
        return Endpoint.of(
                        "POST",
                        "/requesters/{requesterAddress}/secrets/{secretKey}",
                        "Stores a requester's secret",
                        UNREADABLE,
                        told(401, "not signed by the requester", UNAUTHORIZED),
                        OUTAGE,
                        told(400, "the key is not allowed; told to the signer only", BAD_KEY),
                        told(400, "more than 4096 bytes", "Secret size should not exceed 4 Kb"),
                        told(409, "there is, or was, one; or the requester's quota is used up", EXISTS),
                        told(401, "accepted before for another kind of secret", UNAUTHORIZED),
                        STORE_DOWN,
                        STORED)
                .with(signature("H(domain ‖ requester ‖ H(key) ‖ H(value)), by the requester"), REQUESTER, KEY)
                .sending(VALUE);
    }

    private static List<Endpoint> tee() {
        Input framework = path("framework", "SCONE, GRAMINE or TDX, letters in any case");
        return List.of(
                Endpoint.of(
                        "GET",
                        "/tee/framework",
                        "The framework of the port",
                        empty(404, "the port has none"),
                        body(200, "its name", JSON, "\"SCONE\"")),
                Endpoint.of(
                                "GET",
                                "/tee/properties/{framework}/{version}",
                                "The enclaves a worker starts before and after the application",
                                fault(400, "no framework is called so"),
                                empty(404, "the port's framework has no such version"),
                                empty(409, "the port is another framework's"),
                                body(200, "lasImage with SCONE only", JSON, properties(true)))
                        .with(framework, path("version", "as the app's configuration names it")),
                Endpoint.of(
                                "GET",
                                "/tee/properties/{framework}",
                                "The same of the first version, for workers before 9.0",
                                fault(400, "no framework is called so"),
                                empty(409, "the port is another framework's"),
                                empty(404, "the framework has no pipeline"),
                                body(200, "without teeFrameworkVersion", JSON, properties(false)))
                        .with(framework),
                challenge(),
                session());
    }

    private static Endpoint challenge() {
        return Endpoint.of(
                        "POST",
                        "/tee/challenges/{chainTaskId}",
                        "The address whose key the task's enclave will hold, the same at every call",
                        fault(400, "header missing"),
                        empty(401, "not signed by the owner of the deal's workerpool, or no live TEE task"),
                        OUTAGE,
                        body(
                                200,
                                "0x and 40 lower-case hex digits",
                                TEXT,
                                "0x5cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb"))
                .with(
                        signature("H(chainTaskId), by the owner of the deal's workerpool"),
                        path("chainTaskId", "0x and 64 hex digits"));
    }

    private static Endpoint session() {
        String words = "[its word](errors.md#words-of-post-teesessions)";
        return Endpoint.of(
                        "POST",
                        "/tee/sessions",
                        "A session: where the task's enclave gets its values",
                        fault(400, "header missing; body unreadable or without workerWallet"),
                        fault(415, "the content type is no JSON"),
                        word(401, "not authorised; " + words, "INVALID_AUTHORIZATION"),
                        word(500, "there can be no session; " + words, "PRE_COMPUTE_GET_DATASET_SECRET_FAILED"),
                        word(503, "nobody can decide now", "EXECUTION_NOT_AUTHORIZED_GET_CHAIN_TASK_FAILED"),
                        STORE_DOWN,
                        body(
                                200,
                                "published",
                                JSON,
                                "{\"data\":{\"sessionId\":\"…\",\"secretProvisioningUrl\":\"sms.example.org:443\"}}"))
                .with(signature("H(workerWallet ‖ chainTaskId ‖ enclaveChallenge), by the worker"))
                .sending(new Content(
                        JSON,
                        "The scheduler's authorisation; its signature is over the same bytes as the worker's. Unknown members"
                                + " are ignored",
                        """
                        {"chainTaskId":"0x…","dealId":"0x…","taskIndex":0,"workerWallet":"0x…","enclaveChallenge":"0x…",\
                        "signature":{"value":"0x…"}}"""));
    }

    private static List<Endpoint> service() {
        return List.of(
                Endpoint.of("GET", "/version", "This service's version", body(200, "the version alone", TEXT, "1.0.0")),
                Endpoint.of(
                        "GET",
                        "/metrics",
                        "How much is stored, counted every 30 seconds",
                        body(
                                200,
                                "for web2, web3, compute, TEE challenges and Ethereum Credentials; -1 while the store does"
                                        + " not answer",
                                JSON,
                                """
                                {"secretsMetrics":{"web2":{"secretsType":"web2","initialCount":0,"storedCount":1,\
                                "addedSinceStartCount":1,"cachedSecretsCount":0}}}""")),
                Endpoint.of(
                        "GET",
                        "/v3/api-docs",
                        "This description",
                        body(200, "OpenAPI 3.1", JSON, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"iExec SMS\"}}")),
                page("/swagger-ui/index.html", "This description as a page", "text/html;charset=UTF-8"),
                page("/swagger-ui/page.css", "The page's style", "text/css;charset=UTF-8"),
                page("/swagger-ui/page.js", "The page's script", "text/javascript;charset=UTF-8"));
    }

    private static Endpoint page(String path, String summary, String type) {
        return Endpoint.of("GET", path, summary, body(200, "the file", type, "…"));
    }

    private static Input signature(String over) {
        return header("Authorization", "EIP-191 signature over " + over);
    }

    private static Answer told(int status, String when, String text) {
        return body(status, when, JSON, "{\"error\":[\"" + text + "\"]}");
    }

    private static Answer word(int status, String when, String word) {
        return body(status, when, JSON, "{\"error\":\"" + word + "\"}");
    }

    private static String properties(boolean withVersion) {
        String image = "{\"image\":\"…\",\"fingerprint\":\"…\",\"entrypoint\":\"…\",\"heapSizeInBytes\":4294967296}";
        return "{\"teeFramework\":\"SCONE\"," + (withVersion ? "\"teeFrameworkVersion\":\"v5\"," : "")
                + "\"preComputeProperties\":" + image + ",\"postComputeProperties\":" + image + ",\"lasImage\":\"…\"}";
    }
}
