package io.attested.sms.worker.simulated;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.simulated.SimulatedTrustDomain;
import io.attested.sms.worker.evidence.DomainMemory;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.LaunchRegister;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A simulated trust domain as an evidence source: one domain, whose RTMR3 remembers every event. Its private memory is an
 * ordinary folder that its owner can read.
 */
public final class SimulatedDomainEvidence implements EvidenceSource, LaunchRegister {
    private final Path privateMemory;
    private SimulatedTrustDomain domain;

    /** A domain as it is now. */
    public SimulatedDomainEvidence(SimulatedTrustDomain domain, Path privateMemory) {
        this.domain = domain;
        this.privateMemory = privateMemory;
    }

    @Override
    public ReportIdentity identity() {
        return new ReportIdentity.TrustDomain(this);
    }

    @Override
    public ByteString value() {
        return domain.rtmr3();
    }

    @Override
    public void extend(LaunchEvent event) {
        domain = domain.extended(event);
    }

    @Override
    public byte[] quote(byte[] reportData) {
        return domain.quote(reportData);
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.of(domain.intel().tdxCollateral().toJson());
    }

    @Override
    public Optional<MeasuredImage> measuredImage() {
        return Optional.empty();
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return Optional.empty();
    }

    @Override
    public SoleUse soleUse() throws IOException {
        return new DomainMemory(privateMemory).take();
    }

    @Override
    public Path privateMemory() {
        return privateMemory;
    }
}
