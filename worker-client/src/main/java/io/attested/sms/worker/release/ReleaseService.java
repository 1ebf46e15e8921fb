package io.attested.sms.worker.release;

/**
 * A service's native release, as its client sees it.
 *
 * <p>Nothing it answers is trusted: keys are compared with the launch, envelopes are verified and opened by the caller.
 */
public interface ReleaseService {
    /** {@code GET /v1/service}. Says nothing about the caller. */
    Answer<ServiceDescription> describe();

    /** {@code POST /v1/challenges}. */
    Answer<Challenge> ask(Authorization authorization, SignedAsk ask);

    /** {@code POST /v1/grants}. */
    Answer<Grant> redeem(Redemption redemption);
}
