package io.attested.sms.release;

import io.attested.sms.chain.Bytes32;
import java.time.Instant;

/** Remembers which challenges were redeemed. */
public interface NonceBook {
    /**
     * Marks {@code nonce} as used, committed and durable when this returns.
     *
     * @param expiresAt from when on the nonce may be forgotten
     * @return whether it was unused; of several parallel calls exactly one is told so
     */
    boolean redeem(Bytes32 nonce, Instant expiresAt);
}
