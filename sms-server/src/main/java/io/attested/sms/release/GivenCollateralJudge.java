package io.attested.sms.release;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.grant.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges with the collateral that came with the evidence, wholly verified; in the dev realm only. */
public final class GivenCollateralJudge implements EvidenceJudge {
    private final QuoteVerifier verifier;
    private final EvidencePolicy policy;
    private final InstantSource clock;

    /** @param policy says how long past its nextUpdate collateral may be used */
    public GivenCollateralJudge(QuoteVerifier verifier, EvidencePolicy policy, InstantSource clock) {
        this.verifier = verifier;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public Judgement judge(RedeemRequest request, Optional<Refusal> unfit) {
        return new Judgement.Judged(verdict(request));
    }

    private Verdict verdict(RedeemRequest request) {
        CollateralParsing given = request.collateral()
                .map(Supplier::get)
                .orElseGet(() -> new CollateralParsing.Malformed(new Verdict.Rejected(
                        RejectionReason.COLLATERAL_MALFORMED, "collateral", "the member collateral", "missing")));
        return switch (given) {
            case CollateralParsing.Malformed(Verdict.Rejected rejection) -> rejection;
            case CollateralParsing.Parsed(Collateral collateral) ->
                verifier.verify(request.quote().toByteArray(), collateral, policy.judgedAt(clock.instant()));
        };
    }
}
