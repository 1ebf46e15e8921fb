package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.Origin;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.Tee;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.pki.IntelPki;
import io.attested.sms.attestation.pki.PckPlatform;
import io.attested.sms.attestation.quote.CertificationData;
import io.attested.sms.attestation.quote.Quote;
import io.attested.sms.attestation.quote.QuoteParsing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the collateral for a quote. Nobody is asked before the quote is proved to have been signed on a platform of the
 * trusted root, nor, when the caller knows what the report has to say, before it says so. A PCK chain alone proves
 * nothing: it is public and stands in every quote of its machine.
 */
public final class QuoteCollateral {
    /** What looking for a quote's collateral came to. */
    public sealed interface Answer {
        /**
         * Collateral to verify the quote with.
         *
         * @param stale whether only a grace allows its use
         */
        record Usable(Collateral collateral, boolean stale) implements Answer {}

        /** The quote is no quote, or its platform is not genuine: nobody was asked. */
        record NotGenuine(Verdict.Rejected rejection) implements Answer {}

        /** The quote is genuine, but made for something else: nobody was asked. */
        record NotBound() implements Answer {}

        /** The platform is genuine, but there is no collateral now. */
        record Unavailable(CollateralAnswer.Reason reason, String detail) implements Answer {}
    }

    private final QuoteVerifier verifier;
    private final IntelPki pki;
    private final CollateralSource source;

    /**
     * Looks into {@code source} for quotes whose origin {@code verifier} proves.
     *
     * @param checks under the same root as {@code verifier}
     */
    public QuoteCollateral(QuoteVerifier verifier, CollateralChecks checks, CollateralSource source) {
        this.verifier = verifier;
        this.pki = checks.pki();
        this.source = source;
    }

    /**
     * Collateral for a quote.
     *
     * @param quote as received; any bytes
     * @param pckChainBeside PEM of the PCK chain, used only when the quote names its platform without a chain
     * @param reportData what the report has to say, 64 bytes; empty when the caller does not know
     * @param at the chain's dates are judged at this instant
     */
    public Answer forQuote(byte[] quote, Optional<String> pckChainBeside, Optional<ByteString> reportData, Instant at) {
        return switch (verifier.verifyOrigin(quote, pckChainBeside, JudgedAt.exactly(at))) {
            case Origin.Refused(Verdict.Rejected rejection) -> new Answer.NotGenuine(rejection);
            case Origin.Proven proven ->
                reportData.isPresent() && !reportData.get().equals(proven.reportData())
                        ? new Answer.NotBound()
                        : ofGenuine(quote, pckChainBeside, at);
        };
    }

    private Answer ofGenuine(byte[] quote, Optional<String> beside, Instant at) {
        try {
            return switch (Quote.parse(quote)) {
                case QuoteParsing.Malformed malformed -> new Answer.NotGenuine(malformed.rejection());
                case QuoteParsing.Parsed parsed -> ofGenuine(parsed.quote(), beside, at);
            };
        } catch (EvidenceRejected rejected) {
            return new Answer.NotGenuine(rejected.verdict());
        }
    }

    private Answer ofGenuine(Quote quote, Optional<String> beside, Instant at) throws EvidenceRejected {
        CertificationData certification = quote.signature().certification();
        ByteString chain = chain(certification, beside);
        Tee tee = quote.body().tee();
        // Again, now under the newest root list at hand.
        PckPlatform platform = pki.verifyPlatform(chain, source.rootCrl(at), JudgedAt.exactly(at));
        Optional<String> chainToUse = certification.namesPlatformOnly() ? beside : Optional.empty();
        return switch (source.get(new CollateralKey(tee, platform.fmspc(), platform.authority()))) {
            case CollateralAnswer.Found(CheckedCollateral checked, boolean stale) ->
                new Answer.Usable(checked.collateral().withPckCertificateChain(chainToUse), stale);
            case CollateralAnswer.Unavailable(var reason, String detail) -> new Answer.Unavailable(reason, detail);
        };
    }

    private static ByteString chain(CertificationData certification, Optional<String> beside) throws EvidenceRejected {
        if (certification.type() == CertificationData.PCK_CHAIN) {
            return certification.data();
        }
        if (certification.namesPlatformOnly() && beside.isPresent()) {
            return ByteString.copyOf(beside.get().getBytes(StandardCharsets.UTF_8));
        }
        throw new EvidenceRejected(
                RejectionReason.CERT_CHAIN_INVALID,
                "certification data type",
                "5 (PCK chain), or 1 to 3 with the chain beside the quote",
                certification.type());
    }
}
