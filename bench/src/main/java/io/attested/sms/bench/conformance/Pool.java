package io.attested.sms.bench.conformance;

import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Assets that are each given away once, if the service says that it has no secret of theirs. Not for several threads. */
final class Pool {
    private static final int ABSENT = 404;
    private static final Expected PRESENCE = Expected.status(204, ABSENT);

    private final List<ScenarioFile.Asset> assets;
    private final AtomicInteger next = new AtomicInteger();

    Pool(List<ScenarioFile.Asset> assets) {
        this.assets = assets;
    }

    /** The next one, which nobody is given again. */
    ScenarioFile.Asset take(Scene scene, Function<String, Request> presence, String kind) {
        ScenarioFile.Asset asset = show(scene, presence, kind);
        next.incrementAndGet();
        return asset;
    }

    /** The next one, which is given again. */
    ScenarioFile.Asset show(Scene scene, Function<String, Request> presence, String kind) {
        for (int i = next.get(); i < assets.size(); i = next.incrementAndGet()) {
            ScenarioFile.Asset asset = assets.get(i);
            if (scene.given(presence.apply(asset.address()), PRESENCE).status() == ABSENT) {
                return asset;
            }
        }
        if (!assets.isEmpty()) {
            // Who says of everything that it is there has used up no pool.
            scene.given(presence.apply(scene.nobody()), Expected.status(ABSENT));
        }
        throw Unmet.lacking("the scenario has no " + kind + " left without a secret; start a new one");
    }
}
