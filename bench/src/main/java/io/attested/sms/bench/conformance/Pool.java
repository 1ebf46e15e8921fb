package io.attested.sms.bench.conformance;

import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Assets that are each given away once, if the service says that it has no secret of theirs. Not for several threads. */
final class Pool {
    private static final int ABSENT = 404;

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
            if (scene.send(presence.apply(asset.address())) instanceof Answer answer && answer.status() == ABSENT) {
                return asset;
            }
        }
        throw Unmet.lacking("the scenario has no " + kind + " left without a secret; start a new one");
    }
}
