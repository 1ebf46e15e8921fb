package io.attested.sms.contracts.testbed;

import java.util.Map;

/**
 * What became of one step.
 *
 * @param id the step's
 * @param ok whether the SDK's promise was kept
 * @param result members of the result, empty when it failed
 * @param error the SDK's error with its cause, empty when it succeeded
 */
public record SdkOutcome(String id, boolean ok, Map<String, Object> result, String error) {
    /** A member as text. @throws TestbedFailure when the step failed or has no such member */
    public String text(String member) {
        Object value = result.get(member);
        if (value == null) {
            throw new TestbedFailure("step " + id + " has no " + member + (ok ? "" : ": " + error));
        }
        return value.toString();
    }

    /** Whether a member is {@code true}. */
    public boolean is(String member) {
        return Boolean.TRUE.equals(result.get(member));
    }
}
