package io.attested.sms.operate.store.jdbc;

import io.attested.sms.operate.store.StoreRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a store: mode 0700, its files 0600, owned by the service's user.
 *
 * @param path absolute
 * @param ownUser numeric id of the user the service runs as
 */
record StoreFolder(Path path, long ownUser) {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final String CREATED = "sms.created";

    /** Creates the folder if it is not there; refuses one that others could read or replace. */
    void prepare() {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(FOLDER));
            }
            requireSafe();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Narrows the permissions of the files and makes their directory entries durable. */
    private void settle() {
        try (Stream<Path> content = Files.list(path)) {
            List<Path> files = content.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                Files.setPosixFilePermissions(file, FILE);
            }
            force(path);
            Path parent = path.getParent();
            // Whoever may create a folder there may read it, except where an administrator made it for us.
            if (parent != null && Files.isReadable(parent)) {
                force(parent);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Whether a database was ever made durable here. */
    boolean heldADatabase() {
        return Files.exists(path.resolve(CREATED), LinkOption.NOFOLLOW_LINKS);
    }

    /** Remembers, durably, that the folder holds a database; called after the database itself was forced. */
    void rememberDatabase() {
        try {
            if (!heldADatabase()) {
                Files.createFile(path.resolve(CREATED), PosixFilePermissions.asFileAttribute(FILE));
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
        settle();
    }

    /** Usable space of the disk, in bytes. */
    long usableBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            // A disk that does not say how much room it has gets no more secrets.
            return 0;
        }
    }

    private void requireSafe() throws IOException {
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink() || !found.isDirectory()) {
            throw unsafe("is not a folder itself; expected a folder, not a link; configure the path it points to");
        }
        long user = ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
        if (user != ownUser) {
            throw unsafe("belongs to user " + user + "; expected the service's own user " + ownUser
                    + "; run the service as the owner, or change the owner");
        }
        if (!FOLDER.containsAll(found.permissions())) {
            throw unsafe("has permissions " + PosixFilePermissions.toString(found.permissions())
                    + "; expected rwx------ at most; chmod 700 it");
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private StoreRefused unsafe(String what) {
        return new StoreRefused(StoreRefused.Reason.UNSAFE_FOLDER, "the store's folder " + path + " " + what);
    }

    private StoreRefused unavailable(IOException e) {
        return new StoreRefused(
                StoreRefused.Reason.UNAVAILABLE,
                "the store's folder " + path + " cannot be used (" + e
                        + "); expected a local file system the service may write to; check the path and its mount",
                e);
    }
}
