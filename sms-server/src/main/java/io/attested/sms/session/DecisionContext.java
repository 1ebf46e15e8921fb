package io.attested.sms.session;

import io.attested.sms.chain.Bytes32;

/**
 * What every entry says of the service that decided.
 *
 * @param realm {@code dev} or {@code production}
 * @param trustLevel what backs the chain's facts, {@code single-node}
 * @param measurementsDigest SHA-256 of the measurements file, or of nothing when there is none
 * @param policyDigest SHA-256 of the evidence policy as {@code EvidencePolicy.toJson} writes it
 */
public record DecisionContext(String realm, String trustLevel, Bytes32 measurementsDigest, Bytes32 policyDigest) {}
