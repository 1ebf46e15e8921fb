package io.attested.sms.session;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Claims;
import io.attested.sms.attestation.CodeClaims;
import io.attested.sms.attestation.PlatformClaims;
import io.attested.sms.attestation.SgxClaims;
import io.attested.sms.attestation.SnpClaims;
import io.attested.sms.attestation.TcbStatus;
import io.attested.sms.attestation.TdxClaims;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogHead;
import io.attested.sms.audit.ProvenanceFields;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Refusal;
import io.attested.sms.secret.SecretId;
import io.attested.sms.task.BulkSlice;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes decisions into the log: what was decided, on which facts, at which blocks, on whose word and evidence.
 *
 * <p>Guarantee: when a method returns, the entry is durable.
 */
public final class DecisionRecorder {
    private static final int MAX_DETAIL = 512;

    private final AuditLog log;
    private final DecisionContext context;
    private final InstantSource clock;
    private final RecentEntries recent = new RecentEntries();

    public DecisionRecorder(AuditLog log, DecisionContext context, InstantSource clock) {
        this.log = log;
        this.context = context;
        this.clock = clock;
    }

    /** A refusal of a request whose signatures hold; the same refusal of the same request is written once an hour. */
    public void refused(Refusal refusal, TaskFacts facts, Address worker) {
        String decision = facts.task().id() + " " + worker + " " + refusal.code();
        if (!recent.holds(decision, clock.instant())) {
            refused(refusal, facts, worker, Optional.empty());
            recent.add(decision, clock.instant());
        }
    }

    /** A refusal of evidence, with what was proved of it. Each costs its sender a challenge, so each is written. */
    public void refused(Refusal refusal, TaskFacts facts, Address worker, Optional<Verdict> verdict) {
        Map<Field, String> fields = facts(facts, worker);
        fields.put(Field.CODE, refusal.code().word());
        fields.put(Field.DETAIL, shortened(refusal.detail()));
        verdict.ifPresent(judged -> putClaims(fields, judged));
        append(Event.REFUSED, fields);
    }

    /**
     * A session that was served: it names a task and carries nothing. Sessions of one task and worker are written once an
     * hour; the entry is durable before the first of them leaves.
     */
    public void session(Decision.Grant grant, Address worker, String publisher, boolean enclaveChallengeDiffers) {
        String decision = grant.facts().task().id() + " " + worker + " session " + enclaveChallengeDiffers;
        if (recent.holds(decision, clock.instant())) {
            return;
        }
        Map<Field, String> fields = facts(grant.facts(), worker);
        fields.put(Field.PUBLISHER, publisher);
        fields.put(Field.ENCLAVE_CHALLENGE_DIFFERS, Boolean.toString(enclaveChallengeDiffers));
        putLeftOut(fields, grant.bulk());
        append(Event.SESSION_GRANTED, fields);
        recent.add(decision, clock.instant());
    }

    /**
     * A session with secrets that is about to leave for a store: written every time, because every time something is
     * released.
     */
    void released(Decision.Grant grant, Address worker, String publisher, boolean enclaveChallengeDiffers) {
        Map<Field, String> fields = facts(grant.facts(), worker);
        fields.put(Field.PUBLISHER, publisher);
        fields.put(Field.GRANTED, names(grant));
        fields.put(Field.ENCLAVE_CHALLENGE_DIFFERS, Boolean.toString(enclaveChallengeDiffers));
        putLeftOut(fields, grant.bulk());
        append(Event.SESSION_RELEASED, fields);
    }

    /** Only where the operator chose to serve a bulk without the datasets that cannot be used. */
    private static void putLeftOut(Map<Field, String> fields, BulkSlice bulk) {
        String numbers = IntStream.rangeClosed(1, bulk.elements().size())
                .filter(number -> bulk.elements().get(number - 1) instanceof BulkSlice.Unusable)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        if (!numbers.isEmpty()) {
            fields.put(Field.BULK_LEFT_OUT, numbers);
        }
    }

    /** A detail may quote names out of evidence, which its sender chose. */
    private static String shortened(String detail) {
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    /** A release. */
    public LogHead granted(Decision.Grant grant, Address worker, Verdict verdict, String envelopeDigest) {
        Map<Field, String> fields = facts(grant.facts(), worker);
        fields.put(Field.STAGE, ReleaseWriter.STAGE);
        fields.put(Field.PUBLISHER, "native");
        fields.put(Field.GRANTED, names(grant));
        fields.put(Field.ENVELOPE_DIGEST, envelopeDigest);
        putLeftOut(fields, grant.bulk());
        putClaims(fields, verdict);
        return append(Event.GRANTED, fields);
    }

    private LogHead append(Event event, Map<Field, String> fields) {
        Instant now = clock.instant();
        return log.commit(() -> new Recorded<>(event, Optional.of(new AuditEntry(event, now, fields))))
                .head();
    }

    private Map<Field, String> facts(TaskFacts facts, Address worker) {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        fields.put(Field.CHAIN_TASK_ID, facts.task().id().toString());
        fields.put(Field.DEAL_ID, facts.deal().id().toString());
        fields.put(Field.APP, facts.app().address().toString());
        facts.dataset()
                .ifPresent(
                        dataset -> fields.put(Field.DATASET, dataset.address().toString()));
        fields.put(Field.WORKER, worker.toString());
        fields.put(Field.REQUESTER, facts.deal().requester().toString());
        fields.putAll(ProvenanceFields.ofDecision(facts.provenance()));
        fields.put(Field.REALM, context.realm());
        fields.put(Field.MEASUREMENTS_DIGEST, context.measurementsDigest().toString());
        fields.put(Field.POLICY_DIGEST, context.policyDigest().toString());
        return fields;
    }

    private static void putClaims(Map<Field, String> fields, Verdict verdict) {
        if (verdict instanceof Verdict.Verified(Claims claims)) {
            putCode(fields, claims.code());
            fields.put(
                    Field.TCB_STATUS, claims.tcb().status().map(TcbStatus::text).orElse(""));
            fields.put(Field.ADVISORIES, String.join(",", claims.tcb().advisories()));
            fields.put(
                    Field.FMSPC, claims.platform().fmspc().map(ByteString::hex).orElse(""));
            machine(claims.platform()).ifPresent(hash -> fields.put(Field.PLATFORM, hash.hex()));
            fields.put(
                    Field.EVALUATION_NUMBER,
                    claims.collateral()
                            .tcbEvaluationDataNumber()
                            .map(String::valueOf)
                            .orElse(""));
            fields.put(
                    Field.COLLATERAL_EXPIRY,
                    claims.collateral().earliestExpiry().toString());
            fields.put(Field.DEBUG, Boolean.toString(claims.debug()));
            fields.put(Field.TRUST_ROOT, claims.trustRootName());
        }
    }

    /** The most specific name there is; each is a hash already. */
    private static Optional<ByteString> machine(PlatformClaims platform) {
        return platform.instanceIdHash().or(platform::ppidHash).or(platform::chipIdHash);
    }

    private static void putCode(Map<Field, String> fields, CodeClaims code) {
        switch (code) {
            case SgxClaims enclave ->
                fields.put(Field.MR_ENCLAVE, enclave.mrEnclave().hex());
            case TdxClaims domain -> {
                fields.put(Field.MR_TD, domain.mrTd().hex());
                fields.put(Field.RTMR0, domain.rtmrs().get(0).hex());
                fields.put(Field.RTMR1, domain.rtmrs().get(1).hex());
                fields.put(Field.RTMR2, domain.rtmrs().get(2).hex());
                fields.put(Field.RTMR3, domain.rtmrs().get(3).hex());
                fields.put(Field.TD_ATTRIBUTES, domain.tdAttributes().hex());
                fields.put(Field.XFAM, domain.xfam().hex());
            }
            case SnpClaims ignored -> {
                // No framework runs in SEV-SNP guests, so none is granted; the refusal's detail says so.
            }
        }
    }

    private static String names(Decision.Grant grant) {
        return grant.secrets().stream().map(DecisionRecorder::name).collect(Collectors.joining(","));
    }

    private static String name(Decision.GrantedSecret granted) {
        SecretId id = granted.id();
        return id.kind().word() + ":" + id.asset() + ":" + id.name();
    }
}
