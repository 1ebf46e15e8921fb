package io.attested.sms.attestation.amd;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.SnpClaims;
import java.util.Optional;

/**
 * An attestation report, 1,184 bytes, of which the last 512 are the signature over the others (ABI specification,
 * ATTESTATION_REPORT).
 *
 * <p>Versions 2 to 5. Version 3 adds the processor's family, 5 the mitigation vectors; both fill bytes that were reserved
 * before. Reading a report proves nothing; only {@link SnpVerifier} says that AMD's firmware wrote it. Numbers are
 * little-endian.
 *
 * @param raw the 1,184 bytes
 */
public record SnpReport(ByteString raw) {
    /** Length of a report in bytes. */
    public static final int LENGTH = 0x4a0;

    static final int SIGNED_LENGTH = 0x2a0;
    static final int NUMBER_LENGTH = 72;

    private static final int POLICY_DEBUG = 19;

    /** Accepts exactly {@value #LENGTH} bytes. */
    public SnpReport {
        if (raw.length() != LENGTH) {
            throw new IllegalArgumentException("report has " + raw.length() + " bytes, expected " + LENGTH);
        }
    }

    /**
     * Reads a report strictly.
     *
     * <p>Exactly {@value #LENGTH} bytes: the length is fixed, so nothing needs to follow, and no byte that nobody signed
     * is accepted. Bytes that are reserved in the report's version must be zero, save those of PLATFORM_INFO and the
     * guest policy, which firmware in the field sets before a specification names them; the signature's must be zero in
     * any case, for they are not signed.
     */
    public static SnpReportParsing parse(byte[] bytes) {
        try {
            return new SnpReportParsing.Parsed(SnpReportLayout.read(bytes));
        } catch (EvidenceRejected rejected) {
            return new SnpReportParsing.Malformed(rejected.verdict());
        }
    }

    /** VERSION, unsigned 32 bits. */
    public long version() {
        return u32(0x00);
    }

    /** GUEST_SVN, unsigned 32 bits. */
    public long guestSvn() {
        return u32(0x04);
    }

    /** POLICY, 64 bits. */
    public long policy() {
        return u32(0x08) | u32(0x0c) << 32;
    }

    /** Policy bit DEBUG: the host may read the guest's memory. */
    public boolean debug() {
        return policyBit(POLICY_DEBUG);
    }

    boolean policyBit(int bit) {
        return (policy() >>> bit & 1) != 0;
    }

    /** FAMILY_ID, 16 bytes. */
    public ByteString familyId() {
        return raw.slice(0x10, 16);
    }

    /** IMAGE_ID, 16 bytes. */
    public ByteString imageId() {
        return raw.slice(0x20, 16);
    }

    /** VMPL, unsigned 32 bits; a report that the host asked for, not the guest, has 0xffffffff. */
    public long vmpl() {
        return u32(0x30);
    }

    /** SIGNATURE_ALGO, unsigned 32 bits; 1 is ECDSA P-384 with SHA-384. */
    public long signatureAlgorithm() {
        return u32(0x34);
    }

    /**
     * The product by the processor's family and model, CPUID_FAM_ID and CPUID_MOD_ID; empty in reports of version 2, which
     * have neither, and for processors that are not known here.
     */
    public Optional<AmdProduct> product() {
        return version() < 3 ? Optional.empty() : AmdProduct.ofProcessor(raw.unsigned(0x188), raw.unsigned(0x189));
    }

    /** CURRENT_TCB, 8 bytes. */
    public ByteString currentTcb() {
        return raw.slice(0x38, 8);
    }

    /** Bit MASK_CHIP_KEY: the host has the firmware sign nothing with the chip's key. */
    public boolean maskChipKey() {
        return (keyFlags() & 1 << 1) != 0;
    }

    /** SIGNING_KEY as a number: 0 VCEK, 1 VLEK, 7 none. */
    int signingKeyNumber() {
        return (int) (keyFlags() >>> 2 & 7);
    }

    /** Author key, chip key mask and signing key; the other bits are reserved. */
    long keyFlags() {
        return u32(0x48);
    }

    /** SIGNING_KEY. A report as {@link #parse} gives it has one of the two. */
    public SigningKey signingKey() {
        return signingKeyNumber() == 0 ? SigningKey.VCEK : SigningKey.VLEK;
    }

    /** REPORT_DATA, 64 bytes. */
    public ByteString reportData() {
        return raw.slice(0x50, 64);
    }

    /** MEASUREMENT, 48 bytes. */
    public ByteString measurement() {
        return raw.slice(0x90, 48);
    }

    /** HOST_DATA, 32 bytes. */
    public ByteString hostData() {
        return raw.slice(0xc0, 32);
    }

    /** ID_KEY_DIGEST, 48 bytes. */
    public ByteString idKeyDigest() {
        return raw.slice(0xe0, 48);
    }

    /** AUTHOR_KEY_DIGEST, 48 bytes. */
    public ByteString authorKeyDigest() {
        return raw.slice(0x110, 48);
    }

    /** REPORT_ID, 32 bytes. */
    public ByteString reportId() {
        return raw.slice(0x140, 32);
    }

    /** REPORTED_TCB, 8 bytes: the version that the signing key stands for. */
    public ByteString reportedTcb() {
        return raw.slice(0x180, 8);
    }

    /** CHIP_ID, 64 bytes; zero when the host masks it. */
    public ByteString chipId() {
        return raw.slice(0x1a0, 64);
    }

    /** COMMITTED_TCB, 8 bytes. */
    public ByteString committedTcb() {
        return raw.slice(0x1e0, 8);
    }

    /** LAUNCH_TCB, 8 bytes. */
    public ByteString launchTcb() {
        return raw.slice(0x1f0, 8);
    }

    /** The signed bytes. */
    ByteString signedBytes() {
        return raw.slice(0, SIGNED_LENGTH);
    }

    /** r as in the report, 72 bytes, little-endian. */
    ByteString r() {
        return raw.slice(SIGNED_LENGTH, NUMBER_LENGTH);
    }

    /** s as in the report, 72 bytes, little-endian. */
    ByteString s() {
        return raw.slice(SIGNED_LENGTH + NUMBER_LENGTH, NUMBER_LENGTH);
    }

    SnpClaims claims(AmdProduct product) {
        return new SnpClaims(
                product,
                signingKey(),
                measurement(),
                hostData(),
                idKeyDigest(),
                authorKeyDigest(),
                familyId(),
                imageId(),
                guestSvn(),
                policy(),
                (int) vmpl(),
                reportId(),
                reportedTcb(),
                (int) version());
    }

    private long u32(int offset) {
        long value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | raw.unsigned(offset + i);
        }
        return value;
    }
}
