package io.attested.sms.worker.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The canonical bytes of an application's tree and launch line, native protocol section 1.
 *
 * <p>{@code "sms-manifest/1" ‖ 0 ‖ u32 entries ‖ entry… ‖ u32 texts ‖ (u32 length ‖ UTF-8)…}, integers big-endian. An entry is
 * u8 type ({@code d}, {@code f}, {@code l}) ‖ u32 length ‖ path ‖ u32 mode ‖ u64 size ‖ 32 bytes of SHA-256; entries stand in
 * the order of the unsigned bytes of their UTF-8 paths; the root itself is not listed. The texts are the program and its
 * fixed arguments. Owner, group, times and extended attributes are not part of it.
 */
public final class Manifest {
    private static final byte[] DOMAIN = "sms-manifest/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_DOMAIN = "sms-fspf/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_LENGTH = 16;

    private final byte[] bytes;
    private final LaunchLine launchLine;

    private Manifest(byte[] bytes, LaunchLine launchLine) {
        this.bytes = bytes;
        this.launchLine = launchLine;
    }

    static Manifest of(List<TreeEntry> entries, LaunchLine launchLine) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(buffer)) {
            out.write(DOMAIN);
            out.writeInt(entries.size());
            for (TreeEntry entry : sorted(entries)) {
                write(out, entry);
            }
            out.writeInt(1 + launchLine.arguments().size());
            writeText(out, launchLine.program());
            for (String argument : launchLine.arguments()) {
                writeText(out, argument);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return new Manifest(buffer.toByteArray(), launchLine);
    }

    /** The canonical bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Program and fixed arguments. */
    public LaunchLine launchLine() {
        return launchLine;
    }

    /**
     * {@code FSPF_KEY = SHA-256("sms-fspf/1" ‖ 0 ‖ manifest)}; {@code FSPF_TAG} = first 16 bytes of
     * {@code HMAC-SHA-256(FSPF_KEY, manifest)}.
     */
    public FingerprintParts fingerprintParts() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(KEY_DOMAIN);
            byte[] key = digest.digest(bytes);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return FingerprintParts.of(key, Arrays.copyOf(mac.doFinal(bytes), TAG_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and its HMAC", e);
        }
    }

    private static List<TreeEntry> sorted(List<TreeEntry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(TreeEntry::pathBytes, Arrays::compareUnsigned))
                .toList();
    }

    private static void write(DataOutputStream out, TreeEntry entry) throws IOException {
        out.writeByte(entry.kind().mark());
        writeText(out, entry.path());
        out.writeInt(entry.mode());
        out.writeLong(entry.size());
        out.write(entry.hash().bytes());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
