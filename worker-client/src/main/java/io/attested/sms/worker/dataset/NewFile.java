package io.attested.sms.worker.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that gets its name only when it is complete, created exclusively with mode 0600.
 *
 * <p>Closing it without {@link #keep()} removes what was written.
 */
final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;

    private NewFile(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    static NewFile besides(Path target) throws IOException {
        refuseExisting(target);
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new FileAlreadyExistsException(target.toString());
        }
        return new NewFile(target, Files.createTempFile(folder, "." + name + ".", ".part", ownerOnly()));
    }

    OutputStream open() throws IOException {
        return Files.newOutputStream(temporary);
    }

    /** Gives the file its name; its length in bytes. */
    long keep() throws IOException {
        long length = Files.size(temporary);
        // A hard link fails when the name exists; a rename would replace it.
        Files.createLink(target, temporary);
        return length;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
    }

    private static void refuseExisting(Path target) throws FileAlreadyExistsException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }
}
