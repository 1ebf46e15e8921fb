package io.attested.sms.attestation.policy;

import java.util.Locale;

/** The rules of an evidence policy, in the order in which a decision lists them. */
public enum PolicyRule {
    /** The kind of TEE is accepted. */
    TEE,
    /** Debug mode is off; no setting. */
    DEBUG,
    /** SGX: attribute PROVISIONKEY is off; no setting. */
    PROVISION_KEY,
    /** Intel: the status is accepted, or outdated within the grace. */
    TCB_STATUS,
    /** Intel: unless UpToDate, the advisories are known and every one is on the list. */
    ADVISORIES,
    /** The platform is on the list. */
    PLATFORM,
    /** SEV-SNP: least privileged VMPL. */
    SNP_VMPL,
    /** SEV-SNP: no migration agent is allowed. */
    SNP_MIGRATION_AGENT,
    /** SEV-SNP: the kind of key is accepted. */
    SNP_SIGNING_KEY,
    /** SEV-SNP: lowest guest SVN. */
    SNP_GUEST_SVN,
    /** SEV-SNP: the product has lowest firmware versions, and they are reached. */
    SNP_REPORTED_TCB,
    /** TDX: SEPT_VE_DISABLE is set. */
    TDX_SEPT_VE_DISABLE,
    /** TDX: MIGRATABLE is off. */
    TDX_MIGRATABLE,
    /** TDX: no service domain is bound; a report of TDX 1.0 does not show one, and keeps the rule. */
    TDX_MR_SERVICE_TD,
    /** TDX: XFAM is the one given. */
    TDX_XFAM,
    /** TDX: registers have accepted values. */
    TDX_REGISTERS,
    /** Revocation lists were there. */
    REVOCATION_CHECKED,
    /** Intel: lowest evaluation of TCB info and QE identity. */
    EVALUATION_DATA_NUMBER,
    /** Nothing that the verdict rests on ran out, or not longer ago than the grace. */
    COLLATERAL_CURRENT;

    /** The name for people and documents, for instance {@code tcb-status}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
