package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.EvidenceRejected;
import io.attested.sms.attestation.JudgedAt;
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
 * Finds the collateral for a quote. Nothing is asked for before the quote's PCK chain is verified under the trusted root,
 * so that evidence anybody can invent causes no request to anybody.
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

        /** The platform is genuine, but there is no collateral now. */
        record Unavailable(CollateralAnswer.Reason reason, String detail) implements Answer {}
    }

    private final IntelPki pki;
    private final CollateralSource source;

    /** Looks into {@code source} for platforms that {@code checks} finds genuine. */
    public QuoteCollateral(CollateralChecks checks, CollateralSource source) {
        this.pki = checks.pki();
        this.source = source;
    }

    /**
     * Collateral for a quote.
     *
     * @param quote as received; any bytes
     * @param pckChainBeside PEM of the PCK chain, used only when the quote names its platform without a chain
     * @param at the chain's dates are judged at this instant
     */
    public Answer forQuote(byte[] quote, Optional<String> pckChainBeside, Instant at) {
        try {
            return switch (Quote.parse(quote)) {
                case QuoteParsing.Malformed malformed -> new Answer.NotGenuine(malformed.rejection());
                case QuoteParsing.Parsed parsed -> forQuote(parsed.quote(), pckChainBeside, at);
            };
        } catch (EvidenceRejected rejected) {
            return new Answer.NotGenuine(rejected.verdict());
        }
    }

    private Answer forQuote(Quote quote, Optional<String> beside, Instant at) throws EvidenceRejected {
        CertificationData certification = quote.signature().certification();
        ByteString chain = chain(certification, beside);
        Tee tee = quote.body().tee();
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
