package io.attested.sms.attestation.policy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.Tee;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The operator's rule over verified evidence.
 *
 * <p>Fixed and no setting: debug mode and the attribute PROVISIONKEY are never accepted. What code may run for whom is
 * not decided here. Immutable.
 *
 * @param acceptedTees kinds of TEE; at least one
 * @param tcb how current a platform has to be
 * @param acceptedPlatforms identifiers of which a platform has to have one: an FMSPC (6 bytes), or the SHA-256 (32 bytes)
 *     of its PPID, instance id or CHIP_ID; empty accepts every platform
 * @param tdx what is asked of trust domains
 * @param snp what is asked of SEV-SNP guests
 * @param collateral what is asked of the collateral the verdict rests on
 */
public record EvidencePolicy(
        Set<Tee> acceptedTees,
        TcbRules tcb,
        Set<ByteString> acceptedPlatforms,
        TdxRules tdx,
        SnpRules snp,
        CollateralRules collateral) {
    /** Length of an FMSPC in bytes. */
    public static final int FMSPC_LENGTH = 6;

    /** Length of a hashed identifier in bytes. */
    public static final int HASH_LENGTH = 32;

    /** Most bytes of the JSON form that are read. */
    public static final int MAX_JSON_LENGTH = 64 * 1024;

    /**
     * Takes unmodifiable copies.
     *
     * @throws IllegalArgumentException when no TEE is accepted or a platform identifier has another length
     */
    public EvidencePolicy {
        if (acceptedTees.isEmpty()) {
            throw new IllegalArgumentException("no kind of TEE is accepted, expected at least one");
        }
        acceptedTees = Collections.unmodifiableSet(EnumSet.copyOf(acceptedTees));
        acceptedPlatforms = Set.copyOf(acceptedPlatforms);
        for (ByteString platform : acceptedPlatforms) {
            if (platform.length() != FMSPC_LENGTH && platform.length() != HASH_LENGTH) {
                throw new IllegalArgumentException("a platform identifier has " + platform.length()
                        + " bytes, expected 6 (FMSPC) or 32 (SHA-256 of PPID, instance id or CHIP_ID)");
            }
        }
    }

    /**
     * The recommended policy: SGX and TDX; UpToDate, or SWHardeningNeeded when no advisory applies that is not on
     * the list (which is empty); trust domains hardened; revocation checked; no grace.
     *
     * <p>SEV-SNP is left out: which of AMD's firmware is current nobody but the operator says, so that kind has to be
     * accepted together with a minimum ({@link SnpRules#minimumTcb}).
     */
    public static EvidencePolicy standard() {
        return new EvidencePolicy(
                EnumSet.of(Tee.SGX, Tee.TDX),
                TcbRules.standard(),
                Set.of(),
                TdxRules.strict(),
                SnpRules.strict(),
                CollateralRules.strict());
    }

    /** {@link #standard()} with no status but UpToDate. */
    public static EvidencePolicy upToDateOnly() {
        return standard().withTcb(TcbRules.standard().withStatuses(Set.of(TcbStatus.UP_TO_DATE)));
    }

    /** Judges verified evidence at the instant it was verified at; every rule has its result. */
    public PolicyDecision evaluate(Claims claims, Instant at) {
        return new PolicyDecision(new PolicyEvaluation(this, claims, at).results());
    }

    /** For the verifier: the instant with this policy's grace for collateral. */
    public JudgedAt judgedAt(Instant instant) {
        return new JudgedAt(instant, collateral.grace());
    }

    /** The accepted statuses, without those that only a grace lets pass. */
    public Set<TcbStatus> acceptedStatuses() {
        return tcb.acceptedStatuses();
    }

    /** The accepted statuses as Intel writes them, sorted. */
    public List<String> names() {
        return tcb.acceptedStatuses().stream().map(TcbStatus::text).sorted().toList();
    }

    /** Reads the JSON form; never throws, whatever the bytes are. */
    public static PolicyParsing parse(byte[] json) {
        return PolicyJson.parse(json);
    }

    /** The JSON form with every member that asks for something, UTF-8; {@link #parse} reads it back to an equal value. */
    public byte[] toJson() {
        return PolicyJson.write(this);
    }

    /** The same with other kinds of TEE. */
    public EvidencePolicy withTees(Set<Tee> tees) {
        return new EvidencePolicy(tees, tcb, acceptedPlatforms, tdx, snp, collateral);
    }

    /** The same with other rules for the TCB. */
    public EvidencePolicy withTcb(TcbRules rules) {
        return new EvidencePolicy(acceptedTees, rules, acceptedPlatforms, tdx, snp, collateral);
    }

    /** The same with other platforms. */
    public EvidencePolicy withPlatforms(Set<ByteString> platforms) {
        return new EvidencePolicy(acceptedTees, tcb, platforms, tdx, snp, collateral);
    }

    /** The same with other rules for SEV-SNP guests. */
    public EvidencePolicy withSnp(SnpRules rules) {
        return new EvidencePolicy(acceptedTees, tcb, acceptedPlatforms, tdx, rules, collateral);
    }

    /** The same with other rules for trust domains. */
    public EvidencePolicy withTdx(TdxRules rules) {
        return new EvidencePolicy(acceptedTees, tcb, acceptedPlatforms, rules, snp, collateral);
    }

    /** The same with other rules for collateral. */
    public EvidencePolicy withCollateral(CollateralRules rules) {
        return new EvidencePolicy(acceptedTees, tcb, acceptedPlatforms, tdx, snp, rules);
    }
}
