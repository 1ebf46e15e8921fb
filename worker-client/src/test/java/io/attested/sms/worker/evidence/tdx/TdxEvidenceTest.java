package io.attested.sms.worker.evidence.tdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.binding.LaunchEvent;
import io.attested.sms.attestation.binding.TdxLaunch;
import io.attested.sms.worker.evidence.DomainMemory;
import io.attested.sms.worker.evidence.LaunchRegister;
import io.attested.sms.worker.evidence.ReportIdentity;
import io.attested.sms.worker.evidence.SoleUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against a stand-in that behaves as the kernel's files are described: counters, delivery at close. */
class TdxEvidenceTest {
    private static final Path ENTRY = Path.of("/tsm/report/sms-1");
    private static final Path RTMR3 = Path.of("/measurements/rtmr3:sha384");
    private static final byte[] REPORT_DATA = filled(64, 9);

    private final FakeKernel kernel = new FakeKernel();

    @TempDir
    Path privateMemory;

    private TdxEvidence evidence;

    @BeforeEach
    void open() {
        evidence = another();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void quoteIsReadAfterTheReportDataArrivedAndTheEntryIsRemoved(int version) throws IOException {
        kernel.version = version;
        assertThat(evidence.quote(REPORT_DATA)).hasSize(5000);
        assertThat(kernel.calls)
                .containsExactly("provider", "generation", "write inblob", "generation", "outblob", "generation");
    }

    @Test
    void soleUseKeepsTheEntryUntilItsEnd() throws IOException {
        SoleUse.Held held = (SoleUse.Held) evidence.soleUse();
        assertThat(kernel.folders).containsExactly(ENTRY);
        assertThat(another().soleUse())
                .isInstanceOfSatisfying(
                        SoleUse.Refused.class,
                        refused -> assertThat(refused.reason()).contains("another boot stage"));
        assertThat(kernel.folders).containsExactly(ENTRY);
        held.end().run();
        assertThat(kernel.folders).isEmpty();
        assertThat(another().soleUse()).isInstanceOf(SoleUse.Held.class);
    }

    @Test
    void soleUseWhereAKilledProcessLeftItsEntryThenRefused() throws IOException {
        kernel.folders.add(ENTRY);
        assertThat(evidence.soleUse()).isInstanceOf(SoleUse.Refused.class);
    }

    @Test
    void soleUseWhereFilesAreLeftThenRefusedAndTheEntryIsRemoved() throws IOException {
        Files.writeString(privateMemory.resolve("dataset"), "left");
        assertThat(evidence.soleUse())
                .isInstanceOfSatisfying(
                        SoleUse.Refused.class,
                        refused -> assertThat(refused.reason()).contains("files of another task"));
        assertThat(kernel.folders).isEmpty();
    }

    @Test
    void soleUseWhereTheLockIsALinkThenFails() throws IOException {
        Files.createSymbolicLink(privateMemory.resolve(DomainMemory.LOCK), privateMemory.resolve("elsewhere"));
        assertThatThrownBy(evidence::soleUse).isInstanceOf(IOException.class);
        assertThat(kernel.folders).isEmpty();
    }

    @Test
    void memoryFolderIsATmpfsOfTheOwnUserForItAlone() {
        Set<PosixFilePermission> mode700 = PosixFilePermissions.fromString("rwx------");
        assertThat(new MemoryFolder("tmpfs", false, 0, 0, mode700).objection()).isEmpty();
        assertThat(new MemoryFolder("ext4", false, 0, 0, mode700).objection().orElseThrow())
                .contains("ext4");
        assertThat(new MemoryFolder("tmpfs", true, 0, 0, mode700).objection().orElseThrow())
                .contains("link");
        assertThat(new MemoryFolder("tmpfs", false, 7, 0, mode700).objection().orElseThrow())
                .contains("user 7");
        for (String wider : List.of("rwx--x---", "rwx-----x", "rwxr-----", "rwx----w-")) {
            assertThat(new MemoryFolder("tmpfs", false, 0, 0, PosixFilePermissions.fromString(wider))
                            .objection()
                            .orElseThrow())
                    .contains(wider);
        }
    }

    @Test
    void memoryFolderIsReadFromTheOperatingSystem() throws IOException {
        Files.setPosixFilePermissions(privateMemory, PosixFilePermissions.fromString("rwxr-x---"));
        MemoryFolder seen = MemoryFolder.of(privateMemory);
        assertThat(seen.link()).isFalse();
        assertThat(seen.owner()).isEqualTo(seen.self());
        assertThat(seen.permissions()).isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(seen.fileSystem())
                .isEqualTo(Files.getFileStore(privateMemory).type());
        Path link = Files.createSymbolicLink(privateMemory.resolve("link"), privateMemory);
        assertThat(MemoryFolder.of(link).link()).isTrue();
    }

    private TdxEvidence another() {
        return new TdxEvidence(kernel, ENTRY, RTMR3, privateMemory);
    }

    @Test
    void quoteWhenAnotherProviderMakesReportsThenRefused() {
        kernel.provider = "sev_guest\n";
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("sev_guest");
        assertThat(kernel.calls).doesNotContain("write inblob");
    }

    @Test
    void quoteWhenTheReportDataDidNotArriveThenRefused() {
        kernel.loses = true;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("did not arrive");
        assertThat(kernel.calls).doesNotContain("outblob");
    }

    @Test
    void quoteWhenSomebodyElseWritesThenRefused() {
        kernel.interferes = true;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("somebody else");
    }

    @ParameterizedTest
    @ValueSource(ints = {520, 583})
    void quoteWithOtherReportDataThenRefused(int offset) {
        kernel.flipped = 48 + offset;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("does not carry");
    }

    @Test
    void quoteTooShortOrTooLongThenRefused() {
        kernel.length = 48 + 520 + 63;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("does not carry");
        kernel.length = 0;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("does not carry");
        kernel.length = 128 * 1024 + 1;
        assertThatThrownBy(() -> evidence.quote(REPORT_DATA)).hasMessageContaining("more than");
    }

    @Test
    void registerIsExtendedByWritingTheDigest() throws IOException {
        LaunchRegister rtmr3 = ((ReportIdentity.TrustDomain) evidence.identity()).rtmr3();
        assertThat(rtmr3.value().isZero()).isTrue();
        List<LaunchEvent> events = TdxLaunch.events(filled(32, 1), filled(32, 2));
        for (LaunchEvent event : events) {
            rtmr3.extend(event);
        }
        assertThat(rtmr3.value()).isEqualTo(TdxLaunch.replay(events));
    }

    @Test
    void registerOfAnotherLengthThenRefused() {
        kernel.register = new byte[47];
        LaunchRegister rtmr3 = ((ReportIdentity.TrustDomain) evidence.identity()).rtmr3();
        assertThatThrownBy(rtmr3::value).isInstanceOf(IOException.class).hasMessageContaining("expected 48");
    }

    @Test
    void linuxFilesAreNeitherMadeNorCut(@TempDir Path folder) throws IOException {
        LinuxFiles files = new LinuxFiles();
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> files.write(file, new byte[1])).isInstanceOf(IOException.class);
        Files.write(file, filled(4, 1));
        files.write(file, filled(2, 2));
        assertThat(files.read(file, 4)).containsExactly(2, 2, 1, 1);
        assertThatThrownBy(() -> files.read(file, 3)).hasMessageContaining("more than 3");
        files.makeFolder(folder.resolve("entry"));
        assertThatThrownBy(() -> files.makeFolder(folder.resolve("entry"))).isInstanceOf(IOException.class);
        files.removeFolder(folder.resolve("entry"));
        assertThat(folder.resolve("entry")).doesNotExist();
    }

    @Test
    void providerRefusesOptionsAndPlacesThatAreNoTrustDomain(@TempDir Path folder) {
        TdxProvider provider = new TdxProvider();
        assertThat(provider.takesOptions()).isFalse();
        assertThatThrownBy(() -> provider.open(Optional.of(folder))).hasMessageContaining("no options");
        assertThatThrownBy(() -> provider.open(Optional.empty())).hasMessageContaining("no TDX trust domain");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Counts a generation for each write that arrives; makes quotes that carry the report data; extends the register. */
    private static final class FakeKernel implements KernelFiles {
        private final List<String> calls = new ArrayList<>();
        private final Set<Path> folders = new HashSet<>();
        private String provider = "tdx_guest\n";
        private int version = 4;
        private int length = 5000;
        private int flipped = -1;
        private boolean loses;
        private boolean interferes;
        private long generation = 41;
        private byte[] reportData = new byte[0];
        private byte[] register = new byte[48];

        @Override
        public byte[] read(Path file, int max) throws IOException {
            if (file.equals(RTMR3)) {
                return register.clone();
            }
            String name = file.getFileName().toString();
            calls.add(name);
            byte[] content = switch (name) {
                case "provider" -> provider.getBytes(StandardCharsets.US_ASCII);
                case "generation" -> (generation + "\n").getBytes(StandardCharsets.US_ASCII);
                default -> quote();
            };
            if (content.length > max) {
                throw new IOException(file + " has more than " + max + " bytes");
            }
            return content;
        }

        private byte[] quote() {
            generation += interferes ? 1 : 0;
            byte[] quote = new byte[Math.max(length, 1000)];
            quote[0] = (byte) version;
            System.arraycopy(reportData, 0, quote, (version == 5 ? 54 : 48) + 520, reportData.length);
            if (flipped >= 0) {
                quote[flipped] ^= 1;
            }
            return Arrays.copyOf(quote, length);
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            if (file.equals(RTMR3)) {
                register = sha384(register, content);
                return;
            }
            calls.add("write " + file.getFileName());
            if (!loses) {
                reportData = content.clone();
                generation++;
            }
        }

        private static byte[] sha384(byte[] register, byte[] digest) {
            try {
                MessageDigest sha384 = MessageDigest.getInstance("SHA-384");
                sha384.update(register);
                return sha384.digest(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            if (!folders.add(folder)) {
                throw new FileAlreadyExistsException(folder.toString());
            }
        }

        @Override
        public void removeFolder(Path folder) {
            folders.remove(folder);
        }
    }

    @Test
    void standInExtendsAsTheProcessorDoes() {
        assertThat(ByteString.copyOf(FakeKernel.sha384(
                        new byte[48], LaunchEvent.ready().digest().toByteArray())))
                .isEqualTo(TdxLaunch.replay(List.of(LaunchEvent.ready())));
    }
}
