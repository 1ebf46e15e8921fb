package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.Verdict;

/** What reading the bytes of a quote came to. Nothing is verified yet. */
public sealed interface QuoteParsing {
    /** The bytes have the layout of a quote. */
    record Parsed(Quote quote) implements QuoteParsing {}

    /**
     * The bytes are no quote that can be verified here.
     *
     * @param rejection what was found; the reason is MALFORMED_QUOTE, one of UNSUPPORTED_…, or UNKNOWN_QE_VENDOR
     */
    record Malformed(Verdict.Rejected rejection) implements QuoteParsing {}
}
