package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;

/**
 * An SGX quote of version 3, read but not verified.
 *
 * <p>Layout: header (48 bytes), report (384), length of the signature data (4), signature data, and possibly bytes that
 * nothing signs, because hosts hand out fixed-size buffers.
 *
 * @param header the header
 * @param report the application enclave's report
 * @param signedBytes header and report, 432 bytes, which the attestation key signs
 * @param signature the signature data
 * @param trailingBytes number of bytes after the signature data
 */
public record SgxQuote(
        QuoteHeader header, EnclaveReport report, ByteString signedBytes, QuoteSignature signature, int trailingBytes) {
    /** Most bytes of a quote without trailing bytes; real ones have about 4,600. */
    public static final int MAX_LENGTH = 16 * 1024;

    /** Most bytes with trailing bytes. */
    public static final int MAX_LENGTH_WITH_TRAILING_BYTES = 64 * 1024;

    /** Length of what the attestation key signs: header and report. */
    static final int SIGNED_LENGTH = QuoteHeader.LENGTH + EnclaveReport.LENGTH;

    /**
     * Reads a quote. Never throws, whatever the bytes are.
     *
     * @param bytes the quote as the enclave's host sent it
     */
    public static QuoteParsing parse(byte[] bytes) {
        return QuoteParser.parse(bytes);
    }
}
