package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.RejectionReason;

/** What reading the bytes of a quote came to. Nothing is verified yet. */
public sealed interface QuoteParsing {
    /** The bytes have the layout of an SGX quote. */
    record Parsed(SgxQuote quote) implements QuoteParsing {}

    /**
     * The bytes are no quote that can be verified here.
     *
     * @param reason MALFORMED_QUOTE, one of UNSUPPORTED_…, or UNKNOWN_QE_VENDOR
     * @param detail the field, what was expected, what was seen
     */
    record Malformed(RejectionReason reason, String detail) implements QuoteParsing {}
}
