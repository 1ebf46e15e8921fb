package io.attested.sms.secret;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Provenance;
import java.util.Optional;

/**
 * A correctly signed push.
 *
 * @param owner who signed it: the asset's owner at the head, or the wallet itself
 * @param challenge the 32-byte hash that was signed, which identifies the push (never the signature, which has twins)
 * @param provenance where the chain was read for it at the head: the asset's owner, or the word of a contract wallet;
 *     empty when the wallet's own key signed for itself
 * @param value stays the caller's, who closes it
 */
public record Push(SecretId id, Address owner, Bytes32 challenge, Optional<Provenance> provenance, SecretBytes value) {
    public Push {
        if (owner.isZero()) {
            throw new IllegalArgumentException("the zero address owns nothing");
        }
        if (!id.ownedOnChain() && !owner.equals(id.asset())) {
            throw new IllegalArgumentException("a wallet's secrets are pushed by that wallet");
        }
    }
}
