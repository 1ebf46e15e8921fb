package io.attested.sms.worker.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An evidence source whose collateral the host supplies.
 *
 * <p>Collateral is signed by the platform's vendor and dated; the service verifies all of it, so a host gains nothing by
 * supplying another one.
 *
 * @param source everything else
 * @param json one JSON object; not secret
 */
@SuppressWarnings("ArrayRecordComponent")
public record CollateralFromHost(EvidenceSource source, byte[] json) implements EvidenceSource {
    @Override
    public ReportIdentity identity() throws IOException {
        return source.identity();
    }

    @Override
    public byte[] quote(byte[] reportData) throws IOException {
        return source.quote(reportData);
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.of(json.clone());
    }

    @Override
    public Optional<MeasuredImage> measuredImage() throws IOException {
        return source.measuredImage();
    }

    @Override
    public SoleUse soleUse() throws IOException {
        return source.soleUse();
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return source.applicationUser();
    }

    @Override
    public Path privateMemory() {
        return source.privateMemory();
    }
}
