package io.attested.sms.worker.boot;

import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** An enclave whose quotes are a label, its CONFIGID and the report data: enough for a service that only looks at these. */
public final class FakeEnclave implements EvidenceSource {
    static final byte[] LABEL = "fake-quote:".getBytes(StandardCharsets.US_ASCII);

    private final ConfigId configId;
    private final Path privateMemory;
    private final Optional<MeasuredImage> image;

    public FakeEnclave(ConfigId configId, Path privateMemory, Optional<MeasuredImage> image) {
        this.configId = configId;
        this.privateMemory = privateMemory;
        this.image = image;
    }

    @Override
    public ReportIdentity identity() {
        return new ReportIdentity.Enclave(Bytes32.of(new byte[32]), configId);
    }

    @Override
    public byte[] quote(byte[] reportData) throws IOException {
        ByteArrayOutputStream quote = new ByteArrayOutputStream();
        quote.write(LABEL);
        quote.write(HexFormat.of().parseHex(configId.hex()));
        quote.write(reportData);
        return quote.toByteArray();
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.of("{\"tcbInfo\":{}}".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<MeasuredImage> measuredImage() {
        return image;
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return Optional.empty();
    }

    @Override
    public SoleUse soleUse() {
        return new SoleUse.Held(() -> {});
    }

    @Override
    public Path privateMemory() {
        return privateMemory;
    }
}
