package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.clientError;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;

import io.attested.sms.bench.conformance.Challenges;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /secrets/web3}: what is special about keys of datasets, contract section 1.2. */
final class Web3Checks {
    private static final String SECTION = "1.2";

    private Web3Checks() {}

    static Stream<Check> all() {
        return Stream.of(presence(), parameters(), owners(), spellings()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("web3-" + id, SECTION, statement);
    }

    private static List<Check> presence() {
        return List.of(
                any("any-001", "HEAD of an address nobody pushed a key for is answered 404", "0x" + "5a".repeat(20)),
                any("any-002", "HEAD accepts any string: one that is no address is answered 404", "dataset"),
                any("any-003", "HEAD accepts any string: an address without 0x is answered 404", "5a".repeat(20)),
                any("any-004", "HEAD accepts any string: a shortened address is answered 404", "0x123"),
                any("any-005", "HEAD accepts any string: an empty one is answered 404", ""),
                any("any-006", "HEAD accepts any string: 2000 characters are answered 404", "a".repeat(2000)),
                any("any-007", "HEAD accepts any string: letters outside ASCII are answered 404", "%D0%BA%F0%9F%94%91"),
                check("param-001", "HEAD without secretAddress is a 400 without a body")
                        .expects(empty(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web3").closing())),
                check("param-002", "HEAD with the parameter of another endpoint is a 400")
                        .expects(status(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web3?ownerAddress=" + scene.nobody()))),
                check("param-003", "The parameter's name is case-sensitive")
                        .expects(status(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web3?secretaddress=" + scene.nobody()))));
    }

    private static Check any(String id, String statement, String address) {
        return check(id, statement)
                .expects(empty(404))
                .plays(scene -> scene.send(Request.head(Kind.web3Path(address)).closing()));
    }

    private static List<Check> parameters() {
        Expected badRequest = defaultError(400, "Bad Request");
        return List.of(
                check("param-004", "POST without secretAddress is a 400 of the framework, whatever the signature")
                        .expects(badRequest)
                        .plays(scene -> scene.send(
                                Request.post("/secrets/web3").text("value").signed("0x00"))),
                check("param-005", "POST without Authorization is a 400 of the framework, whatever the address")
                        .expects(badRequest)
                        .plays(scene -> scene.send(
                                Request.post(Kind.web3Path("nonsense")).text("value"))),
                check("param-006", "POST with an empty body is a 400 of the framework, whatever the address")
                        .expects(badRequest)
                        .plays(scene -> scene.send(
                                Request.post(Kind.web3Path("nonsense")).text("").signed("0x00"))),
                check("param-007", "Several values of the parameter name no dataset: a 4xx, never a 500")
                        .expects(clientError())
                        .plays(scene -> scene.send(
                                Request.post(Kind.web3Path(scene.nobody()) + "&secretAddress=" + scene.nobody())
                                        .text("value")
                                        .signed(scene.actor().sign(Challenges.domain())))));
    }

    private static List<Check> owners() {
        return List.of(
                check("owner-001", "An address without a contract has no owner: 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            String nobody = scene.nobody();
                            return scene.send(own(scene, nobody).push("value").closing());
                        }),
                check("owner-002", "A string that is no address has no owner: 401")
                        .expects(empty(401))
                        .plays(scene -> scene.send(own(scene, scene.nobody())
                                .at(Kind.web3Path("dataset"))
                                .push("value"))),
                check("owner-003", "An address of 19 bytes has no owner: 401")
                        .expects(empty(401))
                        .plays(scene -> scene.send(own(scene, scene.nobody())
                                .at(Kind.web3Path("0x" + "5a".repeat(19)))
                                .push("value"))),
                check("owner-004", "The account itself owns no dataset: signing with the key of the address is a 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            var actor = scene.actor();
                            return scene.send(Kind.web3(new Scene.Owned(actor.address(), actor))
                                    .push("value"));
                        }),
                Check.of("web3-owner-005", "2.1", "The challenge of another dataset is refused")
                        .needs(Need.CHAIN)
                        .expects(empty(401))
                        .plays(scene -> {
                            Target target = Kind.WEB3.untouched(scene);
                            String other = scene.nobody();
                            return scene.send(target.unsigned("value")
                                    .signed(target.owner().sign(Challenges.web3(other, "value"))));
                        }),
                Check.of("web3-owner-006", "2.1", "The formula with a name is refused for a dataset's key")
                        .needs(Need.CHAIN)
                        .expects(empty(401))
                        .plays(scene -> {
                            Scene.Owned dataset = scene.untouchedDataset();
                            return scene.send(Kind.web3(dataset)
                                    .unsigned("value")
                                    .signed(dataset.owner().sign(Challenges.app(dataset.address(), "value"))));
                        }),
                check("owner-007", "A dataset's key is never replaced: PUT is a 405")
                        .needs(Need.CHAIN)
                        .expects(defaultError(405, "Method Not Allowed"))
                        .plays(scene -> {
                            Target target = Kind.WEB3.untouched(scene);
                            return scene.send(target.put("value"));
                        }),
                check("owner-008", "The chain is read for every push: the owner's second dataset is accepted too")
                        .needs(Need.CHAIN)
                        .expects(empty(204))
                        .plays(scene -> {
                            scene.given(Kind.WEB3.fresh(scene).push("value"), empty(204));
                            return scene.send(Kind.WEB3.fresh(scene).push("value"));
                        }),
                check("owner-009", "Any contract with an owner will do: an app's owner may push under its address")
                        .needs(Need.CHAIN)
                        .expects(empty(204))
                        .plays(scene -> {
                            Scene.Owned app = scene.app();
                            // So that a later run takes another app.
                            scene.given(Kind.app(app).push("value"), empty(204));
                            return scene.send(Kind.web3(app).push("value"));
                        }));
    }

    private static List<Check> spellings() {
        return List.of(
                check("case-001", "The address may be spelled in upper case")
                        .needs(Need.CHAIN)
                        .expects(empty(204))
                        .plays(scene -> scene.send(upper(Kind.WEB3.fresh(scene)).push("value"))),
                check("case-002", "HEAD finds the key whatever the case of the address")
                        .needs(Need.CHAIN)
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB3.fresh(scene);
                            scene.given(target.push("value"), empty(204));
                            return scene.send(upper(target).head());
                        }),
                check("case-003", "A push under another case of the address is answered 409")
                        .needs(Need.CHAIN)
                        .expects(empty(409))
                        .plays(scene -> {
                            Target target = Kind.WEB3.fresh(scene);
                            scene.given(target.push("value"), empty(204));
                            return scene.send(upper(target).push("another value"));
                        }));
    }

    private static Target upper(Target target) {
        int digits = target.path().indexOf("0x") + 2;
        return target.at(target.path().substring(0, digits)
                + target.path().substring(digits).toUpperCase(Locale.ROOT));
    }

    private static Target own(Scene scene, String address) {
        return Kind.web3(new Scene.Owned(address, scene.actor()));
    }
}
