package io.attested.sms.bench.conformance.faulty;

import static io.attested.sms.bench.conformance.faulty.Change.answer;
import static io.attested.sms.bench.conformance.faulty.Change.instead;
import static io.attested.sms.bench.conformance.faulty.Change.request;

import java.util.function.Predicate;

/** One way to break the contract. */
enum Fault {
    DEFAULT_ERROR_HAS_A_MESSAGE(
            "1.1", "http-*", answer(Asked.ANY, Told.DEFAULT_ERROR, it -> Told.with(it, "message", "no"))),
    JSON_HAS_A_CHARSET(
            "1.1",
            "http-*",
            answer(Asked.ANY, Told.JSON, it -> it.header("Content-Type", "application/json;charset=UTF-8"))),
    ALLOW_IS_MISSING(
            "1.1",
            "http-*,web3-owner-*,tee-framework-*",
            answer(Asked.ANY, Told.status(405), it -> it.without("Allow"))),
    CORS_ORIGIN_IS_MISSING(
            "1.1", "cors-*", answer(Asked.ANY, Told.ANY, it -> it.without("Access-Control-Allow-Origin"))),
    REFUSED_PREFLIGHT_DOES_NOT_VARY(
            "1.1", "cors-*", answer(Asked.method("OPTIONS"), Told.status(403), it -> it.without("Vary"))),
    SESSION_OF_ONE_JSON_ONLY(
            "1.4",
            "tee-form-0*",
            instead(
                    Asked.below("/tee/sessions")
                            .and(it -> it.header("Content-Type")
                                    .filter(type -> type.contains("+json"))
                                    .isPresent()),
                    it -> Message.answer(415, "Unsupported Media Type"))),
    ADDRESS_PREFIX_AS_IT_IS(
            "1.3",
            "requesters-case-*",
            instead(Asked.below("/requesters/0X"), it -> Message.answer(401, "Unauthorized"))),
    METRICS_STAND_STILL(
            "1.5",
            "service-metrics-*",
            answer(
                    Asked.below("/metrics"),
                    Told.status(200),
                    it -> it.body(it.text().replaceAll("(\"addedSinceStartCount\":)\\d+", "$10")))),
    CORS_ON_TEE(
            "1.1",
            "tee-framework-*,tee-form-*",
            instead(
                    Asked.method("OPTIONS").and(Asked.below("/tee/")),
                    it -> Message.answer(200, "OK").header("Access-Control-Allow-Origin", "*"))),

    PRESENCE_SAYS_200("1.2", "web3-head-*", answer(Asked.method("HEAD"), Told.status(204), it -> it.status(200, "OK"))),
    SIZE_BEFORE_SIGNATURE(
            "1.2",
            "web3-order-*",
            instead(Asked.below("/secrets/web3").and(Asked.TOO_LARGE), it -> Message.answer(413, "Content Too Large"))),
    TOO_LARGE_SAYS_400(
            "1.2",
            "web3-size-*",
            answer(Asked.below("/secrets/web3"), Told.status(413), it -> it.status(400, "Bad Request"))),
    CONFLICT_SAYS_500(
            "1.2",
            "web3-post-*",
            answer(Asked.below("/secrets"), Told.status(409), it -> it.status(500, "Internal Server Error"))),
    PUSH_SAYS_201(
            "1.2", "web2-post-*", answer(Asked.method("POST"), Told.status(204), it -> it.status(201, "Created"))),
    PUSH_IS_LOST(
            "1.2",
            "web2-post-*,web2-head-*",
            instead(Asked.method("POST").and(Asked.below("/secrets/web2")), it -> Message.answer(204, "No Content"))),
    EMPTY_BODY_IS_TAKEN(
            "1.2",
            "web2-order-*,web2-body-*",
            instead(
                    Asked.method("POST").and(Asked.below("/secrets/web2")).and(it -> it.body().length == 0),
                    it -> Message.answer(204, "No Content"))),
    VALUES_ARE_TRIMMED(
            "2.1",
            "web2-body-*",
            request(Asked.below("/secrets/web2"), it -> it.body(it.text().strip()))),
    VALUES_ARE_LATIN_1(
            "1.1",
            "web2-body-*,http-type-*",
            request(
                    Asked.below("/secrets/web2"),
                    it -> it.body(new String(it.body(), java.nio.charset.StandardCharsets.ISO_8859_1)))),
    PUT_CREATES(
            "1.2",
            "web2-put-*",
            answer(
                    Asked.method("PUT"),
                    Told.status(404),
                    it -> it.status(204, "No Content").body(""))),
    UNAUTHORIZED_SAYS_403(
            "1.2",
            "web2-signer-*",
            answer(Asked.below("/secrets"), Told.status(401), it -> it.status(403, "Forbidden"))),
    ANY_SIGNER_MAY_PUSH(
            "1.2",
            "web2-signer-*",
            answer(Asked.below("/secrets/web2"), Told.status(401), it -> it.status(204, "No Content"))),

    REQUESTER_KEYS_LOWER_CASED(
            "1.3",
            "requesters-key-*",
            request(Asked.below("/requesters/"), it -> it.target(it.target().toLowerCase(java.util.Locale.ROOT)))),
    REQUESTER_SIZE_SAYS_413(
            "1.3",
            "requesters-size-*,requesters-order-*",
            answer(
                    Asked.below("/requesters/").and(Asked.TOO_LARGE),
                    Told.status(400),
                    it -> it.status(413, "Content Too Large"))),
    KEY_BEFORE_SIGNATURE(
            "1.3",
            "requesters-order-*",
            answer(
                    Asked.below("/requesters/").and(Asked.BAD_KEY),
                    Told.status(401),
                    it -> it.status(400, "Bad Request")
                            .body(
                                    "{\"error\":[\"Secret key should contain at most 64 characters from [0-9A-Za-z-_]\"]}"))),
    APP_SIZE_SAYS_400(
            "1.3", "apps-size-*", answer(Asked.below("/apps/"), Told.status(413), it -> it.status(400, "Bad Request"))),
    ERROR_IS_NO_LIST(
            "1.3",
            "apps-post-*,apps-signer-*",
            answer(
                    Asked.below("/apps/"),
                    Told.JSON,
                    it -> it.body(it.text().replace("[\"", "\"").replace("\"]", "\"")))),

    PREFIX_IS_DEMANDED(
            "2.2",
            "*-signer-*,sig*-form-*",
            instead(Asked.signed(it -> it.length() == 130), it -> Message.answer(401, "Unauthorized"))),
    HIGH_S_IS_REFUSED(
            "2.3", "sig*-form-*", instead(Asked.signed(Asked::highS), it -> Message.answer(401, "Unauthorized"))),

    VERSION_IS_QUOTED(
            "1.5",
            "service-version-*",
            answer(Asked.below("/version"), Told.status(200), it -> it.body("\"" + it.text() + "\""))),
    REMOVED_UP_IS_SERVED("1.5", "service-up-*", instead(Asked.below("/up"), it -> Message.answer(200, "OK"))),
    CLOSED_ADMIN_SAYS_404(
            "1.6",
            "admin-closed-*",
            answer(Asked.below("/admin"), Told.status(401), it -> it.status(404, "Not Found"))),
    BUSY_SAYS_503(
            "1.6",
            "admin-busy-*",
            answer(Asked.below("/admin"), Told.status(429), it -> it.status(503, "Service Unavailable"))),
    RESTORE_SAYS_201(
            "1.6", "restore-backup-*", answer(Asked.RESTORE, Told.status(200), it -> it.status(201, "Created"))),
    RESTORE_DOES_NOTHING_BUT_SAY_SO("1.6", "restore-backup-*", instead(Asked.RESTORE, it -> Message.answer(200, "OK"))),
    RESTORE_TELLS_WHY(
            "1.6", "restore-backup-*", answer(Asked.RESTORE, Told.status(404), it -> it.body("there is no such file"))),
    MAINTENANCE_WITHOUT_ITS_TEXT(
            "1.6", "offline-tee-*", answer(Asked.ANY, Told.status(503), it -> it.body("maintenance"))),
    MAINTENANCE_OF_EVERYTHING(
            "1.6",
            "offline-open-*",
            instead(Asked.below("/version"), it -> Message.answer(503, "Service Unavailable"))),
    MAINTENANCE_WITHOUT_COMPUTE_SECRETS(
            "1.6",
            "offline-compute-*",
            instead(Asked.below("/apps").or(Asked.below("/requesters")), it -> Message.answer(404, "Not Found"))),
    OLD_INDEX_IS_PRESENT(
            "1.7",
            "old-index-*",
            instead(
                    Asked.method("HEAD").and(it -> it.path().matches("/apps/[^/]+/secrets/.+")),
                    it -> Message.answer(204, "No Content"))),
    BROKEN_ESCAPE_CRASHES(
            "1.1",
            "hostile-query-*,hostile-path-*",
            instead(
                    it -> it.target().matches(".*%(?![0-9A-Fa-f]{2}).*"),
                    it -> Message.answer(500, "Internal Server Error"))),

    FRAMEWORK_WITHOUT_QUOTES(
            "1.4",
            "tee-framework-*",
            answer(
                    Asked.below("/tee/framework"),
                    Told.status(200),
                    it -> it.body(it.text().replace("\"", "")))),
    PROPERTIES_WITH_A_NULL(
            "1.1",
            "tee-properties-*",
            answer(Asked.below("/tee/properties/TDX"), Told.JSON, it -> Told.withNull(it, "lasImage"))),
    CHALLENGE_IS_RANDOM(
            "1.4",
            "tee-challenge-00*",
            answer(Asked.below("/tee/challenges/"), Told.status(200), it -> it.body(Told.address()))),
    CHALLENGE_IN_UPPER_CASE(
            "1.4",
            "tee-challenge-00*",
            answer(
                    Asked.below("/tee/challenges/"),
                    Told.status(200),
                    it -> it.body("0x" + it.text().substring(2).toUpperCase(java.util.Locale.ROOT)))),
    CHALLENGE_FOR_ANYBODY(
            "2.4",
            "tee-challenge-0*",
            answer(
                    Asked.below("/tee/challenges/"),
                    Told.status(401),
                    it -> it.status(200, "OK")
                            .header("Content-Type", "text/plain;charset=UTF-8")
                            .body(Told.address()))),
    SESSION_ID_OF_ANOTHER_FORM(
            "4.2",
            "tee-session-scone-00*",
            answer(
                    Asked.below("/tee/sessions"),
                    Told.status(200),
                    it -> it.body(it.text()
                            .replaceFirst(
                                    "\"sessionId\":\"[^\"]*\"",
                                    "\"sessionId\":\"" + java.util.UUID.randomUUID() + "\"")))),
    SESSION_SAYS_MORE(
            "1.1",
            "tee-session-scone-00*",
            answer(Asked.below("/tee/sessions"), Told.status(200), it -> Told.with(it, "error", ""))),
    SESSION_OF_ANY_TYPE(
            "1.4",
            "tee-form-00*",
            request(Asked.below("/tee/sessions"), it -> it.header("Content-Type", "application/json"))),
    SESSION_ERRORS_SWAPPED(
            "1.4",
            "tee-signature-00*",
            answer(
                    Asked.below("/tee/sessions"),
                    Told.status(401),
                    it -> it.body(it.text()
                            .replace("\"INVALID_AUTHORIZATION\"", "\"EXECUTION_NOT_AUTHORIZED_INVALID_SIGNATURE\"")))),
    WORKER_ADDRESS_LOWER_CASED(
            "4.3",
            "tee-token-pre-00*",
            answer(Asked.below("/scone"), Told.status(200), it -> it.body(Told.lowerCaseWorker(it.text())))),
    DATASET_KEY_TRIMMED(
            "4.3",
            "tee-token-pre-00*",
            answer(
                    Asked.below("/scone"),
                    Told.status(200),
                    it -> it.body(it.text().replace("==\\\\n", "==").replace("==\\n\\n", "==\\n"))));

    private final String section;
    private final String checks;
    private final Change change;

    Fault(String section, String checks, Change change) {
        this.section = section;
        this.checks = checks;
        this.change = change;
    }

    /** Of the contract: what it breaks. */
    String section() {
        return section;
    }

    /** Patterns of the ids of checks that are about it. */
    Predicate<String> isAbout() {
        String[] patterns = checks.split(",");
        return id -> {
            for (String pattern : patterns) {
                if (id.matches(pattern.replace("*", ".*"))) {
                    return true;
                }
            }
            return false;
        };
    }

    /** What a server with this fault answers. */
    Message exchange(Message request, Server faultless) {
        return change.answer(request, faultless);
    }

    /** The server without a fault. */
    @FunctionalInterface
    interface Server {
        Message send(Message request);
    }
}
