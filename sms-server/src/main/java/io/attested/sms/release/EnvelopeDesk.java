package io.attested.sms.release;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.audit.LogHead;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.grant.ChainRefusals;
import io.attested.sms.grant.Decision;
import io.attested.sms.grant.Proof;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.TaskBudget;
import io.attested.sms.session.TaskGate;
import io.attested.sms.task.TaskBook;
import java.util.Optional;

/**
 * Redeems challenges, native protocol sections 3 and 4: the only place where a secret leaves this service.
 *
 * <p>The order is fixed: token and expiry, the task's facts, the nonce (committed, so that it counts even when what
 * follows fails), the budget of the task's worker, the quote, the facts again, the decision, the durable log entry, the
 * envelope. No entry, no release.
 */
public final class EnvelopeDesk {
    private final ChallengeBook challenges;
    private final TaskBook tasks;
    private final TaskGate gate;
    private final EvidenceJudge judge;
    private final EnvelopeMaker maker;
    private final DecisionRecorder recorder;
    private final TaskBudget redemptions;

    EnvelopeDesk(
            ChallengeBook challenges,
            TaskBook tasks,
            TaskGate gate,
            EvidenceJudge judge,
            EnvelopeMaker maker,
            DecisionRecorder recorder,
            TaskBudget redemptions) {
        this.challenges = challenges;
        this.tasks = tasks;
        this.gate = gate;
        this.judge = judge;
        this.maker = maker;
        this.recorder = recorder;
        this.redemptions = redemptions;
    }

    /** An envelope for the enclave that {@code request} proves, or why there is none. */
    public RedeemOutcome redeem(RedeemRequest request) {
        return switch (challenges.read(request.challenge())) {
            case ChallengeBook.Invalid(Refusal refusal) -> new RedeemOutcome.Refused(refusal);
            case ChallengeBook.Valid(ChallengeToken token) -> redeem(token, request);
        };
    }

    private RedeemOutcome redeem(ChallengeToken token, RedeemRequest request) {
        return switch (tasks.now(token.chainTaskId())) {
            case TaskLookup.Found(TaskFacts facts) -> redeem(token, request, facts);
            case TaskLookup.NotSettled lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Unknown lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Boosted lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Unavailable(var failure) -> new RedeemOutcome.Refused(ChainRefusals.of(failure));
        };
    }

    private RedeemOutcome redeem(ChallengeToken token, RedeemRequest request, TaskFacts facts) {
        // First of all, so that one challenge is never worth more than one entry in the log.
        Optional<Refusal> used = challenges.redeem(token);
        if (used.isPresent()) {
            // Counted, not logged: whoever saw the challenge could repeat it for ever.
            return new RedeemOutcome.Refused(used.get());
        }
        if (!redemptions.spend(token.chainTaskId(), token.worker())) {
            // Counted, not logged: the log is what the budget protects.
            return new RedeemOutcome.Refused(new Refusal(
                    RefusalCode.REQUEST_TOO_MANY,
                    "the worker has redeemed as many challenges for this task within an hour as it may; ask for a new"
                            + " challenge later"));
        }
        Optional<Refusal> notAdmitted = gate.admit(facts);
        if (notAdmitted.isPresent()) {
            return refuse(notAdmitted.get(), facts, token, Optional.empty());
        }
        return switch (judge.judge(request, maker.unfit(token, request))) {
            case EvidenceJudge.Judgement.Judged(Verdict verdict) -> judged(token, request, verdict);
            case EvidenceJudge.Judgement.Unfit(Refusal refusal) -> refuse(refusal, facts, token, Optional.empty());
            case EvidenceJudge.Judgement.NotNow(String reason) ->
                // Counted, not logged: an outage is no statement about the task or its evidence.
                new RedeemOutcome.Refused(new Refusal(
                        RefusalCode.COLLATERAL_UNAVAILABLE,
                        "the service has no usable collateral for this platform now (" + reason
                                + "); ask for a new challenge later"));
        };
    }

    private RedeemOutcome judged(ChallengeToken token, RedeemRequest request, Verdict verdict) {
        return switch (tasks.now(token.chainTaskId())) {
            case TaskLookup.Found(TaskFacts factsNow) -> decide(token, request, factsNow, verdict);
            case TaskLookup.NotSettled lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Unknown lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Boosted lookup -> new RedeemOutcome.Refused(ChainRefusals.of(lookup));
            case TaskLookup.Unavailable(var failure) -> new RedeemOutcome.Refused(ChainRefusals.of(failure));
        };
    }

    private RedeemOutcome decide(ChallengeToken token, RedeemRequest request, TaskFacts facts, Verdict verdict) {
        Proof proof = new Proof.Evidence(verdict, EnvelopeMaker.expectedReportData(request), maker.serviceKey());
        return switch (gate.decide(facts, proof, token.worker())) {
            case Refusal refusal
            when refusal.code().kind() == RefusalCode.Kind.UNAVAILABLE ->
                // Counted, not logged: an outage is no statement about the task or its evidence.
                new RedeemOutcome.Refused(refusal);
            case Refusal refusal -> refuse(refusal, facts, token, Optional.of(verdict));
            case Decision.Grant grant -> release(token, request, grant, verdict);
        };
    }

    private RedeemOutcome release(ChallengeToken token, RedeemRequest request, Decision.Grant grant, Verdict verdict) {
        return switch (maker.make(grant, token, request)) {
            case EnvelopeMaker.NotMade(Refusal refusal) -> refuse(refusal, grant.facts(), token, Optional.of(verdict));
            case EnvelopeMaker.Made made -> {
                LogHead head = recorder.granted(grant, token.worker(), verdict, EnvelopeMaker.digest(made.envelope()));
                yield new RedeemOutcome.Granted(made.envelope(), made.signature(), head);
            }
        };
    }

    private RedeemOutcome refuse(Refusal refusal, TaskFacts facts, ChallengeToken token, Optional<Verdict> verdict) {
        recorder.refused(refusal, facts, token.worker(), verdict);
        return new RedeemOutcome.Refused(refusal);
    }
}
