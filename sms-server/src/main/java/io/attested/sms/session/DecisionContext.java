package io.attested.sms.session;

import io.attested.sms.chain.Bytes32;

/**
 * What the service that decides says of itself.
 *
 * @param realm {@code dev} or {@code production}
 * @param trustLevel what is configured to back the chain's facts, {@code single-node}; each entry has its own facts'
 * @param measurementsDigest SHA-256 of the measurements file, or of nothing when there is none
 * @param policyDigest SHA-256 of the evidence policy as {@code EvidencePolicy.toJson} writes it
 */
public record DecisionContext(String realm, String trustLevel, Bytes32 measurementsDigest, Bytes32 policyDigest) {}
