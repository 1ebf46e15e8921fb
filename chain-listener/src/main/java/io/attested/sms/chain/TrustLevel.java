package io.attested.sms.chain;

/** Whom an answer had to convince. */
public enum TrustLevel {
    /** One node said so, and is believed within what hashes can check. */
    SINGLE_NODE,
    /** Several nodes said the same. */
    QUORUM,
    /** Several nodes said the same, and storage proofs show it under the state roots of headers they agree on. */
    PROOF
}
