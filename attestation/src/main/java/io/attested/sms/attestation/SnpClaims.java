package io.attested.sms.attestation;

/**
 * An SEV-SNP guest (AMD SEV-SNP ABI specification, ATTESTATION_REPORT).
 *
 * @param measurement of the initial contents, 48 bytes
 * @param hostData set by the host at launch, 32 bytes
 * @param idKeyDigest digest of the key that signed the guest's identity block, 48 bytes; zero without one
 * @param authorKeyDigest digest of the key that certified that key, 48 bytes; zero without one
 * @param familyId 16 bytes
 * @param imageId 16 bytes
 * @param guestSvn unsigned 32 bits
 * @param policy guest policy, 64 bits
 * @param vmpl privilege level of who asked for the report
 * @param reportId 32 bytes
 * @param reportedTcb TCB version the signing key stands for, 8 bytes as in the report
 * @param version of the report
 */
public record SnpClaims(
        ByteString measurement,
        ByteString hostData,
        ByteString idKeyDigest,
        ByteString authorKeyDigest,
        ByteString familyId,
        ByteString imageId,
        long guestSvn,
        long policy,
        int vmpl,
        ByteString reportId,
        ByteString reportedTcb,
        int version)
        implements CodeClaims {
    @Override
    public Tee tee() {
        return Tee.SEV_SNP;
    }
}
