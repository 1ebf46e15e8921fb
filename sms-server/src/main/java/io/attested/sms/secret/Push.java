package io.attested.sms.secret;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;

/**
 * A correctly signed push.
 *
 * @param owner who signed it: the asset's owner at the head, or the wallet itself
 * @param challenge the 32-byte hash that was signed, which identifies the push (never the signature, which has twins)
 * @param value stays the caller's, who closes it
 */
public record Push(SecretId id, Address owner, Bytes32 challenge, SecretBytes value) {
    public Push {
        if (owner.isZero()) {
            throw new IllegalArgumentException("the zero address owns nothing");
        }
        if (!id.ownedOnChain() && !owner.equals(id.asset())) {
            throw new IllegalArgumentException("a wallet's secrets are pushed by that wallet");
        }
    }
}
