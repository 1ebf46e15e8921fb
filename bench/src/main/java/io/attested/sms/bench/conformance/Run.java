package io.attested.sms.bench.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Plays checks one after the other; each has names of its own, so that none depends on another. */
public final class Run {
    private final Scene scene;
    private final Consumer<Played> progress;

    /** @param progress is told of each check as it ends */
    public Run(Scene scene, Consumer<Played> progress) {
        this.scene = scene;
        this.progress = progress;
    }

    /** Plays all. A check whose need is not met is skipped; one whose script has a fault of its own fails. */
    public List<Played> play(List<Check> checks) {
        List<Played> all = new ArrayList<>();
        for (Check check : checks) {
            long start = System.nanoTime();
            Played played = new Played(check, verdict(check), Duration.ofNanos(System.nanoTime() - start));
            progress.accept(played);
            all.add(played);
        }
        return all;
    }

    private Verdict verdict(Check check) {
        if (!scene.has(check.need())) {
            return new Verdict.Skipped("needs " + check.need().words());
        }
        try {
            return check.judge(check.script().play(scene));
        } catch (Unmet unmet) {
            return unmet.verdict();
        } catch (RuntimeException fault) {
            return new Verdict.Failed(check.expected().words(), "the check itself broke: " + fault);
        }
    }
}
