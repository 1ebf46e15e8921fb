package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.contentType;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /apps}: what is special about the secrets of apps' developers, contract section 1.3. */
final class AppChecks {
    private static final String SECTION = "1.3";

    private AppChecks() {}

    static Stream<Check> all() {
        return Stream.of(apps(), appSignatures()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of(id, SECTION, statement);
    }

    private static List<Check> apps() {
        return List.of(
                check("apps-owner-001", "An address without a contract has no owner: 401 with the error list")
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> scene.send(own(scene, scene.nobody()).push("value"))),
                check("apps-owner-002", "A string that is no address has no owner: 401 with the error list")
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> scene.send(own(scene, scene.nobody())
                                .at(Kind.appPath("app"))
                                .push("value"))),
                check("apps-owner-003", "The key of the address itself does not own it: 401")
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> {
                            Actor actor = scene.actor();
                            return scene.send(Kind.app(new Scene.Owned(actor.address(), actor))
                                    .push("value"));
                        }),
                check("apps-any-001", "HEAD of an app nobody pushed a secret for is answered 404")
                        .expects(empty(404))
                        .plays(scene -> scene.send(
                                Request.head(Kind.appPath(scene.nobody())).closing())),
                check("apps-any-002", "HEAD of a string that is no address is answered 404")
                        .expects(empty(404))
                        .plays(scene ->
                                scene.send(Request.head(Kind.appPath("app")).closing())),
                check("apps-any-003", "A HEAD answered 404 carries content type application/json and no body")
                        .expects(empty(404).and(contentType("application/json")))
                        .plays(scene -> scene.send(
                                Request.head(Kind.appPath(scene.nobody())).closing())),
                check("apps-order-008", "POST without Authorization is a 400 of the framework, whatever the address")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene ->
                                scene.send(Request.post(Kind.appPath("app")).text("value"))),
                check("apps-order-009", "POST with an empty body is a 400 of the framework, whatever the address")
                        .expects(defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(
                                Request.post(Kind.appPath("app")).text("").signed("0x00"))),
                check("apps-case-001", "The address is lower-cased: upper case is the same app")
                        .needs(Need.CHAIN)
                        .expects(told("204, 204, 409"))
                        .plays(scene -> {
                            Scene.Owned app = scene.app();
                            Target target = Kind.app(app);
                            Target upper = target.at(Kind.appPath(
                                    "0x" + app.address().substring(2).toUpperCase(Locale.ROOT)));
                            return Seen.statuses(List.of(
                                    scene.send(upper.push("value")),
                                    scene.send(target.head()),
                                    scene.send(target.push("another"))));
                        }),
                check("apps-case-002", "The address is lower-cased whole: its prefix may be 0X")
                        .needs(Need.CHAIN)
                        .expects(told("204, 204, 409"))
                        .plays(scene -> {
                            Target target = Kind.app(scene.app());
                            Target upper = target.at(target.path()
                                    .replaceFirst(
                                            "0x[0-9a-f]{40}",
                                            "0X"
                                                    + target.path()
                                                            .substring(8, 48)
                                                            .toUpperCase(Locale.ROOT)));
                            return Seen.statuses(List.of(
                                    scene.send(upper.push("value")),
                                    scene.send(upper.head()),
                                    scene.send(target.push("another"))));
                        }),
                check("apps-put-001", "An app's secret is never replaced: PUT is a 405")
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene -> scene.send(own(scene, scene.nobody()).put("value"))));
    }

    private static List<Check> appSignatures() {
        return List.of(
                Check.of("apps-key-001", "2.1", "The challenge holds the key 1: the formula of a dataset is refused")
                        .needs(Need.CHAIN)
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> {
                            Scene.Owned app = scene.untouchedApp();
                            return scene.send(Kind.app(app)
                                    .unsigned("value")
                                    .signed(app.owner().sign(Challenges.web3(app.address(), "value"))));
                        }),
                Check.of("apps-key-002", "2.1", "The challenge holds the key 1: the formula with key 0 is refused")
                        .needs(Need.CHAIN)
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> {
                            Scene.Owned app = scene.untouchedApp();
                            return scene.send(Kind.app(app)
                                    .unsigned("value")
                                    .signed(app.owner().sign(Challenges.named(app.address(), "0", "value"))));
                        }),
                Check.of("apps-key-003", "2.1", "The challenge of another app is refused")
                        .needs(Need.CHAIN)
                        .expects(Kind.APPS.unauthorized())
                        .plays(scene -> {
                            Scene.Owned app = scene.untouchedApp();
                            return scene.send(Kind.app(app)
                                    .unsigned("value")
                                    .signed(app.owner().sign(Challenges.app(scene.nobody(), "value"))));
                        }));
    }

    private static Target own(Scene scene, String address) {
        return Kind.app(new Scene.Owned(address, scene.actor()));
    }
}
