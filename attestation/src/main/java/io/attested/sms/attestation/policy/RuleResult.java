package io.attested.sms.attestation.policy;

/**
 * What one rule came to.
 *
 * @param rule the rule
 * @param held whether the evidence keeps it; a rule that does not concern the kind of TEE, or asks for nothing, is kept
 * @param expected what the policy asks for
 * @param seen what the evidence says
 */
public record RuleResult(PolicyRule rule, boolean held, String expected, String seen) {}
