package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.stream.Stream;

/** {@code PUT /secrets/web2}, and what a recorded signature is good for, contract sections 1.2, 2.1 and 7. */
final class ReplacementChecks {
    private static final String SECTION = "1.2";

    private ReplacementChecks() {}

    static Stream<Check> all() {
        return Stream.of(puts(), putOrder(), replays()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("web2-" + id, SECTION, statement);
    }

    private static List<Check> puts() {
        return List.of(
                check("put-001", "PUT of a secret nobody pushed is answered 404")
                        .expects(empty(404))
                        .plays(scene -> scene.send(
                                Kind.WEB2.untouched(scene).put("value").closing())),
                check("put-002", "A refused PUT does not make a secret: HEAD is answered 404")
                        .expects(empty(404))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            scene.given(target.put("value"), empty(404));
                            return scene.send(target.head());
                        }),
                check("put-003", "PUT of another value is answered 204 with an empty body")
                        .expects(empty(204))
                        .plays(scene ->
                                scene.send(pushed(scene).put("another value").closing())),
                check("put-004", "PUT of the stored value is a silent no-op, answered 204")
                        .expects(empty(204))
                        .plays(scene -> scene.send(pushed(scene).put("value"))),
                check("put-005", "PUT of the stored value may be repeated: 204 each time")
                        .expects(told("204, 204, 204"))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            return Seen.statuses(List.of(
                                    scene.send(target.put("new")),
                                    scene.send(target.put("new")),
                                    scene.send(target.put("new"))));
                        }),
                check("put-006", "After a PUT the secret is still there")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            scene.given(target.put("another value"), empty(204));
                            return scene.send(target.head());
                        }),
                check("put-007", "PUT finds the secret under another case of the name")
                        .expects(empty(204))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            scene.given(Kind.web2(owner, "token").push("value"), empty(204));
                            return scene.send(Kind.web2(owner, "TOKEN").put("another value"));
                        }),
                check("put-008", "After a PUT a POST is still answered 409")
                        .expects(empty(409))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            scene.given(target.put("another value"), empty(204));
                            return scene.send(target.push("a third value"));
                        }));
    }

    private static List<Check> putOrder() {
        return List.of(
                check("put-010", "PUT without Authorization is a 400 of the framework")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(
                                Request.put(Kind.WEB2.untouched(scene).path()).text("value"))),
                check("put-011", "PUT with an empty body is a 400 of the framework")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(pushed(scene).put(""))),
                check("put-012", "PUT signed by another key is answered 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            return scene.send(Request.put(target.path())
                                    .text("new")
                                    .signed(scene.actor()
                                            .sign(target.challenge().apply("new"))));
                        }),
                check("put-013", "The signature comes before existence: a stranger's PUT of nothing is answered 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(Request.put(target.path())
                                    .text("new")
                                    .signed(scene.actor()
                                            .sign(target.challenge().apply("new"))));
                        }),
                check("put-014", "PUT of 4096 bytes is answered 204")
                        .expects(empty(204))
                        .plays(scene -> scene.send(pushed(scene).put("x".repeat(4096)))),
                check("put-015", "PUT of 4097 bytes is answered 413")
                        .expects(empty(413))
                        .plays(scene -> scene.send(pushed(scene).put("x".repeat(4097)))),
                check("put-016", "PUT of 4097 bytes in letters of two bytes is answered 413")
                        .expects(empty(413))
                        .plays(scene -> scene.send(pushed(scene).put("é".repeat(2048) + "x"))),
                check("put-017", "The size comes before existence: 4097 bytes for nothing are answered 413")
                        .expects(empty(413))
                        .plays(scene -> scene.send(Kind.WEB2.untouched(scene).put("x".repeat(4097)))),
                check("put-018", "The signature comes before the size: a stranger's PUT of 4097 bytes is answered 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            String value = "x".repeat(4097);
                            return scene.send(Request.put(target.path())
                                    .text(value)
                                    .signed(scene.actor()
                                            .sign(target.challenge().apply(value))));
                        }),
                check("put-019", "The signature of a POST counts for a PUT of the same value: the method is not signed")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            String signature = target.signature("value");
                            scene.given(target.unsigned("value").signed(signature), empty(204));
                            return scene.send(
                                    Request.put(target.path()).text("value").signed(signature));
                        }));
    }

    private static List<Check> replays() {
        return List.of(
                Check.of("web2-replay-001", "7", "A recorded PUT brings its value back: the challenge has no nonce")
                        .expects(empty(204))
                        .orDeviation(Listed.REPLAY, empty(401))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            Request recorded = target.put("first");
                            scene.given(recorded, empty(204));
                            scene.given(target.put("second"), empty(204));
                            return scene.send(recorded);
                        }),
                Check.of("web2-replay-002", "7", "A recorded POST brings its value back as a PUT")
                        .expects(empty(204))
                        .orDeviation(Listed.REPLAY, empty(401))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            scene.given(target.put("second"), empty(204));
                            return scene.send(target.put("value"));
                        }),
                Check.of("web2-replay-003", "7", "A recorded PUT of the current value is answered 204")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = pushed(scene);
                            Request recorded = target.put("first");
                            scene.given(recorded, empty(204));
                            return scene.send(recorded);
                        }),
                Check.of(
                                "web2-replay-004",
                                "2.1",
                                "Web2 and requester challenges are one formula: a web2 signature counts there")
                        .expects(empty(204))
                        .orDeviation(Listed.OTHER_KIND, Kind.REQUESTERS.unauthorized())
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            scene.given(Kind.web2(owner, name).push("value"), empty(204));
                            return scene.send(Kind.requester(owner, name).push("value"));
                        }),
                Check.of(
                                "web2-replay-005",
                                "2.1",
                                "Requester and web2 challenges are one formula: a requester's signature counts")
                        .expects(empty(204))
                        .orDeviation(Listed.OTHER_KIND, empty(401))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            scene.given(Kind.requester(owner, name).push("value"), empty(204));
                            return scene.send(Kind.web2(owner, name).push("value"));
                        }));
    }

    private static Target pushed(Scene scene) {
        Target target = Kind.WEB2.fresh(scene);
        scene.given(target.push("value"), empty(204));
        return target;
    }
}
