package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.Verdict;

/** What reading the bytes of a report came to. Nothing is verified yet. */
public sealed interface SnpReportParsing {
    /** The bytes have the layout of a report. */
    record Parsed(SnpReport report) implements SnpReportParsing {}

    /**
     * The bytes are no report that can be verified here.
     *
     * @param rejection what was found; the reason is MALFORMED_QUOTE or one of UNSUPPORTED_…
     */
    record Malformed(Verdict.Rejected rejection) implements SnpReportParsing {}
}
