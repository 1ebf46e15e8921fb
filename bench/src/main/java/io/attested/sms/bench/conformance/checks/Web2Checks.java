package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.clientError;
import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.status;
import static io.attested.sms.bench.conformance.Expected.told;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code /secrets/web2}: what is special about secrets of accounts, contract section 1.2. */
final class Web2Checks {
    private static final String SECTION = "1.2";
    private static final int LONGEST_NAME = 255;

    private Web2Checks() {}

    static Stream<Check> all() {
        return Stream.of(parameters(), names(), addresses()).flatMap(List::stream);
    }

    private static Check.Draft check(String id, String statement) {
        return Check.of("web2-" + id, SECTION, statement);
    }

    private static List<Check> parameters() {
        return List.of(
                check("param-001", "HEAD without ownerAddress is a 400")
                        .expects(status(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web2?secretName=a"))),
                check("param-002", "HEAD without secretName is a 400")
                        .expects(status(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web2?ownerAddress=" + scene.nobody()))),
                check("param-003", "HEAD without parameters is a 400 without a body")
                        .expects(empty(400))
                        .plays(scene -> scene.send(Request.head("/secrets/web2").closing())),
                missing("param-004", "POST", "secretName", ""),
                missing("param-005", "PUT", "secretName", ""),
                missing("param-006", "POST", "ownerAddress", "/secrets/web2?secretName=a"),
                missing("param-007", "PUT", "ownerAddress", "/secrets/web2?secretName=a"),
                check("param-008", "Several values of one parameter name nobody's secret: a 4xx, never a 500")
                        .expects(clientError())
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(target.at(target.path() + "&ownerAddress=" + scene.nobody())
                                    .push("value"));
                        }));
    }

    private static Check missing(String id, String method, String parameter, String target) {
        return check(id, method + " without " + parameter + " is a 400 of the framework, whatever the signature")
                .expects(defaultError(400, "Bad Request"))
                .plays(scene -> scene.send(
                        Request.of(method, target.isEmpty() ? "/secrets/web2?ownerAddress=" + scene.nobody() : target)
                                .text("value")
                                .signed("0x00")));
    }

    private static List<Check> names() {
        return List.of(
                check("name-001", "The name is lower-cased: HEAD finds it in any case")
                        .expects(status(204))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name() + "Ab";
                            scene.given(Kind.web2(owner, name).push("value"), empty(204));
                            return scene.send(Kind.web2(owner, name.toUpperCase(Locale.ROOT))
                                    .head());
                        }),
                check("name-002", "The name is lower-cased: a push under another case is answered 409")
                        .expects(empty(409))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name() + "Ab";
                            scene.given(Kind.web2(owner, name).push("value"), empty(204));
                            return scene.send(Kind.web2(owner, name.toLowerCase(Locale.ROOT))
                                    .push("value"));
                        }),
                Check.of("web2-name-003", "2.1", "The challenge holds the name as sent, not lower-cased")
                        .expects(empty(401))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name() + "Ab";
                            Target signed = Kind.web2(owner, name.toLowerCase(Locale.ROOT));
                            return scene.send(signed.at(Kind.web2Path(owner.address(), name))
                                    .push("value"));
                        }),
                accepted("name-004", "A name may hold spaces, slashes and signs", "a b/c?d=e&f#g%h+i"),
                accepted("name-005", "A name may hold letters outside ASCII", "ключ-é-🔑"),
                accepted(
                        "name-006", "A name may be the SDK's iexec-result-dropbox-token", "iexec-result-dropbox-token"),
                accepted("name-007", "A name of 255 characters is accepted", "n".repeat(LONGEST_NAME)),
                check("name-008", "A name longer than the column of 255 characters surfaces as 409")
                        .expects(empty(409))
                        .orDeviation(Listed.NAMES, defaultError(400, "Bad Request"))
                        .plays(scene -> scene.send(Kind.web2(scene.actor(), "n".repeat(LONGEST_NAME + 1))
                                .push("value"))),
                check("name-009", "There is no limit on the characters of a name: one with a line feed is accepted")
                        .expects(empty(204))
                        .orDeviation(Listed.NAMES, defaultError(400, "Bad Request"))
                        .plays(scene ->
                                scene.send(Kind.web2(scene.actor(), "a\nb").push("value"))),
                check("name-010", "Two names of one owner are two secrets")
                        .expects(empty(204))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            scene.given(Kind.web2(owner, "first").push("value"), empty(204));
                            return scene.send(Kind.web2(owner, "second").push("value"));
                        }),
                check("name-011", "One name of two owners is two secrets")
                        .expects(status(404))
                        .plays(scene -> {
                            String name = scene.name();
                            scene.given(Kind.web2(scene.actor(), name).push("value"), empty(204));
                            return scene.send(Kind.web2(scene.actor(), name).head());
                        }),
                check("name-012", "HEAD of a name longer than the column is answered 404")
                        .expects(empty(404))
                        .plays(scene -> scene.send(
                                Kind.web2(scene.actor(), "n".repeat(1000)).head())));
    }

    private static Check accepted(String id, String statement, String name) {
        return check(id, statement).expects(told("204, 204")).plays(scene -> {
            Target target = Kind.web2(scene.actor(), name);
            return Seen.statuses(List.of(scene.send(target.push("value")), scene.send(target.head())));
        });
    }

    private static List<Check> addresses() {
        return List.of(
                spelled("address-001", "The owner may be spelled with the checksum of EIP-55", Actor::checksummed),
                spelled("address-002", "The owner may be spelled in upper case", Actor::upperCase),
                check("address-003", "HEAD finds the secret whatever the case of the owner")
                        .expects(empty(204))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            scene.given(Kind.web2(owner, name).push("value"), empty(204));
                            return scene.send(Request.head(Kind.web2Path(owner.checksummed(), name)));
                        }),
                check("address-004", "An owner without 0x never equals the signer: 401")
                        .expects(empty(401))
                        .plays(scene -> {
                            Target target = Kind.WEB2.untouched(scene);
                            return scene.send(target.at(target.path().replace("ownerAddress=0x", "ownerAddress="))
                                    .push("value"));
                        }),
                check("address-005", "An owner that is no address is answered 401")
                        .expects(empty(401))
                        .plays(scene -> scene.send(Kind.WEB2
                                .untouched(scene)
                                .at(Kind.web2Path("0x123", scene.name()))
                                .push("value"))),
                check("address-006", "HEAD of an owner that is no address is answered 404: nothing is validated")
                        .expects(empty(404))
                        .plays(scene -> scene.send(Request.head(Kind.web2Path("nobody", scene.name())))),
                check("address-007", "A checksum that does not fit is not looked at")
                        .expects(empty(204))
                        .plays(scene -> {
                            Target target = Kind.WEB2.fresh(scene);
                            String address = target.owner().address();
                            String mixed = address.substring(0, 22)
                                    + address.substring(22).toUpperCase(Locale.ROOT);
                            return scene.send(target.at(target.path().replace(address, mixed))
                                    .push("value"));
                        }));
    }

    private interface Spelling {
        String of(Actor actor);
    }

    private static Check spelled(String id, String statement, Spelling spelling) {
        return check(id, statement).expects(empty(204)).plays(scene -> {
            Target target = Kind.WEB2.fresh(scene);
            String address = target.owner().address();
            return scene.send(target.at(target.path().replace(address, spelling.of(target.owner())))
                    .push("value"));
        });
    }
}
