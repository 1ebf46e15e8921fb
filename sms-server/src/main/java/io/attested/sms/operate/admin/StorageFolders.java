package io.attested.sms.operate.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The folders that backups may lie in: the configured one and those below it, by their real paths.
 *
 * <p>A storage id is the hex of a folder's absolute path in ASCII (contract section 1.6). The path is resolved to the
 * real one before it is compared, component by component: neither {@code ..}, nor a link that leads out, nor a folder
 * whose name merely begins like the configured one passes.
 */
final class StorageFolders {
    private static final String WORK = "work";
    private static final int LONGEST_NAME = 200;

    private final Path location;

    /** @param location the configured folder */
    StorageFolders(Path location) {
        this.location = location.toAbsolutePath().normalize();
    }

    /** The folder that new backups are written to; an operator makes it. */
    Path work() throws AdminStopped {
        Path folder = location.resolve(WORK);
        if (!Files.isDirectory(folder)) {
            throw AdminStopped.failed("there is no folder " + WORK + " in the storage location; make it");
        }
        return confined(folder);
    }

    /** The folder a storage id names. */
    Path named(String storageId) throws AdminStopped {
        Path folder = decoded(storageId);
        if (!folder.isAbsolute()) {
            throw AdminStopped.failed("the storage id names a relative path; expected the hex of an absolute one");
        }
        if (!Files.isDirectory(folder)) {
            throw AdminStopped.missing();
        }
        return confined(folder);
    }

    private static Path decoded(String storageId) throws AdminStopped {
        try {
            byte[] bytes = HexFormat.of().parseHex(storageId);
            for (byte one : bytes) {
                if (one < ' ' || one == 0x7f) {
                    throw AdminStopped.failed("the storage id holds bytes that are no printable ASCII");
                }
            }
            return Path.of(new String(bytes, StandardCharsets.US_ASCII));
        } catch (InvalidPathException e) {
            throw AdminStopped.failed("the storage id names no path");
        } catch (IllegalArgumentException e) {
            throw AdminStopped.failed("the storage id is no hex; expected the hex of a folder's absolute path");
        }
    }

    private Path confined(Path folder) throws AdminStopped {
        try {
            Path real = folder.toRealPath();
            if (!real.startsWith(location.toRealPath())) {
                throw AdminStopped.failed("the folder is not inside the storage location");
            }
            return real;
        } catch (IOException e) {
            throw AdminStopped.failed("the storage location cannot be read (" + e + ")");
        }
    }

    /** A file's name, which must be one component of a path and nothing else. */
    static String fileName(String text) throws AdminStopped {
        if (text.equals(".")
                || text.equals("..")
                || text.length() > LONGEST_NAME
                || BackupFiles.reservedName(text)
                || text.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f)
                || !fitsFileSystem(text)) {
            throw AdminStopped.failed("the file name is not one; expected 1 to " + LONGEST_NAME
                    + " characters without slashes and control characters, and not the name of a backup's second file");
        }
        return text;
    }

    /** Which characters a file system's names have is the platform's, and its locale's. */
    private static boolean fitsFileSystem(String name) {
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
