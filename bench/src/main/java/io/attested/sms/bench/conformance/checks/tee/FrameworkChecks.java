package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.testbed.Framework;
import java.util.List;

/** {@code GET /tee/framework}. */
final class FrameworkChecks {
    private static final String SECTION = "1.4";
    private static final String PATH = "/tee/framework";

    private FrameworkChecks() {}

    static List<Check> all() {
        return List.of(
                word("framework-001", Framework.SCONE),
                word("framework-002", Framework.GRAMINE),
                word("framework-003", Framework.TDX),
                check("framework-004", SECTION, "The framework is asked for without a header; any query is ignored")
                        .expects(Expected.status(200).and(Expected.json("\"SCONE\"")))
                        .plays(scene -> scene.at(Framework.SCONE).send(Request.get(PATH + "?framework=TDX"))),
                check(
                                "framework-005",
                                "1.1",
                                "A wrong verb at /tee/framework is 405, names GET in Allow, default error object")
                        .expects(
                                Expected.defaultError(405, "Method Not Allowed").and(Allow.names("GET")))
                        .plays(scene -> scene.at(Framework.SCONE).send(Request.post(PATH))),
                check(
                                "framework-006",
                                "1.1",
                                "/tee answers no CORS: a preflight gets 403 and the text Invalid CORS request")
                        .expects(Expected.status(403).and(Expected.body("Invalid CORS request")))
                        .plays(scene ->
                                scene.at(Framework.SCONE).send(Request.preflight(PATH, "https://market.test", "GET"))),
                check(
                                "framework-007",
                                "1.1",
                                "A path below /tee that nobody serves is 404 with the default error object")
                        .expects(Expected.defaultError(404, "Not Found"))
                        .plays(scene -> scene.at(Framework.SCONE).send(Request.get("/tee/workflow/config"))));
    }

    private static Check word(String id, Framework framework) {
        return check(id, SECTION, "GET /tee/framework answers the JSON string \"" + framework + "\", quotes included")
                .expects(Expected.status(200).and(Expected.json("\"" + framework + "\"")))
                .plays(scene -> scene.at(framework).send(Request.get(PATH)));
    }
}
