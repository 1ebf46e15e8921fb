package io.attested.sms.attestation.policy;

/** What reading the JSON form of a policy came to. */
public sealed interface PolicyParsing {
    /** A policy. */
    record Parsed(EvidencePolicy policy) implements PolicyParsing {}

    /**
     * No policy.
     *
     * @param field the member, for instance {@code policy.tcb.grace}
     * @param expected what it had to be
     * @param seen what it was
     */
    record Malformed(String field, String expected, String seen) implements PolicyParsing {
        /** One line for a person. */
        public String detail() {
            return field + " is " + seen + ", expected " + expected;
        }
    }
}
