package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.noHeader;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Content;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What holds of the first push of every kind of secret: order of checks, sizes, bodies, contract sections 1.1 to 1.3. */
final class PushChecks {
    private static final int LIMIT = 4096;
    private static final String OTHER_TEXT = "héllo – wörld ✓ 🔑";

    private final Kind kind;

    PushChecks(Kind kind) {
        this.kind = kind;
    }

    Stream<Check> all() {
        return Stream.of(outcome(), presence(), sizes(), order(), bodies(), signers())
                .flatMap(List::stream);
    }

    private Check.Draft check(String subject, int number, String statement) {
        return Check.of("%s-%s-%03d".formatted(kind.group(), subject, number), kind.section(), statement)
                .needs(kind.need());
    }

    private List<Check> outcome() {
        return List.of(
                check("post", 1, "A first push signed by its owner is answered 204 with an empty body")
                        .expects(empty(204).and(noHeader("Content-Type")))
                        .plays(scene ->
                                scene.send(kind.fresh(scene).push("value").closing())),
                check("post", 2, "A push of another value where there is one is answered 409")
                        .expects(kind.exists())
                        .plays(scene -> {
                            Target target = pushed(scene);
                            return scene.send(target.push("another value"));
                        }),
                check("post", 3, "A push of the same value again is answered 409 too")
                        .expects(kind.exists())
                        .plays(scene -> {
                            Target target = kind.fresh(scene);
                            scene.given(target.push("value"), empty(204));
                            return scene.send(target.push("value"));
                        }),
                check("post", 4, "Of parallel first pushes exactly one is answered 204, the others 409")
                        .expects(told("204, 409, 409, 409"))
                        .plays(scene -> {
                            Target target = kind.fresh(scene);
                            List<Request> pushes = new ArrayList<>();
                            for (int i = 0; i < 4; i++) {
                                pushes.add(target.push("value " + i));
                            }
                            return Seen.sortedStatuses(scene.service().sendTogether(pushes));
                        }));
    }

    private List<Check> presence() {
        return List.of(
                check("head", 1, "HEAD of a secret nobody pushed is answered 404 without a body, without any signature")
                        .expects(empty(404))
                        .plays(scene -> scene.send(kind.untouched(scene).head().closing())),
                check("head", 2, "HEAD of a pushed secret is answered 204 without a body, without any signature")
                        .expects(empty(204))
                        .plays(scene -> scene.send(pushed(scene).head().closing())),
                check("head", 3, "A refused push leaves no secret: HEAD is answered 404")
                        .expects(status(404))
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            scene.given(target.pushBy(scene.actor(), "value"), status(401));
                            return scene.send(target.head());
                        }),
                check("head", 4, "HEAD ignores what Authorization says")
                        .expects(status(404))
                        .plays(scene -> scene.send(kind.untouched(scene).head().signed("nonsense"))),
                check("head", 5, "A push refused for its size leaves no secret: HEAD is answered 404")
                        .expects(status(404))
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            scene.given(target.push("x".repeat(LIMIT + 1)), kind.tooLarge());
                            return scene.send(target.head());
                        }));
    }

    private List<Check> sizes() {
        return List.of(
                size(1, "A value of 4096 bytes is accepted", "x".repeat(LIMIT)),
                tooLarge(2, "A value of 4097 bytes is too large", "x".repeat(LIMIT + 1)),
                size(
                        3,
                        "4096 counts bytes of UTF-8: 2048 letters of two bytes each are accepted",
                        "é".repeat(LIMIT / 2)),
                tooLarge(
                        4,
                        "4096 counts bytes of UTF-8: 2048 letters of two bytes each and one more are too large",
                        "é".repeat(LIMIT / 2) + "x"),
                tooLarge(
                        5,
                        "4096 counts bytes, not characters: 1025 characters of four bytes each are too large",
                        "🔑".repeat(LIMIT / 4) + "🔑"),
                tooLarge(6, "A value of 60000 bytes is too large", "x".repeat(60_000)),
                size(7, "A value of one byte is accepted", "x"));
    }

    private Check size(int number, String statement, String value) {
        return check("size", number, statement)
                .expects(empty(204))
                .plays(scene -> scene.send(kind.fresh(scene).push(value)));
    }

    private Check tooLarge(int number, String statement, String value) {
        return check("size", number, statement)
                .expects(kind.tooLarge())
                .plays(scene -> scene.send(kind.untouched(scene).push(value)));
    }

    private List<Check> order() {
        return List.of(
                missing(
                        1,
                        "A push without Authorization is a 400 of the framework",
                        target -> target.unsigned("value")),
                missing(
                        2,
                        "A push without a body is a 400 of the framework",
                        target -> Request.post(target.path()).signed(target.signature(""))),
                missing(
                        3,
                        "A push with an empty body is a 400 of the framework",
                        target -> target.unsigned("").signed(target.signature(""))),
                missing(
                        4,
                        "Presence comes before the signature: an empty body is a 400 whatever the signature",
                        target -> target.unsigned("").signed("0x00")),
                check("order", 5, "The signature comes before the size: 4097 bytes of a stranger are answered 401")
                        .expects(kind.unauthorized())
                        .plays(scene -> scene.send(kind.untouched(scene).pushBy(scene.actor(), "x".repeat(LIMIT + 1)))),
                check("order", 6, "The signature comes before existence: a stranger learns 401 and not 409")
                        .expects(kind.unauthorized())
                        .plays(scene -> scene.send(pushed(scene).pushBy(scene.actor(), "value"))),
                check("order", 7, "The size comes before existence: 4097 bytes where there is a secret are too large")
                        .expects(kind.tooLarge())
                        .plays(scene -> scene.send(pushed(scene).push("x".repeat(LIMIT + 1)))));
    }

    private interface Broken {
        Request of(Target target);
    }

    private Check missing(int number, String statement, Broken broken) {
        return check("order", number, statement)
                .expects(defaultError(400, "Bad Request"))
                .plays(scene -> scene.send(broken.of(kind.untouched(scene))));
    }

    private List<Check> bodies() {
        return List.of(
                body(1, "A body under text/plain without charset is read as UTF-8", target -> target.push(OTHER_TEXT)),
                body(
                        2,
                        "A body under application/json is raw text, read as UTF-8",
                        target -> Request.post(target.path()).json(OTHER_TEXT).signed(target.signature(OTHER_TEXT))),
                body(
                        3,
                        "A body without a content type is read as UTF-8",
                        target -> Request.post(target.path())
                                .body(Content.utf8(OTHER_TEXT))
                                .signed(target.signature(OTHER_TEXT))),
                body(
                        4,
                        "A JSON string is not decoded: its quotes belong to the value that is signed",
                        target -> Request.post(target.path()).json("\"v\"").signed(target.signature("\"v\""))),
                check("body", 5, "A JSON string is not decoded: a signature over what is inside the quotes is refused")
                        .expects(kind.unauthorized())
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            return scene.send(
                                    Request.post(target.path()).json("\"v\"").signed(target.signature("v")));
                        }),
                body(
                        6,
                        "The exact text is hashed, untrimmed: white space around a value is signed with it",
                        target -> target.push(" \tvalue \r\n")),
                check("body", 7, "The exact text is hashed: a signature over the trimmed value is refused")
                        .expects(kind.unauthorized())
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            return scene.send(target.unsigned(" value ").signed(target.signature("value")));
                        }),
                body(8, "A value of spaces alone is accepted (and unusable)", target -> target.push("   ")));
    }

    private Check body(int number, String statement, Broken request) {
        return check("body", number, statement)
                .expects(empty(204))
                .plays(scene -> scene.send(request.of(kind.fresh(scene))));
    }

    private List<Check> signers() {
        return List.of(
                check("signer", 1, "A push signed by another key is answered 401")
                        .expects(kind.unauthorized())
                        .plays(scene -> scene.send(kind.untouched(scene)
                                .pushBy(scene.actor(), "value")
                                .closing())),
                check("signer", 2, "A signature over another value is answered 401")
                        .expects(kind.unauthorized())
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            return scene.send(target.unsigned("value").signed(target.signature("Value")));
                        }),
                check("signer", 3, "A signature over the challenge without the prefix of EIP-191 is answered 401")
                        .expects(kind.unauthorized())
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            Actor owner = target.owner();
                            String bare =
                                    owner.wallet().signDigest(target.challenge().apply("value"));
                            return scene.send(target.unsigned("value").signed(bare));
                        }),
                check(
                                "signer",
                                4,
                                "A signature over the challenge as hex text is answered 401: 32 raw bytes are signed")
                        .expects(kind.unauthorized())
                        .plays(scene -> {
                            Target target = kind.untouched(scene);
                            byte[] text = ("0x"
                                            + java.util.HexFormat.of()
                                                    .formatHex(
                                                            target.challenge().apply("value")))
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                            return scene.send(target.unsigned("value")
                                    .signed(target.owner().sign(text)));
                        }),
                check("signer", 5, "The 0x before the signature is optional")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = kind.fresh(scene);
                            return scene.send(target.unsigned("value")
                                    .signed(target.signature("value").substring(2)));
                        }));
    }

    private Target pushed(Scene scene) {
        Target target = kind.fresh(scene);
        scene.given(target.push("value"), empty(204));
        return target;
    }
}
