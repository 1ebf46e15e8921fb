package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Content;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Unmet;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** What workers are told of a store that does not take a session, contract sections 1.4 and 4.4 to 4.6. */
final class StoreFailureChecks {
    private static final String CALL_FAILED = "SECURE_SESSION_STORAGE_CALL_FAILED";
    private static final int CREATED = 201;

    private StoreFailureChecks() {}

    static List<Check> all() {
        Expected served = Expected.status(200);
        return List.of(
                stored(
                        "001",
                        Framework.SCONE,
                        200,
                        "Success of a CAS is exactly 201: 200",
                        Refused.with(500, CALL_FAILED)),
                stored(
                        "002",
                        Framework.SCONE,
                        204,
                        "Success of a CAS is exactly 201: 204",
                        Refused.with(500, CALL_FAILED)),
                stored(
                        "003",
                        Framework.SCONE,
                        400,
                        "A CAS that refuses with 400",
                        Refused.with(500, Refused.NOT_GENERATED)),
                stored(
                        "004",
                        Framework.SCONE,
                        500,
                        "A CAS that fails with 500",
                        Refused.with(500, Refused.NOT_GENERATED)),
                stored("005", Framework.GRAMINE, 200, "Any 2xx of an SPS is success: 200", served),
                stored("006", Framework.GRAMINE, 204, "Any 2xx of an SPS is success: 204", served),
                stored("007", Framework.GRAMINE, 401, "An SPS that refuses with 401", Refused.with(500, CALL_FAILED)),
                stored("008", Framework.GRAMINE, 500, "An SPS that fails with 500", Refused.with(500, CALL_FAILED)),
                stored("009", Framework.TDX, 200, "Any 2xx of a TDX session storage is success: 200", served),
                stored("010", Framework.TDX, 204, "Any 2xx of a TDX session storage is success: 204", served),
                stored(
                        "011",
                        Framework.TDX,
                        400,
                        "A session storage that refuses with 400",
                        Refused.with(500, CALL_FAILED)),
                stored(
                        "012",
                        Framework.TDX,
                        500,
                        "A session storage that fails with 500",
                        Refused.with(500, CALL_FAILED)));
    }

    private static Check stored(String number, Framework framework, int status, String what, Expected expected) {
        String section = "4." + (4 + framework.ordinal());
        return check("store-" + number, section, what + " is answered " + expected.words())
                .expects(expected)
                .plays(scene -> {
                    ScenarioFile.Task task =
                            Furnished.task(scene, framework.name().toLowerCase(Locale.ROOT) + "-plain");
                    behave(scene, framework, status);
                    try {
                        return scene.at(framework)
                                .send(SessionAsk.of(scene, task).request());
                    } finally {
                        behave(scene, framework, CREATED);
                    }
                });
    }

    private static void behave(Scene scene, Framework framework, int status) {
        URI store = scene.scenario().stores().get(framework);
        if (store == null) {
            throw Unmet.lacking("the scenario has no store of " + framework + " sessions that obeys");
        }
        scene.given(
                scene.at(store).send(Request.put(store.getPath()).body(Content.utf8(Integer.toString(status)))),
                Expected.status(204));
    }
}
