package io.attested.sms.release;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.source.QuoteCollateral;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges with the service's own collateral. What came with the evidence is ignored, so that whoever runs the enclave does
 * not choose which revocation list and which evaluation it is judged by; only a PCK chain is taken from there, when the
 * quote itself carries none.
 */
public final class OwnCollateralJudge implements EvidenceJudge {
    private final QuoteVerifier verifier;
    private final QuoteCollateral collateral;
    private final EvidencePolicy policy;
    private final InstantSource clock;

    /** @param policy says how long past its nextUpdate collateral may be used */
    public OwnCollateralJudge(
            QuoteVerifier verifier, QuoteCollateral collateral, EvidencePolicy policy, InstantSource clock) {
        this.verifier = verifier;
        this.collateral = collateral;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public Judgement judge(RedeemRequest request) {
        byte[] quote = request.quote().toByteArray();
        return switch (collateral.forQuote(quote, chainBeside(request), clock.instant())) {
            case QuoteCollateral.Answer.NotGenuine(Verdict.Rejected rejection) -> new Judgement.Judged(rejection);
            case QuoteCollateral.Answer.Unavailable unavailable ->
                // Only the reason: what the source said is for the operator's log.
                new Judgement.NotNow(
                        unavailable.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case QuoteCollateral.Answer.Usable(Collateral own, boolean stale) -> {
                // The fetch may have taken a while; the verdict is of this instant.
                yield new Judgement.Judged(verifier.verify(quote, own, policy.judgedAt(clock.instant())));
            }
        };
    }

    private static Optional<String> chainBeside(RedeemRequest request) {
        return request.collateral().flatMap(given -> switch (given) {
            case CollateralParsing.Parsed(Collateral sent) -> sent.pckCertificateChain();
            case CollateralParsing.Malformed malformed -> Optional.empty();
        });
    }
}
