package io.attested.sms.attestation.quote;

import static io.attested.sms.attestation.RejectionReason.MALFORMED_QUOTE;
import static io.attested.sms.attestation.RejectionReason.UNKNOWN_QE_VENDOR;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_KEY_TYPE;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_QUOTE_VERSION;
import static io.attested.sms.attestation.RejectionReason.UNSUPPORTED_TEE_TYPE;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.quote.QuoteParsing.Malformed;
import io.attested.sms.attestation.quote.QuoteParsing.Parsed;

/** The strict reader behind {@link Quote#parse}. */
final class QuoteParser {
    private static final int BODY_SGX = 1;
    private static final int BODY_TDX_1_0 = 2;
    private static final int BODY_TDX_1_5 = 3;

    private QuoteParser() {}

    static QuoteParsing parse(byte[] bytes) {
        try {
            return new Parsed(read(bytes));
        } catch (EvidenceRejected rejected) {
            return new Malformed(rejected.verdict());
        }
    }

    private static Quote read(byte[] bytes) throws EvidenceRejected {
        requireAtMost(Quote.MAX_LENGTH_WITH_TRAILING_BYTES, "quote with trailing bytes", bytes.length);
        LittleEndianReader in = new LittleEndianReader(bytes, 0, bytes.length);
        QuoteHeader header = QuoteHeader.read(in);
        requireSupported(header);
        ReportBody body = header.version() == 5 ? describedBody(header, in) : body(header, in);
        ByteString signedBytes = ByteString.copyOf(bytes, 0, in.position());
        LittleEndianReader inside = in.part("signature data", in.u32("signature data length"));
        requireAtMost(Quote.MAX_LENGTH, "quote", in.position());
        QuoteSignature signature =
                header.version() == 3 ? QuoteSignature.readPlain(inside) : QuoteSignature.readWrapped(inside);
        return new Quote(header, body, signedBytes, signature, in.remaining());
    }

    private static void requireSupported(QuoteHeader header) throws EvidenceRejected {
        if (header.version() < 3 || header.version() > 5) {
            throw new EvidenceRejected(UNSUPPORTED_QUOTE_VERSION, "quote version", "3, 4 or 5", header.version());
        }
        if (header.attestationKeyType() != QuoteHeader.KEY_TYPE_P256) {
            throw new EvidenceRejected(
                    UNSUPPORTED_KEY_TYPE, "attestation key type", "2 (ECDSA P-256)", header.attestationKeyType());
        }
        boolean tdx = header.teeType() == QuoteHeader.TEE_TDX && header.version() > 3;
        if (header.teeType() != QuoteHeader.TEE_SGX && !tdx) {
            throw new EvidenceRejected(
                    UNSUPPORTED_TEE_TYPE,
                    "TEE type",
                    header.version() > 3 ? "0x0 (SGX) or 0x81 (TDX)" : "0x0 (SGX) in a quote of version 3",
                    "0x" + Integer.toHexString(header.teeType()));
        }
        if (!header.qeVendorId().equals(QuoteHeader.INTEL)) {
            throw new EvidenceRejected(
                    UNKNOWN_QE_VENDOR, "QE vendor id", QuoteHeader.INTEL + " (Intel)", header.qeVendorId());
        }
    }

    /** Versions 3 and 4: the kind of body follows from the TEE type. */
    private static ReportBody body(QuoteHeader header, LittleEndianReader in) throws EvidenceRejected {
        return header.isTdx()
                ? new TrustDomainReport(in.bytes("trust domain report", TrustDomainReport.LENGTH_1_0))
                : new EnclaveReport(in.bytes("enclave report", EnclaveReport.LENGTH));
    }

    /** Version 5: a descriptor names kind and size. */
    private static ReportBody describedBody(QuoteHeader header, LittleEndianReader in) throws EvidenceRejected {
        int type = in.u16("body type");
        long size = in.u32("body size");
        return switch (type) {
            case BODY_SGX -> {
                requireBody(!header.isTdx(), type, size, EnclaveReport.LENGTH);
                yield new EnclaveReport(in.bytes("enclave report", size));
            }
            case BODY_TDX_1_0 -> {
                requireBody(header.isTdx(), type, size, TrustDomainReport.LENGTH_1_0);
                yield new TrustDomainReport(in.bytes("trust domain report", size));
            }
            case BODY_TDX_1_5 -> {
                requireBody(header.isTdx(), type, size, TrustDomainReport.LENGTH_1_5);
                yield new TrustDomainReport(in.bytes("trust domain report", size));
            }
            default ->
                throw new EvidenceRejected(
                        UNSUPPORTED_TEE_TYPE, "body type", "1 (SGX), 2 (TDX 1.0) or 3 (TDX 1.5)", type);
        };
    }

    private static void requireBody(boolean fitsTee, int type, long size, int expected) throws EvidenceRejected {
        if (!fitsTee) {
            throw new EvidenceRejected(MALFORMED_QUOTE, "body type", "that of the header's TEE type", type);
        }
        if (size != expected) {
            throw new EvidenceRejected(MALFORMED_QUOTE, "size of body type " + type, expected, size);
        }
    }

    private static void requireAtMost(int max, String what, int length) throws EvidenceRejected {
        if (length > max) {
            throw new EvidenceRejected(MALFORMED_QUOTE, "length of the " + what, "at most " + max, length);
        }
    }
}
