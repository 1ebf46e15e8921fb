package io.attested.sms.release;

import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import java.time.InstantSource;
import java.util.Optional;

/** Reads challenges back and makes sure that each is redeemed once. */
final class ChallengeBook {
    private final ChallengeMint mint;
    private final NonceBook nonces;
    private final InstantSource clock;

    ChallengeBook(ChallengeMint mint, NonceBook nonces, InstantSource clock) {
        this.mint = mint;
        this.nonces = nonces;
        this.clock = clock;
    }

    sealed interface Reading {}

    record Valid(ChallengeToken token) implements Reading {}

    record Invalid(Refusal refusal) implements Reading {}

    /** Whether the text is a challenge of this service that has not expired. */
    Reading read(String text) {
        Optional<ChallengeToken> token = mint.read(text);
        if (token.isEmpty()) {
            return new Invalid(new Refusal(
                    RefusalCode.EVIDENCE_CHALLENGE_UNKNOWN,
                    "the challenge was not made by this service; ask for one with POST /v1/challenges"));
        }
        if (!clock.instant().isBefore(token.get().expiresAt())) {
            return new Invalid(new Refusal(
                    RefusalCode.EVIDENCE_CHALLENGE_EXPIRED,
                    "the challenge expired at " + token.get().expiresAt() + "; ask for a new one"));
        }
        return new Valid(token.get());
    }

    /** Marks the challenge as used, durably; a refusal when it was used before, also by a request running now. */
    Optional<Refusal> redeem(ChallengeToken token) {
        return nonces.redeem(token.nonce(), token.expiresAt())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RefusalCode.EVIDENCE_CHALLENGE_USED,
                        "the challenge was redeemed before; evidence is single use, ask for a new challenge"));
    }
}
