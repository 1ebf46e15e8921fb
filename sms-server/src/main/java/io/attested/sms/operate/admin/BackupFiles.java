package io.attested.sms.operate.admin;

import io.attested.sms.chain.Bytes32;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The two files of a backup, {@code NAME} and {@code NAME.key}, mode 0600, forced to disk before they get their names.
 *
 * @param folder a real path inside the storage location
 * @param name one component
 */
record BackupFiles(Path folder, String name) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String KEY = ".key";
    private static final String PART = ".part";
    private static final Pattern PARTS = Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");
    private static final long STALE_MILLIS = 3_600_000;

    Path sealed() {
        return folder.resolve(name);
    }

    Path header() {
        return folder.resolve(name + KEY);
    }

    /** Whether both are there, as files and not as links. */
    boolean complete() {
        return Files.isRegularFile(sealed(), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(header(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Writes the sealed content. */
    interface Content {
        Contents writeTo(OutputStream out) throws IOException;
    }

    /** Puts a new backup in the place of the old one, if there is one. A crash in between leaves a pair that does not fit. */
    BackupHeader replace(Content content, StorageRoom room) throws IOException {
        Path sealedPart = temporary();
        Path headerPart = temporary();
        try {
            MessageDigest digest = sha256();
            Contents contents;
            try (FileChannel channel = create(sealedPart)) {
                sweep(sealedPart);
                OutputStream out = new BufferedOutputStream(
                        new DigestOutputStream(room.watched(folder, Channels.newOutputStream(channel)), digest));
                contents = content.writeTo(new Unclosed(out));
                out.flush();
                channel.force(true);
            }
            BackupHeader made = new BackupHeader(contents, Files.size(sealedPart), Bytes32.of(digest.digest()));
            write(headerPart, made.json());
            Files.move(sealedPart, sealed(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(headerPart, header(), StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            return made;
        } finally {
            Files.deleteIfExists(sealedPart);
            Files.deleteIfExists(headerPart);
        }
    }

    /**
     * Copies this backup to a name that must be free, and compares its checksum on the way.
     *
     * @throws FileAlreadyExistsException when one of the two names is taken
     */
    void copyTo(BackupFiles target, StorageRoom room) throws IOException, AdminStopped {
        BackupHeader known = readHeader();
        room.require(target.folder(), known.bytes() + BackupHeader.LARGEST);
        reserve(target.sealed());
        target.sweep(target.sealed());
        try {
            reserve(target.header());
        } catch (IOException taken) {
            Files.deleteIfExists(target.sealed());
            throw taken;
        }
        boolean done = false;
        try {
            copyContent(known, target);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(target.sealed());
                Files.deleteIfExists(target.header());
            }
        }
    }

    private void copyContent(BackupHeader known, BackupFiles target) throws IOException, AdminStopped {
        Path sealedPart = target.temporary();
        Path headerPart = target.temporary();
        try {
            MessageDigest digest = sha256();
            try (FileChannel from = open(sealed());
                    FileChannel channel = create(sealedPart)) {
                requireLength(known, from.size());
                InputStream in = new DigestInputStream(Channels.newInputStream(from), digest);
                in.transferTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            requireChecksum(known, Files.size(sealedPart), digest);
            write(headerPart, known.json());
            Files.move(sealedPart, target.sealed(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(headerPart, target.header(), StandardCopyOption.ATOMIC_MOVE);
            force(target.folder());
        } finally {
            Files.deleteIfExists(sealedPart);
            Files.deleteIfExists(headerPart);
        }
    }

    /** Deletes what a deletion that was cut off left: the name would be taken for ever. */
    void deleteOrphan() throws IOException {
        if (!Files.exists(sealed(), LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(header(), LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(header());
            force(folder);
        }
    }

    /** Deletes both. */
    void delete() throws IOException {
        Files.delete(sealed());
        Files.delete(header());
        force(folder);
    }

    /** The header, as it should be. */
    BackupHeader readHeader() throws IOException, AdminStopped {
        try (InputStream in = Channels.newInputStream(open(header()))) {
            return BackupHeader.parse(in.readNBytes(BackupHeader.LARGEST))
                    .orElseThrow(() -> AdminStopped.failed("the file " + KEY
                            + " is no header of a backup of this service; take another copy of the backup"));
        }
    }

    /** The sealed file, opened once for all that is done with it; its checksum holds. The caller closes it. */
    FileChannel openChecked(BackupHeader known) throws IOException, AdminStopped {
        FileChannel channel = open(sealed());
        try {
            requireLength(known, channel.size());
            MessageDigest digest = sha256();
            new DigestInputStream(Channels.newInputStream(channel), digest).transferTo(OutputStream.nullOutputStream());
            requireChecksum(known, channel.size(), digest);
            return channel;
        } catch (IOException | AdminStopped refused) {
            channel.close();
            throw refused;
        }
    }

    private static void requireChecksum(BackupHeader known, long bytes, MessageDigest digest) throws AdminStopped {
        requireLength(known, bytes);
        if (!known.sha256().equals(Bytes32.of(digest.digest()))) {
            throw otherChecksum();
        }
    }

    /** Before the content is read or copied: a file of any size can lie under the name. */
    private static void requireLength(BackupHeader known, long bytes) throws AdminStopped {
        if (bytes != known.bytes()) {
            throw otherChecksum();
        }
    }

    private static AdminStopped otherChecksum() {
        return AdminStopped.failed("the backup's checksum is not the one in its file " + KEY
                + ": it was altered or cut off, or the two belong to different backups; take another copy");
    }

    private Path temporary() {
        return folder.resolve("." + UUID.randomUUID() + PART);
    }

    /** Whether a file of this name would be taken for one of another's parts. */
    static boolean reservedName(String name) {
        return name.endsWith(KEY) || PARTS.matcher(name).matches();
    }

    /**
     * Deletes parts that a crash left, which nobody else would. A part that is being written is younger than
     * {@value #STALE_MILLIS} ms; the file system's own clock says so, by a file just made.
     */
    private void sweep(Path justMade) throws IOException {
        long now =
                Files.getLastModifiedTime(justMade, LinkOption.NOFOLLOW_LINKS).toMillis();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts = files.filter(
                            file -> PARTS.matcher(file.getFileName().toString()).matches())
                    .toList();
            for (Path part : parts) {
                if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
                        && now
                                        - Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
                                                .toMillis()
                                > STALE_MILLIS) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /** Takes the name before the content is there: a rename would not notice that somebody else took it. */
    private static void reserve(Path file) throws IOException {
        create(file).close();
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = create(file)) {
            Channels.newOutputStream(channel).write(content);
            channel.force(true);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Closing what is sealed ends the seal, not the file. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
