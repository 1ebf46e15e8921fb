package io.attested.sms.bench.conformance.checks.tee;

import static io.attested.sms.bench.conformance.checks.tee.TeeChecks.check;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** No framework's session reaches another framework's store, whichever listener it was asked of; finding 7 of the contract. */
final class SeparationChecks {
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
        String id = "separation-" + word + "-" + listener.name().toLowerCase(Locale.ROOT);
        return check(
                        id,
                        "7",
                        "A " + deal + " deal asked of the " + listener + " listener never reaches the " + listener
                                + " store")
                .expects(Compared.same("nothing of that task in the store"))
                .plays(scene -> {
                    ScenarioFile.Task task = Furnished.task(scene, word + "-full");
                    Seen seen =
                            scene.at(listener).send(SessionAsk.of(scene, task).request());
                    boolean reached = StoreDocument.about(scene, listener, task).stream()
                            .anyMatch(posted -> posted.body().contains(task.chainTaskId()));
                    return Compared.sameIf(!reached, "its session is there; the answer was " + Seen.statusWord(seen));
                });
    }
}
