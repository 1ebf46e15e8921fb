package io.attested.sms.contracts.testbed;

import java.util.List;

/**
 * What became of a run's steps.
 *
 * @param outcomes one for each step, in their order
 */
public record SdkRun(List<SdkOutcome> outcomes) {
    /** The outcome of a step. @throws TestbedFailure when no step has this id */
    public SdkOutcome outcome(String id) {
        return outcomes.stream()
                .filter(outcome -> outcome.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new TestbedFailure("no step has the id " + id));
    }

    /** The same, when every step succeeded. @throws TestbedFailure with the first error */
    public SdkRun orThrow() {
        outcomes.stream().filter(outcome -> !outcome.ok()).findFirst().ifPresent(failed -> {
            throw new TestbedFailure("step " + failed.id() + " failed: " + failed.error());
        });
        return this;
    }
}
