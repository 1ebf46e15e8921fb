package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.RejectionReason;

/**
 * How a quote names the platform's certificate: the last part of its signature data.
 *
 * @param type 1 to 7; {@link #PCK_CHAIN} carries the chain itself, the others only name or wrap something
 * @param data the bytes, as long as the quote says
 */
public record CertificationData(int type, ByteString data) {
    /** PPID in clear text, CPUSVN, PCESVN, PCEID. */
    public static final int PPID_CLEAR = 1;

    /** PPID encrypted with RSA-2048, CPUSVN, PCESVN, PCEID. */
    public static final int PPID_RSA_2048 = 2;

    /** PPID encrypted with RSA-3072, CPUSVN, PCESVN, PCEID. */
    public static final int PPID_RSA_3072 = 3;

    /** PEM chain: PCK certificate, PCK CA, root. */
    public static final int PCK_CHAIN = 5;

    /** CPUSVN, PCESVN and PCEID after the PPID. */
    private static final int PLATFORM_FIELDS = 16 + 2 + 2;

    /** Whether the PCK chain has to come from beside the quote: the data names the platform only. */
    public boolean namesPlatformOnly() {
        return type == PPID_CLEAR || type == PPID_RSA_2048 || type == PPID_RSA_3072;
    }

    /** Requires the length that the type fixes; types without a fixed length always fit. */
    void requireFixedLength() throws EvidenceRejected {
        int expected = switch (type) {
            case PPID_CLEAR -> 16 + PLATFORM_FIELDS;
            case PPID_RSA_2048 -> 256 + PLATFORM_FIELDS;
            case PPID_RSA_3072 -> 384 + PLATFORM_FIELDS;
            default -> data.length();
        };
        if (data.length() != expected) {
            throw new EvidenceRejected(
                    RejectionReason.MALFORMED_QUOTE,
                    "certification data of type " + type,
                    expected + " bytes",
                    data.length() + " bytes");
        }
    }
}
