package io.attested.sms.grant;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CodeClaims;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TdxClaims;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.binding.LaunchBinding;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.policy.PolicyRule;
import io.attested.sms.attestation.policy.RuleResult;
import io.attested.sms.task.RegisteredCode;
import io.attested.sms.task.TeeFramework;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules over evidence, in order: genuine, right TEE, not debug, bound, right code, right launch, then the
 * operator's evidence policy. */
final class EvidenceRules {
    private static final ByteString ZERO_CONFIG_ID = ByteString.copyOf(new byte[LaunchBinding.CONFIG_ID_LENGTH]);

    /** The rules about how current a platform is; the others are about which platforms and launches there may be. */
    private static final Set<PolicyRule> TCB_RULES = EnumSet.of(PolicyRule.TCB_STATUS, PolicyRule.ADVISORIES);

    private final EvidencePolicy policy;
    private final TrustDomainRules trustDomains;

    EvidenceRules(EvidencePolicy policy, TrustDomainRules trustDomains) {
        this.policy = policy;
        this.trustDomains = trustDomains;
    }

    Optional<Refusal> check(Proof proof, TeeFramework framework, RegisteredCode code, Instant now) {
        return switch (proof) {
            case Proof.WalletsOnly() -> Optional.empty();
            case Proof.Evidence evidence ->
                switch (evidence.verdict()) {
                    case Verdict.Rejected rejected -> Optional.of(refusalOf(rejected));
                    case Verdict.Verified(Claims claims) ->
                        checkClaims(claims, evidence, framework, code).or(() -> checkPolicy(claims, now));
                };
        };
    }

    private static Refusal refusalOf(Verdict.Rejected rejected) {
        return new Refusal(codeOf(rejected.reason()), rejected.reason() + ": " + rejected.detail());
    }

    static RefusalCode codeOf(RejectionReason reason) {
        return switch (reason) {
            case MALFORMED_QUOTE,
                    UNSUPPORTED_QUOTE_VERSION,
                    UNSUPPORTED_KEY_TYPE,
                    UNSUPPORTED_TEE_TYPE,
                    RATLS_CERTIFICATE_INVALID -> RefusalCode.EVIDENCE_MALFORMED;
            case RATLS_KEY_NOT_BOUND -> RefusalCode.EVIDENCE_KEY_NOT_BOUND;
            case TCB_NOT_SUPPORTED, TCB_REVOKED -> RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED;
            case COLLATERAL_MALFORMED,
                    CRL_INVALID,
                    CRL_EXPIRED,
                    CRL_ISSUER_MISMATCH,
                    TCB_SIGNER_INVALID,
                    TCB_SIGNER_REVOKED,
                    TCB_INFO_SIGNATURE_INVALID,
                    TCB_INFO_EXPIRED,
                    TCB_INFO_NOT_YET_VALID,
                    TCB_INFO_MISMATCH,
                    QE_IDENTITY_SIGNATURE_INVALID,
                    QE_IDENTITY_EXPIRED,
                    QE_IDENTITY_NOT_YET_VALID -> RefusalCode.EVIDENCE_COLLATERAL_INVALID;
            case UNKNOWN_QE_VENDOR,
                    CERT_CHAIN_UNTRUSTED,
                    CERT_CHAIN_INVALID,
                    CERT_EXPIRED,
                    CERT_NOT_YET_VALID,
                    PCK_REVOKED,
                    INTERMEDIATE_REVOKED,
                    QE_IDENTITY_MISMATCH,
                    QE_REPORT_SIGNATURE_INVALID,
                    QE_REPORT_DATA_MISMATCH,
                    QUOTE_SIGNATURE_INVALID,
                    TDX_MODULE_MISMATCH,
                    REPORT_SIGNER_MISMATCH,
                    REPORT_SIGNER_REVOKED,
                    REPORT_SIGNATURE_INVALID -> RefusalCode.EVIDENCE_NOT_AN_ENCLAVE;
        };
    }

    private Optional<Refusal> checkClaims(
            Claims claims, Proof.Evidence evidence, TeeFramework framework, RegisteredCode code) {
        if (claims.tee() != framework.tee()) {
            return refusal(
                    RefusalCode.EVIDENCE_WRONG_TEE,
                    "the deal's tag asks for " + framework + ", the evidence comes from " + claims.tee());
        }
        if (claims.debug()) {
            return refusal(
                    RefusalCode.EVIDENCE_DEBUG_ENCLAVE,
                    "the enclave or trust domain runs in debug mode, so its memory is open to the host; start a release one");
        }
        if (claims.code() instanceof SgxClaims enclave && enclave.provisionKey()) {
            return refusal(
                    RefusalCode.EVIDENCE_PROVISIONING_ENCLAVE,
                    "the enclave has the PROVISIONKEY attribute, which no application needs");
        }
        if (!claims.reportData().equals(evidence.expectedReportData())) {
            return Optional.of(Refusal.keyNotBound());
        }
        return checkCode(claims.code(), evidence, code);
    }

    private Optional<Refusal> checkCode(CodeClaims claims, Proof.Evidence evidence, RegisteredCode code) {
        return switch (claims) {
            case SgxClaims enclave -> checkEnclave(enclave, evidence, code);
            case TdxClaims domain -> checkDomain(domain, evidence, code);
            case SnpClaims ignored ->
                refusal(RefusalCode.EVIDENCE_WRONG_TEE, "no framework of iExec's runs in SEV-SNP guests");
        };
    }

    private static Optional<Refusal> checkEnclave(SgxClaims claims, Proof.Evidence evidence, RegisteredCode code) {
        return switch (code) {
            case RegisteredCode.Fingerprint fingerprint ->
                wrongCode(claims, fingerprint.mrEnclave())
                        .or(() -> wrongLaunch(
                                claims.kss() && claims.configId().equals(configId(fingerprint, evidence.serviceKey())),
                                "CONFIGID is not that of the registered file system and this service's key"));
            case RegisteredCode.MeasuredImage image ->
                wrongCode(claims, image.mrEnclave())
                        .or(() -> wrongLaunch(
                                claims.configId().equals(ZERO_CONFIG_ID),
                                "CONFIGID is set, but a bare MrEnclave is matched only by CONFIGID all zero"));
            case RegisteredCode.TrustDomain ignored ->
                refusal(RefusalCode.EVIDENCE_WRONG_TEE, "the app registered a trust domain, the evidence is of SGX");
            case RegisteredCode.Unreadable(boolean ignored, String reason) ->
                refusal(RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED, reason);
        };
    }

    private Optional<Refusal> checkDomain(TdxClaims claims, Proof.Evidence evidence, RegisteredCode code) {
        return switch (code) {
            case RegisteredCode.TrustDomain domain -> trustDomains.check(claims, evidence.serviceKey(), domain);
            case RegisteredCode.Fingerprint ignored -> notOfTdx();
            case RegisteredCode.MeasuredImage ignored -> notOfTdx();
            case RegisteredCode.Unreadable(boolean ignored, String reason) ->
                refusal(RefusalCode.CHAIN_NO_ENCLAVE_REGISTERED, reason);
        };
    }

    private static Optional<Refusal> notOfTdx() {
        return refusal(RefusalCode.EVIDENCE_WRONG_TEE, "the app registered an SGX enclave, the evidence is of TDX");
    }

    private static ByteString configId(RegisteredCode.Fingerprint fingerprint, ByteString serviceKey) {
        return ByteString.copyOf(LaunchBinding.configId(
                serviceKey.toByteArray(),
                fingerprint.fspfKey().toByteArray(),
                fingerprint.fspfTag().toByteArray()));
    }

    private static Optional<Refusal> wrongCode(SgxClaims claims, ByteString registered) {
        return claims.mrEnclave().equals(registered)
                ? Optional.empty()
                : refusal(
                        RefusalCode.EVIDENCE_WRONG_CODE,
                        "MRENCLAVE is " + claims.mrEnclave().hex() + ", the app registered " + registered.hex());
    }

    private static Optional<Refusal> wrongLaunch(boolean right, String detail) {
        return right ? Optional.empty() : refusal(RefusalCode.EVIDENCE_WRONG_LAUNCH, detail);
    }

    private Optional<Refusal> checkPolicy(Claims claims, Instant now) {
        List<RuleResult> broken = policy.evaluate(claims, now).broken();
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        boolean ofTcb = broken.stream().map(RuleResult::rule).anyMatch(TCB_RULES::contains);
        return refusal(
                ofTcb ? RefusalCode.EVIDENCE_TCB_NOT_ACCEPTED : RefusalCode.EVIDENCE_POLICY_NOT_MET,
                "TCB status " + claims.tcb().status().map(TcbStatus::text).orElse("unknown") + " with advisories "
                        + claims.tcb().advisories() + "; the evidence policy asks for "
                        + broken.stream().map(EvidenceRules::shown).collect(Collectors.joining("; ")));
    }

    private static String shown(RuleResult result) {
        // What was seen comes first: the log cuts a long line at its end.
        return result.rule().text() + " seen " + result.seen() + ", expected " + result.expected();
    }

    private static Optional<Refusal> refusal(RefusalCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
