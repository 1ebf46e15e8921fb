package io.attested.sms.worker.evidence.tdx;

import io.attested.sms.worker.evidence.DomainMemory;
import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.MeasuredImage;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SeparateUser;
import io.attested.sms.worker.evidence.SoleUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Evidence of the trust domain this process runs in, through configfs-tsm (Linux 6.7 and later,
 * Documentation/ABI/testing/configfs-tsm-report).
 *
 * <p>The kernel takes report data when the file is closed and reports no error of that; only the entry's generation tells
 * whether it arrived and whether somebody else wrote in between. A quote may take some seconds: the driver asks the host and
 * looks for the answer once a second. The private memory must be a {@code tmpfs}: then it is the domain's memory, which
 * nothing outside can read.
 *
 * <p>Tested on a stand-in for these files; not run on TDX hardware.
 */
public final class TdxEvidence implements EvidenceSource {
    private static final int REPORT_DATA_LENGTH = 64;
    private static final int MAX_QUOTE = 128 * 1024;
    private static final int MAX_TEXT = 64;
    private static final int HEADER_LENGTH = 48;
    private static final int DESCRIPTOR_LENGTH = 6;
    private static final int REPORT_DATA_OFFSET = 520;
    private static final String PROVIDER = "tdx_guest";

    private final KernelFiles files;
    private final Path entry;
    private final KernelRegister register;
    private final Path privateMemory;

    /**
     * A source.
     *
     * @param entry a folder below {@code /sys/kernel/config/tsm/report}, the same for every boot stage of the domain
     * @param rtmr3 the driver's file {@code rtmr3:sha384}
     * @param privateMemory a {@code tmpfs} mount
     */
    public TdxEvidence(Path entry, Path rtmr3, Path privateMemory) {
        this(new LinuxFiles(), entry, rtmr3, privateMemory);
    }

    TdxEvidence(KernelFiles files, Path entry, Path rtmr3, Path privateMemory) {
        this.files = files;
        this.entry = entry;
        this.register = new KernelRegister(files, rtmr3);
        this.privateMemory = privateMemory;
    }

    @Override
    public ReportIdentity identity() {
        return new ReportIdentity.TrustDomain(register);
    }

    @Override
    public byte[] quote(byte[] reportData) throws IOException {
        if (reportData.length != REPORT_DATA_LENGTH) {
            throw new IllegalArgumentException("report data has 64 bytes");
        }
        return quoteInEntry(reportData);
    }

    /**
     * Makes the entry, of which the kernel has one by this name whatever a process sees of the other file systems, and keeps
     * it. The entry of a process that was killed stays: nobody can know what such a process left, so the domain is used up.
     */
    @Override
    public SoleUse soleUse() throws IOException {
        try {
            files.makeFolder(entry);
        } catch (FileAlreadyExistsException e) {
            return new SoleUse.Refused(
                    entry + " exists: another boot stage runs in this trust domain or was ended by force");
        }
        SoleUse memory = memoryOrRemoveEntry();
        return switch (memory) {
            case SoleUse.Held held ->
                new SoleUse.Held(() -> {
                    held.end().run();
                    files.removeFolder(entry);
                });
            case SoleUse.Refused refused -> {
                files.removeFolder(entry);
                yield refused;
            }
        };
    }

    private SoleUse memoryOrRemoveEntry() throws IOException {
        try {
            return new DomainMemory(privateMemory).take();
        } catch (IOException e) {
            files.removeFolder(entry);
            throw e;
        }
    }

    private byte[] quoteInEntry(byte[] reportData) throws IOException {
        String provider = text("provider");
        if (!provider.equals(PROVIDER)) {
            throw new IOException("reports are made by " + provider + ", expected " + PROVIDER);
        }
        long before = generation();
        files.write(entry.resolve("inblob"), reportData);
        requireGeneration(before + 1);
        byte[] quote = files.read(entry.resolve("outblob"), MAX_QUOTE);
        requireGeneration(before + 1);
        requireCarries(quote, reportData);
        return quote;
    }

    private long generation() throws IOException {
        String text = text("generation");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(entry.resolve("generation") + " holds no number", e);
        }
    }

    private void requireGeneration(long expected) throws IOException {
        long seen = generation();
        if (seen != expected) {
            throw new IOException(entry + " has generation " + seen + ", expected " + expected
                    + ": the report data did not arrive, or somebody else wrote to this entry");
        }
    }

    private static void requireCarries(byte[] quote, byte[] reportData) throws IOException {
        boolean described = quote.length > 1 && quote[0] == 5 && quote[1] == 0;
        int offset = HEADER_LENGTH + (described ? DESCRIPTOR_LENGTH : 0) + REPORT_DATA_OFFSET;
        if (quote.length < offset + REPORT_DATA_LENGTH
                || !Arrays.equals(quote, offset, offset + REPORT_DATA_LENGTH, reportData, 0, REPORT_DATA_LENGTH)) {
            throw new IOException("the kernel's quote does not carry the report data it was asked for");
        }
    }

    private String text(String name) throws IOException {
        return new String(files.read(entry.resolve(name), MAX_TEXT), StandardCharsets.US_ASCII).strip();
    }

    @Override
    public Optional<byte[]> collateral() {
        return Optional.empty();
    }

    @Override
    public Optional<MeasuredImage> measuredImage() {
        return Optional.empty();
    }

    @Override
    public Optional<SeparateUser> applicationUser() {
        return Optional.of(SeparateUser.OF_TRUST_DOMAIN);
    }

    @Override
    public Path privateMemory() {
        return privateMemory;
    }
}
