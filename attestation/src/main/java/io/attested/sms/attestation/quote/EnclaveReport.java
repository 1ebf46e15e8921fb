package io.attested.sms.attestation.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Tee;

/**
 * An SGX report body, 384 bytes: of an application enclave or of a quoting enclave (Intel SDM volume 3D, REPORT).
 *
 * <p>Reading one proves nothing; only a verified quote says that hardware wrote it. Multi-byte numbers are
 * little-endian.
 *
 * @param raw the 384 bytes
 */
public record EnclaveReport(ByteString raw) implements ReportBody {
    /** Length of a report body in bytes. */
    public static final int LENGTH = 384;

    private static final int FLAG_DEBUG = 1 << 1;

    /** Accepts exactly {@value #LENGTH} bytes. */
    public EnclaveReport {
        if (raw.length() != LENGTH) {
            throw new IllegalArgumentException("report body has " + raw.length() + " bytes, expected " + LENGTH);
        }
    }

    /**
     * Reads a raw report body, as an enclave gets it about itself.
     *
     * @throws IllegalArgumentException when {@code bytes} are not {@value #LENGTH}
     */
    public static EnclaveReport of(byte[] bytes) {
        return new EnclaveReport(ByteString.copyOf(bytes));
    }

    @Override
    public Tee tee() {
        return Tee.SGX;
    }

    /** CPUSVN, 16 bytes. Never compare it: the PCK certificate has the decoded components. */
    public ByteString cpuSvn() {
        return raw.slice(0, 16);
    }

    /** MISCSELECT, unsigned 32 bits. */
    public long miscSelect() {
        return Integer.toUnsignedLong(u16(16) | u16(18) << 16);
    }

    /** ISVEXTPRODID, 16 bytes. */
    public ByteString isvExtProdId() {
        return raw.slice(32, 16);
    }

    /** ATTRIBUTES: 8 bytes of flags, 8 bytes of XFRM. */
    public ByteString attributes() {
        return raw.slice(48, 16);
    }

    /** Flag DEBUG: the host can read the enclave's memory. */
    @Override
    public boolean debug() {
        return (raw.unsigned(48) & FLAG_DEBUG) != 0;
    }

    /** MRENCLAVE, 32 bytes. */
    public ByteString mrEnclave() {
        return raw.slice(64, 32);
    }

    /** MRSIGNER, 32 bytes. */
    public ByteString mrSigner() {
        return raw.slice(128, 32);
    }

    /** CONFIGID, 64 bytes. */
    public ByteString configId() {
        return raw.slice(192, 64);
    }

    /** ISVPRODID, 0 to 65535. */
    public int isvProdId() {
        return u16(256);
    }

    /** ISVSVN, 0 to 65535. */
    public int isvSvn() {
        return u16(258);
    }

    /** CONFIGSVN, 0 to 65535. */
    public int configSvn() {
        return u16(260);
    }

    /** ISVFAMILYID, 16 bytes. */
    public ByteString isvFamilyId() {
        return raw.slice(304, 16);
    }

    @Override
    public ByteString reportData() {
        return raw.slice(320, 64);
    }

    private int u16(int offset) {
        return raw.unsigned(offset) | raw.unsigned(offset + 1) << 8;
    }
}
