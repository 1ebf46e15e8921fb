package io.attested.sms.bench.conformance.checks;

import static io.attested.sms.bench.conformance.Expected.answer;
import static io.attested.sms.bench.conformance.Expected.empty;
import static io.attested.sms.bench.conformance.Expected.header;
import static io.attested.sms.bench.conformance.Expected.headerList;
import static io.attested.sms.bench.conformance.Expected.noHeader;
import static io.attested.sms.bench.conformance.Expected.status;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What browsers of other origins may do, contract section 1.1. */
final class CorsChecks {
    private static final String SECTION = "1.1";
    private static final String ORIGIN = "https://app.example";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String SOMEONE = "0x" + "5a".repeat(20);
    private static final Expected FORBIDDEN = status(403).and(Expected.body("Invalid CORS request"));

    private CorsChecks() {}

    /** An endpoint that answers browsers. */
    private record Endpoint(String name, String title, String path, Set<String> methods) {}

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("web2", "/secrets/web2", Kind.web2Path(SOMEONE, "a"), Set.of("HEAD", "POST", "PUT")),
            new Endpoint("web3", "/secrets/web3", Kind.web3Path(SOMEONE), Set.of("HEAD", "POST")),
            new Endpoint("app", "/apps", Kind.appPath(SOMEONE), Set.of("HEAD", "POST")),
            new Endpoint("requester", "/requesters", Kind.requesterPath(SOMEONE, "key"), Set.of("HEAD", "POST")));

    static Stream<Check> all() {
        List<Check> checks = new ArrayList<>();
        ENDPOINTS.forEach(endpoint -> {
            preflights(checks, endpoint);
            answers(checks, endpoint);
        });
        tee(checks);
        return checks.stream();
    }

    private static Check.Draft check(Endpoint endpoint, int number, String statement) {
        return Check.of(
                "cors-%s-%03d".formatted(endpoint.name(), number), SECTION, endpoint.title() + ": " + statement);
    }

    private static void preflights(List<Check> checks, Endpoint endpoint) {
        String path = endpoint.path();
        checks.add(check(
                        endpoint,
                        1,
                        "a preflight for POST is answered 200 with an empty body, for any origin, for 1800 s")
                .expects(empty(200).and(header(ALLOW_ORIGIN, "*")).and(header("Access-Control-Max-Age", "1800")))
                .plays(scene ->
                        scene.send(Request.preflight(path, ORIGIN, "POST").closing())));
        checks.add(check(endpoint, 2, "a preflight is told the method it asks for, and none the path does not offer")
                .expects(status(200).and(methods("POST", endpoint.methods())))
                .plays(scene -> scene.send(Request.preflight(path, ORIGIN, "POST"))));
        checks.add(check(endpoint, 3, "a preflight's requested headers are echoed")
                .expects(
                        status(200).and(lowerCaseList("Access-Control-Allow-Headers", "authorization", "content-type")))
                .plays(scene -> scene.send(Request.preflight(path, ORIGIN, "POST")
                        .header("Access-Control-Request-Headers", "authorization, content-type"))));
        checks.add(check(endpoint, 4, "a preflight for a method the path does not offer is a 403 with its text")
                .expects(FORBIDDEN)
                .plays(scene -> scene.send(Request.preflight(path, ORIGIN, "DELETE"))));
        checks.add(check(endpoint, 5, "no credentials: a preflight is not told that they are allowed")
                .expects(status(200).and(header(ALLOW_ORIGIN, "*")).and(noHeader("Access-Control-Allow-Credentials")))
                .plays(scene -> scene.send(Request.preflight(path, ORIGIN, "POST"))));
    }

    private static void answers(List<Check> checks, Endpoint endpoint) {
        String path = endpoint.path();
        Expected presence = status(204, 404);
        Expected vary = headerList("Vary", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
        checks.add(check(endpoint, 6, "a HEAD of another origin is allowed for all origins, refused or not")
                .expects(presence.and(header(ALLOW_ORIGIN, "*")).and(noHeader("Access-Control-Allow-Credentials")))
                .plays(scene -> scene.send(Request.head(path).header("Origin", ORIGIN))));
        checks.add(check(
                        endpoint,
                        7,
                        "a refused POST of another origin is allowed for all origins: its status can be read")
                .expects(status(401).and(header(ALLOW_ORIGIN, "*")))
                .plays(scene -> scene.send(Request.post(path)
                        .text("value")
                        .signed(scene.actor().sign(new byte[32]))
                        .header("Origin", ORIGIN))));
        checks.add(check(
                        endpoint,
                        8,
                        "answers vary by Origin and the two headers of preflights, with an Origin or without")
                .expects(presence.and(vary))
                .plays(scene -> scene.send(Request.head(path))));
        checks.add(check(endpoint, 10, "a refused preflight varies by Origin and the two headers of preflights too")
                .expects(FORBIDDEN.and(vary))
                .plays(scene -> scene.send(Request.preflight(path, ORIGIN, "DELETE"))));
        checks.add(check(endpoint, 9, "an answer to no other origin allows none")
                .expects(presence.and(noHeader(ALLOW_ORIGIN)))
                .plays(scene -> scene.send(Request.head(path))));
    }

    private static void tee(List<Check> checks) {
        List<String> paths = List.of("framework", "challenges/0x" + "aa".repeat(32), "sessions", "nothing-here");
        for (int i = 0; i < paths.size(); i++) {
            String path = "/tee/" + paths.get(i);
            String method = i == 0 ? "GET" : "POST";
            checks.add(Check.of(
                            "cors-tee-%03d".formatted(i + 1),
                            SECTION,
                            "A preflight for " + path.substring(0, Math.min(15, path.length()))
                                    + " is a 403 with its text")
                    .expects(FORBIDDEN)
                    .plays(scene -> scene.send(Request.preflight(path, ORIGIN, method))));
        }
    }

    private static Expected methods(String asked, Set<String> offered) {
        return answer("Access-Control-Allow-Methods with " + asked + " and only of " + offered, answer -> {
            Set<String> allowed = values(answer.headers("Access-Control-Allow-Methods"));
            return allowed.contains(asked) && offered.containsAll(allowed);
        });
    }

    private static Expected lowerCaseList(String name, String... wanted) {
        return answer(
                name + ": " + String.join(", ", wanted),
                answer -> values(answer.headers(name)).stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet())
                        .equals(Set.of(wanted)));
    }

    private static Set<String> values(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
