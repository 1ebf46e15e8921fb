package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;

/**
 * An Intel DCAP quote of version 3, 4 or 5, read but not verified.
 *
 * <p>Layout: header (48 bytes); in version 5 a body descriptor (6); body; length of the signature data (4); signature
 * data; and possibly bytes that nothing signs, because hosts hand out fixed-size buffers.
 *
 * @param header the header
 * @param body the report of what runs in the TEE
 * @param signedBytes everything before the length of the signature data, which the attestation key signs: 432, 438, 632,
 *     638 or 702 bytes
 * @param signature the signature data
 * @param trailingBytes number of bytes after the signature data
 */
public record Quote(
        QuoteHeader header, ReportBody body, ByteString signedBytes, QuoteSignature signature, int trailingBytes) {
    /** Most bytes of a quote without trailing bytes; real ones have about 4,600. */
    public static final int MAX_LENGTH = 16 * 1024;

    /** Most bytes with trailing bytes. */
    public static final int MAX_LENGTH_WITH_TRAILING_BYTES = 64 * 1024;

    /**
     * Reads a quote. Never throws, whatever the bytes are.
     *
     * @param bytes the quote as the TEE's host sent it
     */
    public static QuoteParsing parse(byte[] bytes) {
        return QuoteParser.parse(bytes);
    }
}
