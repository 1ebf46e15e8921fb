package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a framework's session reaches another framework's store; finding 7 of the contract, section 7. */
final class SeparationChecks {
    private static final String THERE = "its session is in that store";
    private static final String NOT_THERE = "nothing of it is in that store";

    private SeparationChecks() {}

    static List<Check> all() {
        List<Check> all = new ArrayList<>();
        for (Framework deal : Framework.values()) {
            for (Framework listener : Framework.values()) {
                if (deal != listener) {
                    all.add(separate(deal, listener));
                }
            }
        }
        return all;
    }

    private static Check separate(Framework deal, Framework listener) {
        String word = deal.name().toLowerCase(Locale.ROOT);
        Check.Draft draft = check(
                "separation-" + word + "-" + listener.name().toLowerCase(Locale.ROOT),
                "7",
                deal.sgx()
                        ? "A " + deal + " deal asked of the " + listener + " listener is served by the " + listener
                                + " store when the versions coincide"
                        : "A " + deal + " deal, whose app has no configuration, never reaches the " + listener
                                + " store");
        Check.Judged judged = deal.sgx()
                ? draft.expects(Expected.told(THERE)).orDeviation(Listed.OWN_PUBLISHER, Expected.told(NOT_THERE))
                : draft.expects(Expected.told(NOT_THERE));
        return judged.plays(scene -> asked(scene, listener, Furnished.task(scene, word + "-full")));
    }

    private static Seen asked(Scene scene, Framework listener, ScenarioFile.Task task) {
        scene.given(
                scene.at(listener).send(SessionAsk.of(scene, task).request()),
                Expected.status(200).or(Refused.with(500, Refused.NOT_GENERATED)));
        return new Seen.Told(StoreDocument.about(scene, listener, task).isEmpty() ? NOT_THERE : THERE);
    }
}
