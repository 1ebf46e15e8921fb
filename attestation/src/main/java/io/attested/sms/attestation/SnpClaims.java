package io.attested.sms.attestation;

import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.SigningKey;

/**
 * An SEV-SNP guest (AMD SEV-SNP ABI specification, ATTESTATION_REPORT).
 *
 * @param product line of processors, by the root that the chain ends in; Bergamo and Siena are Genoa
 * @param signingKey which kind of key signed: a chip's, or one that AMD gave to a cloud provider for all its chips
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
        AmdProduct product,
        SigningKey signingKey,
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
    private static final int MIGRATION_AGENT = 18;

    /** Policy bit MIGRATE_MA: another guest, which this report does not name, may move it to another machine. */
    public boolean migrationAgentAllowed() {
        return (policy >>> MIGRATION_AGENT & 1) != 0;
    }

    @Override
    public Tee tee() {
        return Tee.SEV_SNP;
    }
}
