package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.stream.Stream;

/** Endpoints of earlier versions: gone, or kept under another name, contract section 1.7. */
final class OldChecks {
    private static final String SECTION = "1.7";

    private OldChecks() {}

    static Stream<Check> all() {
        return Stream.of(index(), pushes(), gone()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("old-" + id, SECTION, statement);
    }

    private static List<Check> index() {
        return List.of(
                check("index-001", "HEAD of index 1 of an app without a secret is a 404, with the alias or without")
                        .expects(empty(404))
                        .plays(scene -> scene.send(Request.head(Kind.appPath(scene.nobody()) + "/1")
                                .closing())),
                head("index-002", "0"),
                head("index-003", "-1"),
                head("index-004", "one"),
                head("index-005", "1.5"),
                head("index-006", "99999999999999999999"),
                check("index-007", "HEAD of index 2 is a 404, with the alias or without")
                        .expects(empty(404))
                        .plays(scene -> scene.send(Request.head(Kind.appPath(scene.nobody()) + "/2")
                                .closing())),
                pushed("index-008", "HEAD of index 2 is a 404 where the app has a secret too", "2", empty(404)),
                pushed("index-009", "HEAD of index 11 is a 404 where the app has a secret too", "11", empty(404)),
                check(
                                "index-010",
                                "HEAD of index 1 is unknown as at HEAD, or finds a secret that was pushed without one")
                        .needs(Need.CHAIN)
                        .expects(empty(404))
                        .orDeviation(Listed.INDEX_FORM, empty(204))
                        .plays(scene -> scene.send(indexed(scene, "1"))));
    }

    private static Check pushed(String id, String statement, String index, Expected expected) {
        return check(id, statement)
                .needs(Need.CHAIN)
                .expects(expected)
                .plays(scene -> scene.send(indexed(scene, index)));
    }

    /** Of an app with a secret. */
    private static Request indexed(Scene scene, String index) {
        Target target = Kind.APPS.fresh(scene);
        scene.given(target.push("value"), empty(204));
        return target.at(target.path() + "/" + index).head();
    }

    private static Check head(String id, String index) {
        return check(id, "HEAD of index " + index + " is unknown as at HEAD, or a 400 where the alias is kept")
                .expects(empty(404))
                .orDeviation(Listed.INDEX_FORM, empty(400))
                .plays(scene -> scene.send(
                        Request.head(Kind.appPath(scene.nobody()) + "/" + index).closing()));
    }

    private static List<Check> pushes() {
        return List.of(
                check(
                                "push-001",
                                "POST of index 1 is unknown as at HEAD, or checked like a push where the alias is kept")
                        .expects(status(404))
                        .orDeviation(Listed.INDEX_FORM, Kind.APPS.unauthorized())
                        .plays(scene -> {
                            Target target = Kind.app(new Scene.Owned(scene.nobody(), scene.actor()));
                            return scene.send(target.at(target.path() + "/1").push("value"));
                        }),
                check("push-002", "POST of index 1 is unknown as at HEAD, or stores the app's one secret")
                        .needs(Need.CHAIN)
                        .expects(told("404, 404, 404"))
                        .orDeviation(Listed.INDEX_FORM, told("204, 204, 204"))
                        .plays(scene -> {
                            Target target = Kind.APPS.fresh(scene);
                            Target alias = target.at(target.path() + "/1");
                            return Seen.statuses(List.of(
                                    scene.send(alias.push("value")),
                                    scene.send(alias.head()),
                                    scene.send(target.head())));
                        }),
                check("push-003", "POST of index 2 is never a secret: a 4xx")
                        .needs(Need.CHAIN)
                        .expects(status(404).or(status(400)).or(status(405)))
                        .plays(scene -> {
                            Target target = Kind.APPS.untouched(scene);
                            return scene.send(target.at(target.path() + "/2").push("value"));
                        }),
                check("push-004", "POST of index 1 where the app has a secret is unknown as at HEAD, or a 409")
                        .needs(Need.CHAIN)
                        .expects(status(404))
                        .orDeviation(Listed.INDEX_FORM, Kind.APPS.exists())
                        .plays(scene -> {
                            Target target = Kind.APPS.fresh(scene);
                            scene.given(target.push("value"), empty(204));
                            return scene.send(target.at(target.path() + "/1").push("another"));
                        }));
    }

    private static List<Check> gone() {
        return List.of(
                removed("gone-001", "GET /cas/url", Request.get("/cas/url")),
                removed("gone-002", "GET /tee/workflow/config", Request.get("/tee/workflow/config")),
                removed(
                        "gone-003",
                        "POST /untee/secrets",
                        Request.post("/untee/secrets").json("{}")),
                removed(
                        "gone-004",
                        "POST /secrets/delegate/signature",
                        Request.post("/secrets/delegate/signature").json("{}")),
                check("gone-005", "GET /secrets/web2 with shouldDecryptSecret is gone: a 405")
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene -> scene.send(
                                Request.get(Kind.web2Path(scene.nobody(), "a") + "&shouldDecryptSecret=true"))),
                check("gone-006", "GET /secrets/web3 with shouldDecryptSecret is gone: a 405")
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene ->
                                scene.send(Request.get(Kind.web3Path(scene.nobody()) + "&shouldDecryptSecret=true"))),
                check("challenge-001", "POST /tee/challenges without its header is a 400 since 8.5.1")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(
                                Request.post("/tee/challenges/0x" + scene.hex()).header("Content-Length", "0"))));
    }

    private static Check removed(String id, String what, Request request) {
        return check(id, what + " is gone since 8.0: a 404 with the default error object")
                .expects(defaultError(404, "Not Found"))
                .plays(scene -> scene.send(request));
    }
}
