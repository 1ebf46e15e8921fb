package io.attested.sms.attestation.quote;

import static io.attested.sms.attestation.RejectionReason.MALFORMED_QUOTE;
import static io.attested.sms.attestation.RejectionReason.UNKNOWN_QE_VENDOR;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_KEY_TYPE;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_QUOTE_VERSION;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_TEE_TYPE;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.quote.LittleEndianReader.TruncatedException;
import io.attested.sms.attestation.quote.QuoteParsing.Malformed;
import io.attested.sms.attestation.quote.QuoteParsing.Parsed;
import java.util.Optional;

/** The strict reader behind {@link SgxQuote#parse}. */
final class QuoteParser {
    private QuoteParser() {}

    static QuoteParsing parse(byte[] bytes) {
        if (bytes.length > SgxQuote.MAX_LENGTH_WITH_TRAILING_BYTES) {
            return malformed("quote has " + bytes.length + " bytes, at most " + SgxQuote.MAX_LENGTH_WITH_TRAILING_BYTES
                    + " are read");
        }
        try {
            LittleEndianReader in = new LittleEndianReader(bytes, 0, bytes.length);
            QuoteHeader header = QuoteHeader.read(in);
            Optional<Malformed> unsupported = unsupported(header);
            return unsupported.isPresent() ? unsupported.get() : parseSgx(bytes, in, header);
        } catch (TruncatedException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Malformed> unsupported(QuoteHeader header) {
        if (header.version() < 3 || header.version() > 5) {
            return refuse(UNSUPPORTED_QUOTE_VERSION, "quote version is " + header.version() + ", expected 3");
        }
        if (header.attestationKeyType() != QuoteHeader.KEY_TYPE_P256) {
            return refuse(
                    UNSUPPORTED_KEY_TYPE,
                    "attestation key type is " + header.attestationKeyType() + ", expected 2 (ECDSA P-256)");
        }
        if (header.teeType() != QuoteHeader.TEE_SGX) {
            String name = header.version() > 3 && header.teeType() == QuoteHeader.TEE_TDX ? " (TDX)" : "";
            return refuse(
                    UNSUPPORTED_TEE_TYPE,
                    "TEE type is 0x" + Integer.toHexString(header.teeType()) + name + ", expected 0x0 (SGX)");
        }
        if (header.version() != 3) {
            return refuse(UNSUPPORTED_QUOTE_VERSION, "SGX quote version is " + header.version() + ", expected 3");
        }
        if (!header.qeVendorId().equals(QuoteHeader.INTEL)) {
            return refuse(
                    UNKNOWN_QE_VENDOR,
                    "QE vendor id is " + header.qeVendorId() + ", expected " + QuoteHeader.INTEL + " (Intel)");
        }
        return Optional.empty();
    }

    private static QuoteParsing parseSgx(byte[] bytes, LittleEndianReader in, QuoteHeader header)
            throws TruncatedException {
        EnclaveReport report = new EnclaveReport(in.bytes("report", EnclaveReport.LENGTH));
        ByteString signedBytes = ByteString.copyOf(bytes, 0, SgxQuote.SIGNED_LENGTH);
        long length = in.u32("signature data length");
        if (length > in.remaining()) {
            return malformed("signature data length is " + length + ", " + in.remaining() + " bytes are left");
        }
        int end = in.position() + (int) length;
        if (end > SgxQuote.MAX_LENGTH) {
            return malformed("quote without trailing bytes has " + end + " bytes, at most " + SgxQuote.MAX_LENGTH);
        }
        LittleEndianReader inside = new LittleEndianReader(bytes, in.position(), end);
        QuoteSignature signature = QuoteSignature.read(inside);
        if (inside.remaining() != 0) {
            return malformed("signature data has " + inside.remaining() + " bytes after the certification data");
        }
        CertificationData certification = signature.certification();
        if (!certification.lengthFits()) {
            return malformed("certification data of type " + certification.type() + " has "
                    + certification.data().length() + " bytes, another length than the type's");
        }
        return new Parsed(new SgxQuote(header, report, signedBytes, signature, bytes.length - end));
    }

    private static Optional<Malformed> refuse(RejectionReason reason, String detail) {
        return Optional.of(new Malformed(reason, detail));
    }

    private static Malformed malformed(String detail) {
        return new Malformed(MALFORMED_QUOTE, detail);
    }
}
