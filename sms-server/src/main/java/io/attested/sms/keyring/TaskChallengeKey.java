package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import java.util.Optional;

/**
 * The key with which a task's enclave signs its result.
 *
 * @param privateKey secp256k1 private key, 32 bytes big-endian
 * @param address Ethereum address of its public key: the task's {@code enclaveChallenge}
 */
public record TaskChallengeKey(SecretBytes privateKey, Address address) implements AutoCloseable {
    /** The address of a private key, or nothing when the bytes are none (secp256k1, 32 bytes big-endian). */
    public static Optional<Address> addressOf(SecretBytes privateKey) {
        return ChallengeKeys.addressOf(privateKey);
    }

    /** Wipes the private key. */
    @Override
    public void close() {
        privateKey.close();
    }
}
