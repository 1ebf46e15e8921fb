package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.util.Map;

/** A session's environments, as they were posted and as they must be. */
record Environment(Framework framework, Tokens tokens, StoreDocument document, String challenge) {

    /** Asks for a session of the task of this name, and for its challenge. */
    static Environment of(Scene scene, Framework framework, String name) {
        ScenarioFile.Task task = Furnished.task(scene, name);
        StoreDocument document = StoreDocument.of(scene, framework, task);
        String challenge = scene.given(
                        scene.at(framework).send(ChallengeChecks.signed(scene, task)), Expected.status(200))
                .body();
        return new Environment(framework, Tokens.of(scene.scenario(), name, task), document, challenge);
    }

    Map<String, String> expected(String stage) {
        return tokens.of(framework, stage);
    }

    Map<String, String> seen(String stage) {
        return Tokens.named(document.environment(stage), challenge);
    }

    /** Stages and their variables; the first difference. */
    Seen compared() {
        if (!document.stageNames().equals(tokens.stages(framework))) {
            return new Seen.Told("stages " + document.stageNames() + ", expected " + tokens.stages(framework));
        }
        return tokens.stages(framework).stream()
                .map(stage -> Compared.maps(expected(stage), seen(stage)))
                .filter(seen -> !seen.equals(Compared.same()))
                .findFirst()
                .orElseGet(Compared::same);
    }
}
