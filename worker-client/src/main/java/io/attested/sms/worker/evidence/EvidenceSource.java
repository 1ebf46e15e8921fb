package io.attested.sms.worker.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The enclave or trust domain the boot stage runs in, as far as it can prove itself.
 *
 * <p>Guarantee expected of an adapter: {@link #identity()} is the identity every quote of {@link #quote} will carry, because
 * both come from the processor. The caller's duty: read the identity before anything else and start nothing that it does not
 * allow.
 */
public interface EvidenceSource {
    /** What the enclave's own report says it is; for a trust domain, the register that binds its launch. */
    ReportIdentity identity() throws IOException;

    /**
     * A quote over {@code reportData}.
     *
     * @param reportData 64 bytes
     */
    byte[] quote(byte[] reportData) throws IOException;

    /** The collateral a verifier needs, as one JSON object, when this place can provide it. It is not secret. */
    Optional<byte[]> collateral() throws IOException;

    /** The application that the measurement covers, when there is one. */
    Optional<MeasuredImage> measuredImage() throws IOException;

    /**
     * Takes the enclave for one task. The caller's duty: call it before anything else that follows, touch private memory
     * only while it is held, and end it.
     *
     * @throws IOException when it cannot be known
     */
    SoleUse soleUse() throws IOException;

    /** Whom the application runs as; nothing where another process cannot read the boot stage's memory anyway. */
    Optional<SeparateUser> applicationUser();

    /** An existing directory that only the enclave can read and write: the application runs from there. */
    Path privateMemory();

    /** Makes sources of one technology; found by {@link ServiceLoader} and chosen by name. */
    interface Provider {
        /** The name to choose it by; lower-case letters. */
        String name();

        /** Whether it takes a file of settings. */
        boolean takesOptions();

        /**
         * Opens the source.
         *
         * @param options a file of settings for technologies that have some
         * @throws IOException when this process does not run in such an enclave, or the settings cannot be read
         */
        EvidenceSource open(Optional<Path> options) throws IOException;
    }

    /** All providers on the class path, in the order of their names. */
    static List<Provider> providers() {
        return ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(java.util.Comparator.comparing(Provider::name))
                .collect(Collectors.toUnmodifiableList());
    }
}
