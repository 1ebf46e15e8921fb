package io.attested.sms.worker.verify;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.JudgedAt;
import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RejectionReason;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.source.CheckedCollateral;
import io.attested.sms.attestation.source.CollateralAnswer;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralKey;
import io.attested.sms.attestation.source.CollateralSource;
import io.attested.sms.attestation.source.CollateralVerdict;
import io.attested.sms.attestation.source.QuoteCollateral;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Verifies with the entry of a bundle that is for the quote's platform, the latest of several. Which one that is follows
 * from signed content on both sides; an entry that does not check is as if it were not there.
 */
record BundledCollateral(TrustRoot root, QuoteVerifier verifier) {
    /** An entry that ran out is chosen too, so that the verdict says so. */
    private static final Duration TO_CHOOSE = JudgedAt.MAX_GRACE;

    /** Whether the first character that is no white space begins an array. */
    static boolean isBundle(byte[] collateral) {
        for (byte each : collateral) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return each == '[';
            }
        }
        return false;
    }

    /** The entries of a bundle that check. */
    private record Entries(List<CheckedCollateral> checked) implements CollateralSource {
        @Override
        public CollateralAnswer get(CollateralKey key) {
            return checked.stream()
                    .filter(entry -> entry.key().equals(key))
                    .max(Comparator.comparing(CheckedCollateral::issued))
                    .<CollateralAnswer>map(entry -> new CollateralAnswer.Found(entry, false))
                    .orElseGet(() -> new CollateralAnswer.Unavailable(
                            CollateralAnswer.Reason.NO_SOURCE, "nothing that checks for " + key));
        }

        @Override
        public Optional<ByteString> rootCrl(Instant at) {
            return Optional.empty();
        }
    }

    Verdict verify(byte[] evidence, byte[] bundle, JudgedAt at) {
        return switch (CollateralBundle.read(bundle)) {
            case CollateralBundle.Reading.Malformed malformed ->
                new Verdict.Rejected(RejectionReason.COLLATERAL_MALFORMED, "collateral", "a bundle", malformed.why());
            case CollateralBundle.Reading.Read read -> {
                CollateralChecks checks = CollateralChecks.under(root);
                JudgedAt lenient = new JudgedAt(at.instant(), TO_CHOOSE);
                List<CheckedCollateral> entries = read.entries().stream()
                        .map(entry -> checks.check(entry, lenient))
                        .flatMap(BundledCollateral::good)
                        .toList();
                yield verify(evidence, new QuoteCollateral(verifier, checks, new Entries(entries)), at);
            }
        };
    }

    private static Stream<CheckedCollateral> good(CollateralVerdict verdict) {
        return switch (verdict) {
            case CollateralVerdict.Good good -> Stream.of(good.checked());
            case CollateralVerdict.Wrong wrong -> Stream.empty();
        };
    }

    private Verdict verify(byte[] evidence, QuoteCollateral platforms, JudgedAt at) {
        return switch (platforms.forQuote(evidence, Optional.empty(), Optional.empty(), at.instant())) {
            case QuoteCollateral.Answer.NotGenuine notGenuine -> notGenuine.rejection();
            case QuoteCollateral.Answer.NotBound never -> throw new IllegalStateException("no report data was named");
            case QuoteCollateral.Answer.Unavailable unavailable ->
                new Verdict.Rejected(
                        RejectionReason.TCB_INFO_MISMATCH,
                        "collateral",
                        "an entry for the quote's platform",
                        unavailable.detail());
            case QuoteCollateral.Answer.Usable usable -> verifier.verify(evidence, usable.collateral(), at);
        };
    }
}
