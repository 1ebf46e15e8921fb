package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TdxClaims;

/** A register of a trust domain's report, 48 bytes. */
public enum TdxRegister {
    /** Measurement of the initial contents. */
    MRTD,
    /** Set by the host at launch. */
    MRCONFIGID,
    /** Set by the host at launch. */
    MROWNER,
    /** Set by the host at launch. */
    MROWNERCONFIG,
    /** Run-time measurement register 0, by convention the firmware's configuration. */
    RTMR0,
    /** Run-time measurement register 1, by convention the kernel. */
    RTMR1,
    /** Run-time measurement register 2, by convention the kernel's command line and initial file system. */
    RTMR2,
    /** Run-time measurement register 3, the application's own. */
    RTMR3,
    /** Measurement of the TDX module. */
    MRSEAM,
    /** Signer of the TDX module. */
    MRSIGNERSEAM;

    /** Length of each in bytes. */
    public static final int LENGTH = 48;

    /** The register's value in these claims. */
    public ByteString of(TdxClaims claims) {
        return switch (this) {
            case MRTD -> claims.mrTd();
            case MRCONFIGID -> claims.mrConfigId();
            case MROWNER -> claims.mrOwner();
            case MROWNERCONFIG -> claims.mrOwnerConfig();
            case RTMR0 -> claims.rtmrs().get(0);
            case RTMR1 -> claims.rtmrs().get(1);
            case RTMR2 -> claims.rtmrs().get(2);
            case RTMR3 -> claims.rtmrs().get(3);
            case MRSEAM -> claims.mrSeam();
            case MRSIGNERSEAM -> claims.mrSignerSeam();
        };
    }
}
