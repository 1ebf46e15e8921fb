package io.attested.sms.keyring.file;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.RootKeyRefused.Reason;
import io.attested.sms.keyring.RootKeySource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/**
 * The root key in a file, native protocol section 7: {@code "sms-root-key/1"}, a line feed, the 32 bytes of the key.
 *
 * <p>Guarantees: created exclusively with mode 0600; file and folder are forced to disk before the key is returned; a
 * link, another owner, or permissions for anyone else are refused. Not guaranteed: protection from the machine's
 * administrator, or from whoever copies the disk.
 */
public final class RootKeyFile implements RootKeySource {
    private static final byte[] MAGIC = "sms-root-key/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = MAGIC.length + KEY_LENGTH;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final SecureRandom random;
    private final long ownUser;

    /**
     * A key file at {@code file}, which need not exist yet.
     *
     * @param ownUser numeric id of the user the service runs as
     */
    public RootKeyFile(Path file, SecureRandom random, long ownUser) {
        this.file = file.toAbsolutePath().normalize();
        this.random = random;
        this.ownUser = ownUser;
    }

    @Override
    public SecretBytes forEmptyStore() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read() : create();
    }

    @Override
    public SecretBytes forExistingStore() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(
                    Reason.MISSING,
                    "is not there, but the store holds secrets that only it opens; expected the key file the store was"
                            + " created with; restore it from its backup (a new key cannot open them)");
        }
        return read();
    }

    private SecretBytes create() {
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        byte[] content = ByteBuffer.allocate(LENGTH).put(MAGIC).put(key).array();
        try {
            Files.createDirectories(folder(), PosixFilePermissions.asFileAttribute(FOLDER_OWNER_ONLY));
            requireSafeFolder(folder());
            write(content);
            forceFolders();
            return SecretBytes.copyOf(key);
        } catch (FileAlreadyExistsException raced) {
            throw refused(
                    Reason.UNREADABLE,
                    "appeared while it was being created; expected one service on this store; stop the other one");
        } catch (IOException e) {
            throw unreadable(e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    private void write(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private SecretBytes read() {
        try {
            requireSafeFile();
            requireSafeFolder(folder());
            byte[] content = content();
            try {
                if (content.length != LENGTH || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                    throw refused(
                            Reason.MALFORMED,
                            "does not have the form of a root key; expected " + LENGTH
                                    + " bytes beginning with sms-root-key/1; restore it from its backup, or, if the"
                                    + " store is empty, delete it");
                }
                return SecretBytes.owning(Arrays.copyOfRange(content, MAGIC.length, LENGTH));
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** At most one byte more than a key has; forced, because whoever created it may not have lived to do so. */
    private byte[] content() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + 1);
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            channel.force(true);
        }
        forceFolders();
        byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
        Arrays.fill(bytes.array(), (byte) 0);
        return content;
    }

    private void requireSafeFile() throws IOException {
        PosixFileAttributes found = attributes(file);
        if (found.isSymbolicLink()) {
            throw refused(
                    Reason.SYMBOLIC_LINK,
                    "is a symbolic link; expected the key file itself; configure the path the link points to");
        }
        if (!found.isRegularFile()) {
            throw refused(Reason.NOT_A_FILE, "is not a regular file; expected the key file; configure its path");
        }
        if (userOf(file) != ownUser) {
            throw refused(
                    Reason.FOREIGN_OWNER,
                    "belongs to user " + userOf(file) + "; expected the service's own user " + ownUser
                            + "; run the service as the owner, or change the owner if you trust the file");
        }
        if (!OWNER_ONLY.containsAll(found.permissions())) {
            throw refused(
                    Reason.WIDE_PERMISSIONS,
                    "has permissions " + PosixFilePermissions.toString(found.permissions())
                            + "; expected rw------- at most; find out who could read it, then chmod 600");
        }
    }

    /** Whoever can write to the folder can put another file in the key's place. */
    private void requireSafeFolder(Path folder) throws IOException {
        PosixFileAttributes found = attributes(folder);
        if (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refused(
                    Reason.WIDE_PERMISSIONS,
                    "lies in a folder with permissions " + PosixFilePermissions.toString(found.permissions())
                            + "; expected one only its owner can write to; chmod go-w " + folder);
        }
        if (userOf(folder) != ownUser && userOf(folder) != 0) {
            throw refused(
                    Reason.FOREIGN_OWNER,
                    "lies in a folder of user " + userOf(folder) + "; expected a folder of user " + ownUser
                            + " or of the administrator; move it to one");
        }
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static long userOf(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    /** The file's entry, and that of its folder, which may be as new. */
    private void forceFolders() throws IOException {
        force(folder());
        Path above = folder().getParent();
        // Whoever may create a folder there may read it, except where an administrator made it for us.
        if (above != null && Files.isReadable(above)) {
            force(above);
        }
    }

    /** A new directory entry is durable only when its folder is. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path folder() {
        Path folder = file.getParent();
        if (folder == null) {
            throw refused(Reason.NOT_A_FILE, "is the root folder; expected the key file; configure its path");
        }
        return folder;
    }

    private RootKeyRefused refused(Reason reason, String what) {
        return new RootKeyRefused(reason, "the root key file " + file + " " + what);
    }

    private RootKeyRefused unreadable(IOException e) {
        return new RootKeyRefused(
                Reason.UNREADABLE,
                "the root key file " + file + " cannot be read or made durable (" + e
                        + "); expected a local file system the service may write to; check the path and its mount",
                e);
    }
}
