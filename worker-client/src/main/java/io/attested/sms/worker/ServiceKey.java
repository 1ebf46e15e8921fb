package io.attested.sms.worker;

import io.attested.sms.worker.ethereum.Bytes32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The Ed25519 public key of a service, 32 bytes: the one name by which an enclave knows it.
 *
 * @param value the key's bytes
 */
public record ServiceKey(Bytes32 value) {
    /** Reads 64 hex digits, with or without {@code 0x}. */
    public static Optional<ServiceKey> parse(String text) {
        return Bytes32.parse(text).map(ServiceKey::new);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return value.bytes();
    }

    /** {@code serviceId = SHA-256(serviceKey)}, native protocol section 2. */
    public Bytes32 serviceId() {
        try {
            return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
