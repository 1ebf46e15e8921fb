package io.attested.sms.task;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Bytes32;
import java.util.Optional;

/** What an app's developer registered on chain as its code: the fingerprint in the sense of the native protocol. */
public sealed interface RegisteredCode {

    /**
     * A three-part fingerprint: code that many applications may share, and one application's tree.
     *
     * @param mrEnclave 32 bytes
     * @param fspfKey 32 bytes
     * @param fspfTag 16 bytes
     */
    record Fingerprint(
            ByteString mrEnclave,
            ByteString fspfKey,
            ByteString fspfTag,
            Optional<String> entrypoint,
            Optional<String> version)
            implements RegisteredCode {}

    /**
     * A bare measurement: the image itself covers its files and the service key.
     *
     * @param mrEnclave 32 bytes
     */
    record MeasuredImage(ByteString mrEnclave, String entrypoint, String version) implements RegisteredCode {}

    /** A trust domain's image, known by its checksum only. */
    record TrustDomain(Bytes32 checksum) implements RegisteredCode {}

    /**
     * Nothing is registered, or nothing that can be read.
     *
     * @param configurationInvalid whether a JSON configuration stands there but breaks its rules
     * @param reason what was expected and what stands there
     */
    record Unreadable(boolean configurationInvalid, String reason) implements RegisteredCode {}

    /** The version of the worker's pipeline the configuration asks for; plain fingerprints name none. */
    default Optional<String> pipelineVersion() {
        return switch (this) {
            case Fingerprint fingerprint -> fingerprint.version();
            case MeasuredImage image -> Optional.of(image.version());
            case TrustDomain ignored -> Optional.empty();
            case Unreadable ignored -> Optional.empty();
        };
    }
}
