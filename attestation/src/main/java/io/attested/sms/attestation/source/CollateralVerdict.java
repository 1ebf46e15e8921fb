package io.attested.sms.attestation.source;

import io.attested.sms.attestation.Verdict;

/** What checking collateral came to. */
public sealed interface CollateralVerdict {
    /** Every check held. */
    record Good(CheckedCollateral checked) implements CollateralVerdict {}

    /** One did not. */
    record Wrong(Verdict.Rejected rejection) implements CollateralVerdict {}
}
