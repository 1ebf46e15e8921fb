package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.audit.HeadSigner;
import io.attested.sms.chain.Bytes32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The Ed25519 key by which enclaves and auditors know this service. It signs and does not leave this class. */
public final class ServiceKey implements HeadSigner {
    private final SecretBytes seed;
    private final Bytes32 publicKey;

    ServiceKey(SecretBytes seed) {
        this.seed = seed;
        this.publicKey = Bytes32.of(ServiceSignature.publicKey(seed));
    }

    /** The public key, 32 bytes (RFC 8032). */
    public Bytes32 publicKey() {
        return publicKey;
    }

    /** SHA-256 of the public key: the salt of the service's EIP-712 domain. */
    public Bytes32 serviceId() {
        try {
            return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(publicKey.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Signature (64 bytes) over an envelope and the quote it answers, native protocol section 4. */
    public byte[] signEnvelope(byte[] quote, SealedBytes sealed) {
        return ServiceSignature.signEnvelope(seed, quote, sealed);
    }

    /** Signature (64 bytes) over {@code domain ‖ 0 ‖ statement}. */
    @Override
    public byte[] sign(String domain, byte[] statement) {
        return ServiceSignature.sign(seed, domain, statement);
    }

    /** Whether {@code signature} is this service's over {@code domain ‖ 0 ‖ statement}. */
    @Override
    public boolean verifies(String domain, byte[] statement, byte[] signature) {
        return ServiceSignature.verifies(publicKey.bytes(), domain, statement, signature);
    }
}
