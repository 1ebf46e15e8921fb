package io.attested.sms.keyring;

import io.attested.sms.chain.Address;

/**
 * What a sealed record is; authenticated with it, so that a record put in another one's place does not open. The
 * keyring adds its {@link KeyScope}.
 *
 * @param kind word of the kind of secret
 * @param asset dataset, app or wallet the secret belongs to
 * @param owner who pushed it
 * @param name name within the asset, empty where the kind has only one
 * @param version 1 for the first value, one more with each replacement
 */
public record AssociatedData(String kind, Address asset, Address owner, String name, long version) {
    private static final String DOMAIN = "sms-secret/1";

    /** The part says which of the two ciphertexts of a record is meant: the wrapped data key or the value. */
    byte[] encode(KeyScope scope, String part) {
        return new LengthPrefixed(DOMAIN)
                .add(part)
                .add(scope)
                .add(kind)
                .add(asset.bytes())
                .add(owner.bytes())
                .add(name)
                .add(version)
                .bytes();
    }
}
