package io.attested.sms.worker.evidence.gramine;

import io.attested.sms.worker.evidence.EvidenceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens {@link GramineEvidence} where Gramine puts it. Takes no options: the host could choose them. */
public final class GramineProvider implements EvidenceSource.Provider {
    private static final Path ATTESTATION = Path.of("/dev/attestation");
    private static final Path IMAGE = Path.of("/sms-image.json");
    private static final Path PRIVATE_MEMORY = Path.of("/tmp");

    @Override
    public String name() {
        return "gramine";
    }

    @Override
    public boolean takesOptions() {
        return false;
    }

    @Override
    public EvidenceSource open(Optional<Path> options) throws IOException {
        if (options.isPresent()) {
            throw new IOException("the evidence \"gramine\" takes no options; leave --evidence-options out");
        }
        if (!Files.exists(ATTESTATION.resolve("my_target_info"))) {
            throw new IOException(
                    "this is no Gramine SGX enclave: " + ATTESTATION + " has no my_target_info. Start the "
                            + "boot stage with gramine-sgx and sgx.remote_attestation = \"dcap\"");
        }
        return new GramineEvidence(ATTESTATION, IMAGE, PRIVATE_MEMORY);
    }
}
