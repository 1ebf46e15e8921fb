package io.attested.sms.attestation;

import java.time.Instant;
import java.util.Optional;

/**
 * What the verdict rests on besides the evidence.
 *
 * @param tcbEvaluationDataNumber Intel: evaluation of the TCB info
 * @param qeEvaluationDataNumber Intel: evaluation of the QE identity
 * @param issuedAt Intel: issue date of the older of TCB info and QE identity
 * @param earliestExpiry the first instant after which some certificate, list or collateral used here has run out
 * @param revocationChecked whether a revocation list was there for every certificate; false only for AMD evidence that was
 *     judged without one
 */
public record CollateralClaims(
        Optional<Integer> tcbEvaluationDataNumber,
        Optional<Integer> qeEvaluationDataNumber,
        Optional<Instant> issuedAt,
        Instant earliestExpiry,
        boolean revocationChecked) {}
