package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives collateral that passed every check that is possible without a quote.
 *
 * <p>Caller's duty: ask only for a platform on which a quote was proved to be made; {@link QuoteCollateral} does so. Dates are for
 * the verifier to judge again.
 */
public interface CollateralSource {
    /** Collateral for the platform, or why there is none now. May wait for a fetch, for a bounded time. */
    CollateralAnswer get(CollateralKey key);

    /** The newest root revocation list at hand that may be used at {@code at}, DER; asks nobody. */
    Optional<ByteString> rootCrl(Instant at);
}
