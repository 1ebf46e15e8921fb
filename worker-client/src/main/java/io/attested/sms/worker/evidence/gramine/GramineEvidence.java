package io.attested.sms.worker.evidence.gramine;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.Bytes32;
import io.attested.sms.worker.evidence.ConfigId;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Evidence of a Gramine enclave, through the pseudo-files {@code my_target_info}, {@code target_info},
 * {@code user_report_data}, {@code report} and {@code quote} (Gramine documentation, "Attestation and Secret Provisioning").
 *
 * <p>The report targets the enclave itself, so its 432 bytes (Intel SDM volume 3D) name the enclave's own MRENCLAVE at byte
 * 64 and CONFIGID at byte 192. The measured image is described by a file that the Gramine manifest must list as trusted;
 * then MRENCLAVE covers it. The private memory must be mounted as {@code tmpfs} in the manifest: only then it is enclave
 * memory. Neither can be verified from inside.
 *
 * <p>Tested on files of the same shape; not run on SGX hardware.
 */
public final class GramineEvidence implements EvidenceSource {
    private static final int REPORT_LENGTH = 432;
    private static final int TARGET_INFO_LENGTH = 512;
    private static final int REPORT_DATA_LENGTH = 64;
    private static final int MR_ENCLAVE_OFFSET = 64;
    private static final int CONFIG_ID_OFFSET = 192;
    private static final int CONFIG_ID_LENGTH = 64;
    private static final int MAX_QUOTE = 65_536;
    private static final Set<String> IMAGE_MEMBERS = Set.of("serviceKey", "applicationDirectory", "entrypoint");

    private final Path attestation;
    private final Path imageDescription;
    private final Path privateMemory;

    /**
     * A source.
     *
     * @param attestation {@code /dev/attestation} in an enclave
     * @param imageDescription trusted file describing the measured image; need not exist
     * @param privateMemory a {@code tmpfs} mount
     */
    public GramineEvidence(Path attestation, Path imageDescription, Path privateMemory) {
        this.attestation = attestation;
        this.imageDescription = imageDescription;
        this.privateMemory = privateMemory;
    }

    @Override
    public ReportIdentity identity() throws IOException {
        write("target_info", read("my_target_info", TARGET_INFO_LENGTH));
        write("user_report_data", new byte[REPORT_DATA_LENGTH]);
        byte[] report = read("report", REPORT_LENGTH);
        return new ReportIdentity.Enclave(
                Bytes32.of(Arrays.copyOfRange(report, MR_ENCLAVE_OFFSET, MR_ENCLAVE_OFFSET + Bytes32.LENGTH)),
                ConfigId.of(Arrays.copyOfRange(report, CONFIG_ID_OFFSET, CONFIG_ID_OFFSET + CONFIG_ID_LENGTH)));
    }

    @Override
    public byte[] quote(byte[] reportData) throws IOException {
        if (reportData.length != REPORT_DATA_LENGTH) {
            throw new IllegalArgumentException("report data has 64 bytes");
        }
        write("user_report_data", reportData);
        try (var in = Files.newInputStream(attestation.resolve("quote"))) {
            byte[] quote = in.readNBytes(MAX_QUOTE);
            if (quote.length == 0) {
                throw new IOException(attestation.resolve("quote") + " is empty, expected a quote; the manifest needs "
                        + "sgx.remote_attestation = \"dcap\"");
            }
            return quote;
        }
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.empty();
    }

    @Override
    public Optional<MeasuredImage> measuredImage() throws IOException {
        if (!Files.exists(imageDescription)) {
            return Optional.empty();
        }
        try {
            StrictJson image =
                    StrictJson.parse(imageDescription.toString(), Files.readAllBytes(imageDescription), IMAGE_MEMBERS);
            return Optional.of(new MeasuredImage(
                    image.parsed("serviceKey", "0x and 64 hex digits", ServiceKey::parse),
                    Path.of(image.text("applicationDirectory")),
                    image.text("entrypoint")));
        } catch (MalformedJsonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Each process is an enclave of its own, with its own memory. */
    @Override
    public SoleUse soleUse() {
        return new SoleUse.Held(() -> {});
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return Optional.empty();
    }

    @Override
    public Path privateMemory() {
        return privateMemory;
    }

    private byte[] read(String name, int length) throws IOException {
        try (var in = Files.newInputStream(attestation.resolve(name))) {
            byte[] content = in.readNBytes(length + 1);
            if (content.length != length) {
                throw new IOException(
                        attestation.resolve(name) + " has " + (content.length > length ? "more than " : "")
                                + Math.min(content.length, length) + " bytes, expected " + length);
            }
            return content;
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(attestation.resolve(name), content, StandardOpenOption.WRITE);
    }
}
