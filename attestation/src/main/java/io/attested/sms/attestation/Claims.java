package io.attested.sms.attestation;

/**
 * What verified evidence proves: one set of claims for every kind of TEE.
 *
 * @param code what runs there
 * @param reportData what the code itself put into its report, 64 bytes
 * @param debug whether the host can read the TEE's memory: SGX attribute DEBUG; any of the TDX attributes' bits 0 to 7; SNP
 *     policy bit DEBUG
 * @param tcb how current the platform is
 * @param platform which machine it was
 * @param collateral what the verdict rests on
 * @param trailingBytes bytes after the evidence, which nothing signs
 * @param trustRootName name of the root that everything chains to
 */
public record Claims(
        CodeClaims code,
        ByteString reportData,
        boolean debug,
        TcbClaims tcb,
        PlatformClaims platform,
        CollateralClaims collateral,
        int trailingBytes,
        String trustRootName) {
    /** The kind of TEE. */
    public Tee tee() {
        return code.tee();
    }
}
