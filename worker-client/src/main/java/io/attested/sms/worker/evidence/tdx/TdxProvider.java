package io.attested.sms.worker.evidence.tdx;

import io.attested.sms.worker.evidence.EvidenceSource;
import io.attested.sms.worker.evidence.SeparateUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens {@link TdxEvidence} where Linux puts it. Takes no options: the host could choose them. */
public final class TdxProvider implements EvidenceSource.Provider {
    private static final Path REPORTS = Path.of("/sys/kernel/config/tsm/report");

    /** One name for all: making it twice is what the kernel refuses. */
    private static final Path ENTRY = REPORTS.resolve("sms");

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
        requireSeparation(MemoryFolder.of(PRIVATE_MEMORY));
        return new TdxEvidence(ENTRY, RTMR3, PRIVATE_MEMORY);
    }

    private static void requireSeparation(MemoryFolder folder) throws IOException {
        Optional<String> objection = folder.objection();
        if (objection.isPresent()) {
            throw new IOException(PRIVATE_MEMORY + " is not private memory: " + objection.get());
        }
        Path setpriv = SeparateUser.OF_TRUST_DOMAIN.setpriv();
        if (folder.self() != 0 || !Files.isExecutable(setpriv)) {
            throw new IOException(
                    "the application must run as another user than the boot stage, which takes user 0 and " + setpriv
                            + " (util-linux); this is user " + folder.self());
        }
    }

    private static void require(boolean there, Path file, String expected) throws IOException {
        if (!there) {
            throw new IOException(
                    "this is no TDX trust domain that can prove itself: " + file + " is missing; it takes " + expected);
        }
    }
}
