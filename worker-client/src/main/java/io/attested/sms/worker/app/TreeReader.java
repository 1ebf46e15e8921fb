package io.attested.sms.worker.app;

import io.attested.sms.worker.app.TreeRefusal.Reason;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pass over one tree. A reader is used once. */
final class TreeReader {
    private static final int MODE_BITS = 07777;

    private final Optional<Path> copy;
    private final List<TreeEntry> entries = new ArrayList<>();
    private final Set<String> normalised = new HashSet<>();
    private final ByteArrayOutputStream launchFile = new ByteArrayOutputStream();
    private boolean launchFileSeen;

    TreeReader(Optional<Path> copy) {
        this.copy = copy;
    }

    MeasuredTree read(Path root) throws IOException, RefusedEntryException {
        readDirectory(root, "", copy);
        return new MeasuredTree(entries, launchFileSeen ? Optional.of(launchFile.toByteArray()) : Optional.empty());
    }

    private void readDirectory(Path directory, String prefix, Optional<Path> into)
            throws IOException, RefusedEntryException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = RawName.lastOf(child)
                        .orElseThrow(() -> refused(Reason.NAME_NOT_UTF8, prefix + child.getFileName()));
                String path = prefix + name;
                if (!normalised.add(Normalizer.normalize(path, Normalizer.Form.NFC))) {
                    throw refused(Reason.NAMES_DIFFER_IN_NORMALISATION, path);
                }
                readEntry(child, path, into.map(parent -> parent.resolve(child.getFileName())));
            }
        }
    }

    private void readEntry(Path source, String path, Optional<Path> target) throws IOException, RefusedEntryException {
        BasicFileAttributes attributes =
                Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int mode = (int) Files.getAttribute(source, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE_BITS;
        if (attributes.isSymbolicLink()) {
            readLink(source, path, mode, target);
        } else if (attributes.isDirectory()) {
            if (target.isPresent()) {
                Files.createDirectory(target.get());
            }
            readDirectory(source, path + "/", target);
            entries.add(new TreeEntry(TreeEntry.Kind.DIRECTORY, path, mode, 0, TreeEntry.NO_CONTENT));
            setMode(target, mode);
        } else if (attributes.isRegularFile()) {
            readFile(source, path, mode, target);
            setMode(target, mode);
        } else {
            throw refused(Reason.SPECIAL_FILE, path);
        }
    }

    private void readLink(Path source, String path, int mode, Optional<Path> target)
            throws IOException, RefusedEntryException {
        Path destination = Files.readSymbolicLink(source);
        String text = RawName.ofTarget(destination).orElseThrow(() -> refused(Reason.NAME_NOT_UTF8, path));
        if (leavesTree(path, text)) {
            throw refused(Reason.LINK_OUT_OF_TREE, path);
        }
        if (target.isPresent()) {
            Files.createSymbolicLink(target.get(), destination);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        entries.add(new TreeEntry(TreeEntry.Kind.LINK, path, mode, utf8.length, Bytes32.of(sha256().digest(utf8))));
    }

    private void readFile(Path source, String path, int mode, Optional<Path> target) throws IOException {
        MessageDigest digest = sha256();
        boolean isLaunchFile = path.equals(LaunchLine.FILE);
        launchFileSeen |= isLaunchFile;
        long size;
        try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = new DigestOutputStream(open(target), digest)) {
            if (isLaunchFile) {
                // One byte beyond the limit is enough to see that the file is too long.
                byte[] head = in.readNBytes(LaunchLine.MAX_LENGTH + 1);
                launchFile.write(head);
                out.write(head);
                size = head.length + in.transferTo(out);
            } else {
                size = in.transferTo(out);
            }
        }
        entries.add(new TreeEntry(TreeEntry.Kind.FILE, path, mode, size, Bytes32.of(digest.digest())));
    }

    private static OutputStream open(Optional<Path> target) throws IOException {
        return target.isPresent()
                ? Files.newOutputStream(target.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : OutputStream.nullOutputStream();
    }

    private static void setMode(Optional<Path> target, int mode) throws IOException {
        if (target.isPresent()) {
            Files.setAttribute(target.get(), "unix:mode", mode);
        }
    }

    /**
     * Going up is allowed at the beginning only. There the directories are real ones, so counting them is exact; after a
     * name, the name itself may be a link and ".." would lead elsewhere than it seems.
     */
    private static boolean leavesTree(String path, String target) {
        if (target.isEmpty() || target.startsWith("/")) {
            return true;
        }
        long depth = path.chars().filter(c -> c == '/').count();
        boolean wentDown = false;
        for (String part : target.split("/", -1)) {
            if (part.equals("..")) {
                depth--;
                if (wentDown || depth < 0) {
                    return true;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                wentDown = true;
            }
        }
        return false;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static RefusedEntryException refused(Reason reason, String where) {
        return new RefusedEntryException(new TreeRefusal(reason, where));
    }

    /** Unwinds the recursion; never leaves this package. */
    static final class RefusedEntryException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient TreeRefusal refusal;

        RefusedEntryException(TreeRefusal refusal) {
            super(refusal.message());
            this.refusal = refusal;
        }

        TreeRefusal refusal() {
            return refusal;
        }
    }
}
