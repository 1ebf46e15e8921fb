package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.SecretBytes;

/**
 * Where the root key comes from: 32 bytes under which every other key of the store is wrapped.
 *
 * <p>Guarantee: a key returned by either method is durable, that is, the next start gets the same one. Not guaranteed:
 * that it is the key of this store; the key-check record tells. The caller closes what it gets.
 */
public interface RootKeySource {
    /** Length of the root key in bytes. */
    int KEY_LENGTH = 32;

    /**
     * The key for a store that holds nothing yet: the one that is there (an earlier first start may have been cut off
     * after it), otherwise a new one.
     *
     * @throws RootKeyRefused when what is there cannot be trusted, or nothing can be created
     */
    SecretBytes forEmptyStore();

    /**
     * The key of a store that holds records. Never creates one.
     *
     * @throws RootKeyRefused when it is missing or cannot be trusted
     */
    SecretBytes forExistingStore();
}
