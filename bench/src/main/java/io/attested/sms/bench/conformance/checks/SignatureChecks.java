package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.defaultError;
import static io.attested.sms.bench.conformance.Expected.empty;

import io.attested.sms.bench.conformance.Actor;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Forgery;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What counts as a signature, contract sections 2.1 to 2.3. */
final class SignatureChecks {
    private static final String QUIRKS = "2.3";

    private SignatureChecks() {}

    static Stream<Check> all() {
        return Stream.of(accepted(), refused(), crashing(), everywhere(), owned())
                .flatMap(List::stream);
    }

    private static Check changed(String id, String statement, Expected expected, UnaryOperator<String> change) {
        return Check.of("signatures-" + id, QUIRKS, statement)
                .expects(expected)
                .plays(scene -> send(Kind.WEB2.fresh(scene), change, scene::send));
    }

    private interface Sender {
        Seen send(Request request);
    }

    private static Seen send(Target target, UnaryOperator<String> change, Sender sender) {
        return sender.send(target.unsigned("value").signed(change.apply(target.signature("value"))));
    }

    private static List<Check> accepted() {
        Expected stored = empty(204);
        return List.of(
                withRecovery("v-001", 27, stored),
                withRecovery("v-002", 28, stored),
                changed(
                        "form-001",
                        "Hex digits may be upper case",
                        stored,
                        signature -> "0x" + signature.substring(2).toUpperCase(Locale.ROOT)),
                changed("form-002", "The 0x is optional", stored, signature -> signature.substring(2)),
                changed("form-003", "The high-s twin is accepted", stored, Forgery::highS),
                Check.of("signatures-form-004", QUIRKS, "Surplus bytes after the 65 are ignored")
                        .expects(stored)
                        .orDeviation(Listed.TRAILING_BYTES, empty(401))
                        .plays(scene -> send(Kind.WEB2.fresh(scene), signature -> signature + "00", scene::send)),
                Check.of("signatures-form-005", QUIRKS, "A second signature after the first is ignored")
                        .expects(stored)
                        .orDeviation(Listed.TRAILING_BYTES, empty(401))
                        .plays(scene -> send(
                                Kind.WEB2.fresh(scene), signature -> signature + signature.substring(2), scene::send)),
                changed(
                        "form-006",
                        "Blanks around a header's value are no part of it",
                        stored,
                        signature -> "  " + signature + "  "));
    }

    /** Values are tried until the deterministic signature has the v that is wanted. */
    private static Check withRecovery(String id, int v, Expected expected) {
        return Check.of("signatures-" + id, QUIRKS, "v = " + v + " is normal")
                .expects(expected)
                .plays(scene -> {
                    Target target = Kind.WEB2.fresh(scene);
                    String value = IntStream.range(0, 64)
                            .mapToObj(i -> "value " + i)
                            .filter(candidate -> Forgery.v(target.signature(candidate)) == v)
                            .findFirst()
                            .orElse("value");
                    return scene.send(target.push(value));
                });
    }

    private static List<Check> refused() {
        Expected refused = empty(401);
        return List.of(
                changed("v-003", "v = 0 or 1 does not count: 401", refused, Forgery::withRecoveryId),
                changed("v-004", "v = 35 does not count: 401", refused, signature -> Forgery.withV(signature, 35)),
                changed("v-005", "v = 255 does not count: 401", refused, signature -> Forgery.withV(signature, 255)),
                changed("v-006", "v = 29 does not count: 401", refused, signature -> Forgery.withV(signature, 29)),
                changed("v-007", "v = 30 does not count: 401", refused, signature -> Forgery.withV(signature, 30)),
                changed(
                        "v-008",
                        "The other v names another signer: 401",
                        refused,
                        signature -> Forgery.withV(signature, 55 - Forgery.v(signature))),
                changed("v-009", "v = 26 does not count: 401", refused, signature -> Forgery.withV(signature, 26)),
                changed("bits-001", "One bit turned names another signer: 401", refused, Forgery::oneBit));
    }

    private static List<Check> crashing() {
        return List.of(
                crash("v-010", "v = 31 is refused", signature -> Forgery.withV(signature, 31)),
                crash("v-011", "v = 32 is refused", signature -> Forgery.withV(signature, 32)),
                crash("v-012", "v = 33 is refused", signature -> Forgery.withV(signature, 33)),
                crash("v-013", "v = 34 is refused", signature -> Forgery.withV(signature, 34)),
                crash("short-001", "64 bytes are malformed", signature -> signature.substring(0, 130)),
                crash("short-002", "One byte is malformed", signature -> "0x1b"),
                crash("short-003", "0x alone is malformed", signature -> "0x"),
                crash("short-004", "An empty header is malformed", signature -> ""),
                crash(
                        "short-005",
                        "An odd number of digits short of 65 bytes is malformed",
                        signature -> signature.substring(0, 129)),
                crash("form-007", "A word instead of hex is malformed", signature -> "nonsense"),
                crash("form-008", "A scheme word before the signature is malformed", signature -> "Bearer"),
                crash("zero-001", "r = 0 is malformed", Forgery::zeroR),
                crash("form-009", "An empty object is malformed", signature -> "{}"));
    }

    private static Check crash(String id, String statement, UnaryOperator<String> change) {
        return Check.of("signatures-" + id, QUIRKS, statement + ": no success, 500 in the original")
                .expects(defaultError(500, "Internal Server Error"))
                .orDeviation(Listed.MALFORMED_SIGNATURE, empty(401))
                .plays(scene -> send(Kind.WEB2.untouched(scene), change, scene::send));
    }

    private static List<Check> everywhere() {
        return Stream.of(
                        elsewhere(
                                "form-010",
                                "/requesters",
                                scene -> Kind.requester(scene.actor(), "key"),
                                Kind.REQUESTERS),
                        elsewhere("form-011", "/apps", scene -> Kind.app(owned(scene)), Kind.APPS),
                        elsewhere("form-012", "/secrets/web3", scene -> Kind.web3(owned(scene)), Kind.WEB3),
                        List.of(Check.of(
                                        "signatures-form-013",
                                        QUIRKS,
                                        "A malformed signature of a PUT is no success, 500 in the original")
                                .expects(defaultError(500, "Internal Server Error"))
                                .orDeviation(Listed.MALFORMED_SIGNATURE, empty(401))
                                .plays(scene -> {
                                    Target target = Kind.WEB2.untouched(scene);
                                    return scene.send(Request.put(target.path())
                                            .text("value")
                                            .signed("0x1b"));
                                })))
                .flatMap(List::stream)
                .toList();
    }

    private static Scene.Owned owned(Scene scene) {
        return new Scene.Owned(scene.nobody(), scene.actor());
    }

    private interface Place {
        Target in(Scene scene);
    }

    private static List<Check> elsewhere(String id, String path, Place place, Kind kind) {
        return List.of(Check.of(
                        "signatures-" + id,
                        QUIRKS,
                        "A malformed signature for " + path + " is no success, 500 in the original")
                .expects(defaultError(500, "Internal Server Error"))
                .orDeviation(Listed.MALFORMED_SIGNATURE, kind.unauthorized())
                .plays(scene -> scene.send(place.in(scene).unsigned("value").signed("0x1b"))));
    }

    private static List<Check> owned() {
        return List.of(
                Check.of(
                                "signatures-address-001",
                                "2.1",
                                "The address enters as 20 bytes: its letter case is not signed")
                        .expects(empty(204))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            return scene.send(Kind.web2(owner, name)
                                    .at(Kind.web2Path(owner.checksummed(), name))
                                    .push("value"));
                        }),
                Check.of(
                                "signatures-address-002",
                                "2.1",
                                "The name and the value are hashed apart: moved letters are refused")
                        .expects(empty(401))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            Target signed = Kind.web2(owner, name + "v");
                            return scene.send(
                                    Kind.web2(owner, name).unsigned("value").signed(signed.signature("alue")));
                        }),
                Check.of(
                                "signatures-address-003",
                                "2.1",
                                "The order is address, name, value: name and value swapped are refused")
                        .expects(empty(401))
                        .plays(scene -> {
                            Actor owner = scene.actor();
                            String name = scene.name();
                            return scene.send(Kind.web2(owner, name)
                                    .unsigned("value")
                                    .signed(Kind.web2(owner, "value").signature(name)));
                        }));
    }
}
