package io.attested.sms.worker.simulated;

import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A simulated enclave as an evidence source. Its private memory is an ordinary folder that its owner can read.
 *
 * @param enclave what it is
 * @param measuredImage what its measurement is said to cover
 * @param privateMemory an existing folder
 */
public record SimulatedEvidence(SimulatedEnclave enclave, Optional<MeasuredImage> measuredImage, Path privateMemory)
        implements EvidenceSource {
    @Override
    public ReportIdentity identity() {
        return new ReportIdentity.Enclave(
                Bytes32.of(enclave.mrEnclave().toByteArray()),
                ConfigId.of(enclave.configId().toByteArray()));
    }

    @Override
    public byte[] quote(byte[] reportData) {
        return enclave.quote(reportData);
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.of(enclave.intel().collateral().toJson());
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return Optional.empty();
    }

    @Override
    public SoleUse soleUse() {
        return new SoleUse.Held(() -> {});
    }
}
