package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.clientError;
import static io.attested.sms.bench.conformance.Expected.contentType;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /requesters}: what is special about requesters' secrets, contract section 1.3. */
final class RequesterChecks {
    private static final String SECTION = "1.3";
    private static final Expected BAD_KEY =
            Kind.error(400, "Secret key should contain at most 64 characters from [0-9A-Za-z-_]");

    private RequesterChecks() {}

    static Stream<Check> all() {
        return Stream.of(keys(), badKeys(), keyOrder(), requesters()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of(id, SECTION, statement);
    }

    private static List<Check> keys() {
        return List.of(
                key("requesters-key-001", "A key of one character is accepted", "a"),
                key("requesters-key-002", "A key of 64 characters is accepted", "k".repeat(64)),
                key("requesters-key-003", "A key may be digits alone", "0123456789"),
                key("requesters-key-004", "A key may hold hyphens and underscores, and begin with them", "-_Az09_-"),
                check("requesters-key-005", "Keys are case-sensitive: another case is another secret")
                        .expects(told("204, 204"))
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            return Seen.statuses(List.of(
                                    scene.send(Kind.requester(requester, "Key").push("value")),
                                    scene.send(Kind.requester(requester, "key").push("value"))));
                        }),
                check("requesters-key-006", "Keys are case-sensitive: HEAD of another case is answered 404")
                        .expects(empty(404))
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            scene.given(Kind.requester(requester, "Key").push("value"), empty(204));
                            return scene.send(Kind.requester(requester, "KEY").head());
                        }),
                check("requesters-key-007", "One key of two requesters is two secrets")
                        .expects(empty(404))
                        .plays(scene -> {
                            scene.given(Kind.requester(scene.actor(), "key").push("value"), empty(204));
                            return scene.send(
                                    Kind.requester(scene.actor(), "key").head());
                        }));
    }

    private static Check key(String id, String statement, String key) {
        return check(id, statement).expects(told("204, 204")).plays(scene -> {
            Target target = Kind.requester(scene.actor(), key);
            return Seen.statuses(List.of(scene.send(target.push("value")), scene.send(target.head())));
        });
    }

    private static List<Check> badKeys() {
        return List.of(
                badKey("requesters-badkey-001", "A key of 65 characters is a 400 with its text", "k".repeat(65)),
                badKey("requesters-badkey-002", "A key with a space is a 400 with its text", "a b"),
                badKey("requesters-badkey-003", "A key with a full stop is a 400 with its text", "a.b"),
                badKey("requesters-badkey-004", "A key with a dollar sign is a 400 with its text", "a$b"),
                badKey("requesters-badkey-005", "A key with a letter outside ASCII is a 400 with its text", "clé"),
                badKey("requesters-badkey-006", "A key with a digit outside ASCII is a 400 with its text", "k٣"),
                badKeyHead("requesters-badkey-007", "HEAD of a key of 65 characters is a 400", "k".repeat(65)),
                badKeyHead("requesters-badkey-008", "HEAD of a key with a space is a 400", "a b"),
                badKeyHead("requesters-badkey-009", "HEAD of a key with a letter outside ASCII is a 400", "clé"),
                badKeyHead("requesters-badkey-010", "HEAD of a key with a dollar sign is a 400", "a$b"),
                check("requesters-badkey-011", "HEAD checks the key before anything: a bad key of no address is a 400")
                        .expects(empty(400))
                        .plays(scene -> scene.send(Request.head(Kind.requesterPath("nobody", "a b"))
                                .closing())),
                check("requesters-badkey-012", "A key with a line feed at its end is a 400 with its text")
                        .expects(BAD_KEY)
                        .plays(scene -> scene.send(
                                Kind.requester(scene.actor(), "key\n").push("value"))),
                check("requesters-badkey-013", "A path without a key is no endpoint: a 4xx")
                        .expects(clientError())
                        .plays(scene -> scene.send(Request.head("/requesters/" + scene.nobody() + "/secrets/"))));
    }

    private static Check badKey(String id, String statement, String key) {
        return check(id, statement)
                .expects(BAD_KEY)
                .plays(scene -> scene.send(Kind.requester(scene.actor(), key).push("value")));
    }

    private static Check badKeyHead(String id, String statement, String key) {
        return check(id, statement)
                .expects(empty(400))
                .plays(scene ->
                        scene.send(Kind.requester(scene.actor(), key).head().closing()));
    }

    private static List<Check> keyOrder() {
        return List.of(
                check("requesters-order-008", "The signature comes before the key: a stranger's bad key is a 401")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene ->
                                scene.send(Kind.requester(scene.actor(), "a b").pushBy(scene.actor(), "value"))),
                check("requesters-order-009", "The key comes before the size: 4097 bytes for a bad key name the key")
                        .expects(BAD_KEY)
                        .plays(scene ->
                                scene.send(Kind.requester(scene.actor(), "a b").push("x".repeat(4097)))),
                check("requesters-order-010", "A value over 4096 bytes is a 400 here and not a 413")
                        .expects(status(400))
                        .plays(scene ->
                                scene.send(Kind.requester(scene.actor(), "key").push("x".repeat(5000)))),
                check(
                                "requesters-order-011",
                                "Presence comes first: a bad key without Authorization is the framework's 400")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene ->
                                scene.send(Kind.requester(scene.actor(), "a$b").unsigned("value"))));
    }

    private static List<Check> requesters() {
        return List.of(
                check("requesters-case-001", "The address is lower-cased: any case is the same requester")
                        .expects(told("204, 204, 409"))
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            Target target = Kind.requester(requester, "key");
                            Target checksummed = target.at(Kind.requesterPath(requester.checksummed(), "key"));
                            Target upper = target.at(Kind.requesterPath(requester.upperCase(), "key"));
                            return Seen.statuses(List.of(
                                    scene.send(checksummed.push("value")),
                                    scene.send(upper.head()),
                                    scene.send(target.push("another"))));
                        }),
                check("requesters-case-002", "The address is lower-cased whole: its prefix may be 0X")
                        .expects(told("204, 204, 409"))
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            Target target = Kind.requester(requester, "key");
                            Target upper = target.at(
                                    Kind.requesterPath(requester.address().toUpperCase(Locale.ROOT), "key"));
                            return Seen.statuses(List.of(
                                    scene.send(upper.push("value")),
                                    scene.send(upper.head()),
                                    scene.send(target.push("another"))));
                        }),
                check("requesters-address-001", "A requester without 0x never equals the signer: 401")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene -> {
                            Target target = Kind.requester(scene.actor(), "key");
                            return scene.send(
                                    target.at(target.path().replace("/0x", "/")).push("value"));
                        }),
                check("requesters-address-002", "A requester that is no address is answered 401")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene -> scene.send(Kind.requester(scene.actor(), "key")
                                .at(Kind.requesterPath("nobody", "key"))
                                .push("value"))),
                check("requesters-address-003", "HEAD of a requester that is no address is answered 404")
                        .expects(empty(404))
                        .plays(scene -> scene.send(Request.head(Kind.requesterPath("nobody", "key"))
                                .closing())),
                check("requesters-any-001", "A HEAD answered 404 carries content type application/json and no body")
                        .expects(empty(404).and(contentType("application/json")))
                        .plays(scene -> scene.send(
                                Kind.requester(scene.actor(), "key").head().closing())),
                check("requesters-put-001", "A requester's secret is never replaced: PUT is a 405")
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene ->
                                scene.send(Kind.requester(scene.actor(), "key").put("value"))),
                Check.of("requesters-signed-001", "2.1", "The challenge holds the key: one for another key is refused")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            return scene.send(Kind.requester(requester, "key")
                                    .unsigned("value")
                                    .signed(Kind.requester(requester, "other").signature("value")));
                        }),
                Check.of("requesters-signed-002", "2.1", "The challenge holds the key as is: another case is refused")
                        .expects(Kind.REQUESTERS.unauthorized())
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            return scene.send(Kind.requester(requester, "Key")
                                    .unsigned("value")
                                    .signed(Kind.requester(requester, "key").signature("value")));
                        }),
                Check.of(
                                "requesters-signed-003",
                                "2.1",
                                "The address enters as 20 bytes: its letter case is not signed")
                        .expects(empty(204))
                        .plays(scene -> {
                            Actor requester = scene.actor();
                            return scene.send(Kind.requester(requester, "key")
                                    .at(Kind.requesterPath(requester.checksummed(), "key"))
                                    .push("value"));
                        }));
    }
}
