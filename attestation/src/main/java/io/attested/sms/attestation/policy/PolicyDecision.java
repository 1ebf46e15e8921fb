package io.attested.sms.attestation.policy;

import java.util.List;

/**
 * The results of all rules, in the order of {@link PolicyRule}, each once.
 *
 * @param results as many as there are rules
 */
public record PolicyDecision(List<RuleResult> results) {
    /** Takes an unmodifiable copy; refuses a list that lacks a rule, by {@link IllegalArgumentException}. */
    public PolicyDecision {
        results = List.copyOf(results);
        if (!results.stream().map(RuleResult::rule).toList().equals(List.of(PolicyRule.values()))) {
            throw new IllegalArgumentException("results " + results + " are not those of all rules in order");
        }
    }

    /** Whether every rule held. */
    public boolean accepted() {
        return results.stream().allMatch(RuleResult::held);
    }

    /** The rules that did not hold; empty when accepted. */
    public List<RuleResult> broken() {
        return results.stream().filter(result -> !result.held()).toList();
    }

    /** The result of one rule. */
    public RuleResult of(PolicyRule rule) {
        return results.get(rule.ordinal());
    }
}
