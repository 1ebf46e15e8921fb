package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Tee;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The report of a TDX trust domain, 584 bytes (TDX 1.0) or 648 (TDX 1.5) (Intel TDX DCAP Quoting Library API, appendix
 * A.3.2; TDX module specification, TDREPORT). Multi-byte numbers are little-endian.
 *
 * @param raw the bytes
 */
public record TrustDomainReport(ByteString raw) implements ReportBody {
    /** Length of a report of TDX 1.0 in bytes. */
    public static final int LENGTH_1_0 = 584;

    /** Length of a report of TDX 1.5 in bytes. */
    public static final int LENGTH_1_5 = 648;

    private static final int MEASUREMENT = 48;
    private static final int REGISTERS = 4;

    /** Accepts exactly {@value #LENGTH_1_0} or {@value #LENGTH_1_5} bytes. */
    public TrustDomainReport {
        if (raw.length() != LENGTH_1_0 && raw.length() != LENGTH_1_5) {
            throw new IllegalArgumentException(
                    "trust domain report has " + raw.length() + " bytes, expected " + LENGTH_1_0 + " or " + LENGTH_1_5);
        }
    }

    @Override
    public Tee tee() {
        return Tee.TDX;
    }

    /** TEE_TCB_SVN, 16 bytes: [0] the module's ISVSVN, [1] its version, [2] the SEAM loader's SVN. */
    public ByteString teeTcbSvn() {
        return raw.slice(0, 16);
    }

    /** MRSEAM, 48 bytes. */
    public ByteString mrSeam() {
        return raw.slice(16, MEASUREMENT);
    }

    /** MRSIGNERSEAM, 48 bytes. */
    public ByteString mrSignerSeam() {
        return raw.slice(64, MEASUREMENT);
    }

    /** SEAMATTRIBUTES, 8 bytes. */
    public ByteString seamAttributes() {
        return raw.slice(112, 8);
    }

    /** TDATTRIBUTES, 8 bytes. */
    public ByteString tdAttributes() {
        return raw.slice(120, 8);
    }

    /** XFAM, 8 bytes. */
    public ByteString xfam() {
        return raw.slice(128, 8);
    }

    /** MRTD, 48 bytes. */
    public ByteString mrTd() {
        return raw.slice(136, MEASUREMENT);
    }

    /** MRCONFIGID, 48 bytes. */
    public ByteString mrConfigId() {
        return raw.slice(184, MEASUREMENT);
    }

    /** MROWNER, 48 bytes. */
    public ByteString mrOwner() {
        return raw.slice(232, MEASUREMENT);
    }

    /** MROWNERCONFIG, 48 bytes. */
    public ByteString mrOwnerConfig() {
        return raw.slice(280, MEASUREMENT);
    }

    /** RTMR0 to RTMR3, 48 bytes each. */
    public List<ByteString> rtmrs() {
        return IntStream.range(0, REGISTERS)
                .mapToObj(i -> raw.slice(328 + i * MEASUREMENT, MEASUREMENT))
                .toList();
    }

    @Override
    public ByteString reportData() {
        return raw.slice(520, 64);
    }

    /** TEE_TCB_SVN2, 16 bytes: the module that runs now; TDX 1.5 only. */
    public Optional<ByteString> teeTcbSvn2() {
        return raw.length() == LENGTH_1_5 ? Optional.of(raw.slice(584, 16)) : Optional.empty();
    }

    /** MRSERVICETD, 48 bytes; TDX 1.5 only. */
    public Optional<ByteString> mrServiceTd() {
        return raw.length() == LENGTH_1_5 ? Optional.of(raw.slice(600, MEASUREMENT)) : Optional.empty();
    }

    /** Whether any of the attributes' bits 0 to 7 is set: DEBUG and its reserved group (TUD, "TD under debug"). */
    @Override
    public boolean debug() {
        return raw.unsigned(120) != 0;
    }
}
