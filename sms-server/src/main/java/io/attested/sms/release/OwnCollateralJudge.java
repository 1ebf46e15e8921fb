package io.attested.sms.release;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Origin;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import io.attested.sms.attestation.source.QuoteCollateral;
import io.attested.sms.grant.Refusal;
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
    public Judgement judge(RedeemRequest request, Optional<Refusal> unfit) {
        byte[] quote = request.quote().toByteArray();
        Optional<ByteString> reportData = Optional.of(EnvelopeMaker.expectedReportData(request));
        if (unfit.isPresent()) {
            return unfit(request, reportData.get(), unfit.get());
        }
        return switch (collateral.forQuote(quote, chainBeside(request), reportData, clock.instant())) {
            case QuoteCollateral.Answer.NotGenuine(Verdict.Rejected rejection) -> new Judgement.Judged(rejection);
            case QuoteCollateral.Answer.NotBound() -> new Judgement.Unfit(Refusal.keyNotBound());
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

    private Judgement unfit(RedeemRequest request, ByteString reportData, Refusal refusal) {
        Origin origin = verifier.verifyOrigin(
                request.quote().toByteArray(), chainBeside(request), JudgedAt.exactly(clock.instant()));
        return switch (origin) {
            case Origin.Refused(Verdict.Rejected rejection) -> new Judgement.Judged(rejection);
            case Origin.Proven proven ->
                new Judgement.Unfit(proven.reportData().equals(reportData) ? refusal : Refusal.keyNotBound());
        };
    }

    private static Optional<String> chainBeside(RedeemRequest request) {
        if (Quote.parse(request.quote().toByteArray()) instanceof QuoteParsing.Parsed(Quote quote)
                && quote.signature().certification().namesPlatformOnly()) {
            return request.collateral().flatMap(given -> switch (given.get()) {
                case CollateralParsing.Parsed(Collateral sent) -> sent.pckCertificateChain();
                case CollateralParsing.Malformed malformed -> Optional.empty();
            });
        }
        return Optional.empty();
    }
}
