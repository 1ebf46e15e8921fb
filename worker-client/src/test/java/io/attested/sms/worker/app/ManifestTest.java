package io.attested.sms.worker.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeRefusal.Reason;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String LAUNCH = "{\"program\":\"bin/app\",\"arguments\":[\"-q\",\"\u00e9\"]}";

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void tree() throws IOException {
        root = Files.createDirectory(temporary.resolve("tree"));
        write("bin/app", "#!/bin/sh\n", 0755);
        write("data", "42", 0644);
        write(LaunchLine.FILE, LAUNCH, 0644);
        Files.createSymbolicLink(root.resolve("bin/latest"), Path.of("../data"));
        mode("bin", 0750);
    }

    @Test
    void bytesAreTheCanonicalForm() throws Exception {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(buffer);
        out.write("sms-manifest/1\0".getBytes(UTF_8));
        out.writeInt(5);
        entry(out, 'd', "bin", 0750, new byte[0], false);
        entry(out, 'f', "bin/app", 0755, "#!/bin/sh\n".getBytes(UTF_8), true);
        entry(out, 'l', "bin/latest", 0777, "../data".getBytes(UTF_8), true);
        entry(out, 'f', "data", 0644, "42".getBytes(UTF_8), true);
        entry(out, 'f', LaunchLine.FILE, 0644, LAUNCH.getBytes(UTF_8), true);
        out.writeInt(3);
        text(out, "bin/app");
        text(out, "-q");
        text(out, "\u00e9");
        assertThat(manifest().bytes()).isEqualTo(buffer.toByteArray());
    }

    @Test
    void fingerprintPartsAreThoseOfTheProtocol() throws Exception {
        byte[] manifest = manifest().bytes();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("sms-fspf/1\0".getBytes(UTF_8));
        byte[] key = digest.digest(manifest);
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256"));
        String tag = HexFormat.of().formatHex(mac.doFinal(manifest), 0, 16);
        FingerprintParts parts = manifest().fingerprintParts();
        assertThat(parts).isEqualTo(new FingerprintParts(Bytes32.of(key), tag));
        Bytes32 mrEnclave = Bytes32.of(new byte[32]);
        assertThat(parts.fingerprint(mrEnclave))
                .isEqualTo("0".repeat(64) + "|" + HexFormat.of().formatHex(key) + "|" + tag);
    }

    @Test
    void configIdDependsOnTheServiceKey() throws IOException {
        FingerprintParts parts = manifest().fingerprintParts();
        assertThat(parts.configId(serviceKey("11"))).hasSize(64).isNotEqualTo(parts.configId(serviceKey("12")));
    }

    @Test
    void entriesAreSortedByUnsignedBytesOfTheWholePath() throws Exception {
        write("a/x", "", 0644);
        write("a-b", "", 0644);
        write("z", "", 0644);
        shell("touch \"$(printf '\\303\\251')\"");
        String bytes = new String(manifest().bytes(), UTF_8);
        // '-' is 0x2d, '/' is 0x2f: the sibling comes between the directory and its content.
        assertThat(bytes.indexOf("a-b")).isLessThan(bytes.indexOf("a/x"));
        assertThat(bytes.indexOf("\u00e9")).isGreaterThan(bytes.indexOf("sms-launch.json"));
    }

    @Test
    void copyGivesTheSameManifestAndTheSameTree() throws IOException {
        Path into = Files.createDirectory(temporary.resolve("copy"));
        FingerprintParts ofCopy = made(ApplicationTree.copy(root, into)).fingerprintParts();
        assertThat(ofCopy).isEqualTo(manifest().fingerprintParts());
        assertThat(made(ApplicationTree.measure(into)).fingerprintParts()).isEqualTo(ofCopy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content", "mode", "directory mode", "added", "removed", "renamed", "retargeted", "launch"})
    void fingerprintWhenAnythingChangesThenDiffers(String change) throws IOException {
        FingerprintParts before = manifest().fingerprintParts();
        change(change);
        FingerprintParts after = manifest().fingerprintParts();
        assertThat(after.fspfKey()).isNotEqualTo(before.fspfKey());
        assertThat(after.fspfTag()).isNotEqualTo(before.fspfTag());
    }

    private void change(String what) throws IOException {
        switch (what) {
            case "content" -> write("data", "43", 0644);
            case "mode" -> mode("data", 0640);
            case "directory mode" -> mode("bin", 0755);
            case "added" -> write("extra", "", 0644);
            case "removed" -> Files.delete(root.resolve("data"));
            case "renamed" -> Files.move(root.resolve("data"), root.resolve("Data"));
            case "retargeted" -> {
                Files.delete(root.resolve("bin/latest"));
                Files.createSymbolicLink(root.resolve("bin/latest"), Path.of("../Data"));
            }
            case "launch" -> write(LaunchLine.FILE, LAUNCH.replace("-q", "-v"), 0644);
            default -> throw new IllegalArgumentException(what);
        }
    }

    @Test
    void fingerprintDoesNotDependOnTimes() throws IOException {
        FingerprintParts before = manifest().fingerprintParts();
        Files.setLastModifiedTime(root.resolve("data"), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(manifest().fingerprintParts()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../outside", "../bin/../../outside", "latest/../../..", "/", "../.."})
    void linkWhenItLeavesTheTreeOrCouldThenRefused(String target) throws IOException {
        Files.createSymbolicLink(root.resolve("bin/out"), Path.of(target));
        assertThat(refusal()).isEqualTo(new TreeRefusal(Reason.LINK_OUT_OF_TREE, "bin/out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../data", "app", "./app", "../missing", "../bin/app"})
    void linkWhenItStaysInTheTreeThenAccepted(String target) throws IOException {
        Files.createSymbolicLink(root.resolve("bin/in"), Path.of(target));
        assertThat(manifest().bytes()).isNotEmpty();
    }

    @Test
    void pipeIsRefused() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(refusal()).isEqualTo(new TreeRefusal(Reason.SPECIAL_FILE, "pipe"));
    }

    @Test
    void socketIsRefused() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
            assertThat(refusal()).isEqualTo(new TreeRefusal(Reason.SPECIAL_FILE, "socket"));
        }
    }

    @Test
    void namesThatDifferOnlyInNormalisationAreRefused() throws Exception {
        shell("touch \"$(printf 'caf\\303\\251')\" \"$(printf 'cafe\\314\\201')\"");
        assertThat(refusal().reason()).isEqualTo(Reason.NAMES_DIFFER_IN_NORMALISATION);
    }

    @Test
    void nameThatIsNotUtf8IsRefused() throws Exception {
        shell("touch \"$(printf 'caf\\351')\"");
        assertThat(refusal().reason()).isEqualTo(Reason.NAME_NOT_UTF8);
    }

    @Test
    void linkTargetThatIsNotUtf8IsRefused() throws Exception {
        shell("ln -s \"$(printf 'caf\\351')\" link");
        assertThat(refusal()).isEqualTo(new TreeRefusal(Reason.NAME_NOT_UTF8, "link"));
    }

    @Test
    void launchLineWhenMissingThenRefused() throws IOException {
        Files.delete(root.resolve(LaunchLine.FILE));
        assertThat(refusal().reason()).isEqualTo(Reason.LAUNCH_LINE_MISSING);
    }

    @Test
    void launchLineWhenTheProgramIsNotInTheTreeThenRefused() throws IOException {
        Files.delete(root.resolve("bin/app"));
        assertThat(refusal()).isEqualTo(new TreeRefusal(Reason.PROGRAM_MISSING, "bin/app"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{}",
                "[]",
                "{\"program\":1}",
                "{\"program\":\"\"}",
                "{\"program\":null}",
                "{\"program\":\"../bin/app\"}",
                "{\"program\":\"./bin/app\"}",
                "{\"program\":\"bin//app\"}",
                "{\"program\":\"bin/app\",\"arguments\":\"-q\"}",
                "{\"program\":\"bin/app\",\"arguments\":[1]}",
                "{\"program\":\"bin/app\",\"arguments\":[\"\\u0000\"]}",
                "{\"program\":\"bin/app\",\"arguments\":[\"\\ud800\"]}",
                "{\"program\":\"bin/app\",\"shell\":true}",
                "{\"program\":\"bin/app\",\"program\":\"bin/app\"}",
                "{\"program\":\"bin/app\"} x"
            })
    void launchLineWhenMalformedThenRefused(String json) throws IOException {
        write(LaunchLine.FILE, json, 0644);
        assertThat(refusal().reason()).isEqualTo(Reason.LAUNCH_LINE_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"program\":\"bin/app\"}", "{\"program\":\"/usr/bin/env\",\"arguments\":[]}"})
    void launchLineWhenWellFormedThenAccepted(String json) throws IOException {
        write(LaunchLine.FILE, json, 0644);
        assertThat(manifest().launchLine().arguments()).isEmpty();
    }

    @Test
    void partsAreReadFromBothWrittenOrders() throws IOException {
        FingerprintParts parts = manifest().fingerprintParts();
        String mrEnclave = "ab".repeat(32);
        String key = parts.fspfKey().digits();
        assertThat(FingerprintParts.ofFingerprint(mrEnclave + "|" + key + "|" + parts.fspfTag()))
                .contains(parts);
        assertThat(FingerprintParts.ofFingerprint(key + "|" + parts.fspfTag() + "|" + mrEnclave))
                .contains(parts);
        assertThat(FingerprintParts.ofFingerprint(key + "|" + parts.fspfTag() + "|" + mrEnclave + "|node /a.js"))
                .contains(parts);
        assertThat(FingerprintParts.ofFingerprint(mrEnclave)).isEmpty();
        assertThat(FingerprintParts.ofFingerprint(parts.fspfTag() + "|" + key + "|" + mrEnclave))
                .isEmpty();
    }

    private Manifest manifest() throws IOException {
        return made(ApplicationTree.measure(root));
    }

    private static Manifest made(TreeOutcome outcome) {
        return switch (outcome) {
            case TreeOutcome.Measured(MeasuredTree tree) ->
                switch (tree.manifest()) {
                    case ManifestOutcome.Made(Manifest manifest) -> manifest;
                    case ManifestOutcome.Refused(TreeRefusal refusal) -> throw new AssertionError(refusal.message());
                };
            case TreeOutcome.Unmeasurable(TreeRefusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    private TreeRefusal refusal() throws IOException {
        return switch (ApplicationTree.measure(root)) {
            case TreeOutcome.Unmeasurable(TreeRefusal refusal) -> refusal;
            case TreeOutcome.Measured(MeasuredTree tree) ->
                switch (tree.manifest()) {
                    case ManifestOutcome.Refused(TreeRefusal refusal) -> refusal;
                    case ManifestOutcome.Made made -> throw new AssertionError("was accepted");
                };
        };
    }

    private void write(String name, String content, int mode) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        mode(name, mode);
    }

    private void mode(String name, int mode) throws IOException {
        Files.setAttribute(root.resolve(name), "unix:mode", mode);
    }

    /** Makes names byte by byte, whatever the locale of this process is. */
    private void shell(String script) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", script).directory(root.toFile()).start();
        assertThat(process.waitFor()).isZero();
    }

    private static ServiceKey serviceKey(String octet) {
        return ServiceKey.parse(octet.repeat(32)).orElseThrow();
    }

    private static void entry(DataOutputStream out, char type, String path, int mode, byte[] content, boolean hashed)
            throws Exception {
        out.writeByte(type);
        text(out, path);
        out.writeInt(mode);
        out.writeLong(content.length);
        out.write(hashed ? MessageDigest.getInstance("SHA-256").digest(content) : new byte[32]);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
