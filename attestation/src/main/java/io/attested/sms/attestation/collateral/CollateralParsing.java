package io.attested.sms.attestation.collateral;

import io.attested.sms.attestation.Verdict;

/** What reading collateral came to. Nothing is verified yet. */
public sealed interface CollateralParsing {
    /** The object has every member in its form. */
    record Parsed(Collateral collateral) implements CollateralParsing {}

    /**
     * The bytes are no collateral object.
     *
     * @param rejection what was found, reason COLLATERAL_MALFORMED
     */
    record Malformed(Verdict.Rejected rejection) implements CollateralParsing {}
}
