package io.attested.sms.worker.evidence.tdx;

import io.attested.sms.worker.evidence.EvidenceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens {@link TdxEvidence} where Linux puts it. Takes no options: the host could choose them. */
public final class TdxProvider implements EvidenceSource.Provider {
    private static final Path REPORTS = Path.of("/sys/kernel/config/tsm/report");
    private static final Path RTMR3 = Path.of("/sys/class/misc/tdx_guest/measurements/rtmr3:sha384");
    private static final Path PRIVATE_MEMORY = Path.of("/run/sms");

    @Override
    public String name() {
        return "tdx";
    }

    @Override
    public boolean takesOptions() {
        return false;
    }

    @Override
    public EvidenceSource open(Optional<Path> options) throws IOException {
        if (options.isPresent()) {
            throw new IOException("the evidence \"tdx\" takes no options; leave --evidence-options out");
        }
        require(Files.isDirectory(REPORTS), REPORTS, "Linux 6.7 or later with configfs mounted");
        require(Files.exists(RTMR3), RTMR3, "Linux 6.16 or later with the driver tdx_guest");
        require(Files.isDirectory(PRIVATE_MEMORY), PRIVATE_MEMORY, "a tmpfs mounted there for this process alone");
        Path entry = REPORTS.resolve("sms-" + ProcessHandle.current().pid());
        return new TdxEvidence(entry, RTMR3, PRIVATE_MEMORY);
    }

    private static void require(boolean there, Path file, String expected) throws IOException {
        if (!there) {
            throw new IOException(
                    "this is no TDX trust domain that can prove itself: " + file + " is missing; it takes " + expected);
        }
    }
}
