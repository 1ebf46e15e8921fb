package io.attested.sms.worker.evidence.tdx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * What the operating system says about the folder that is to be private memory.
 *
 * @param fileSystem type of the file system, such as {@code tmpfs}
 * @param link whether its last name is a symbolic link
 * @param owner user id
 * @param self user id of this process
 * @param permissions of the folder
 */
record MemoryFolder(String fileSystem, boolean link, int owner, int self, Set<PosixFilePermission> permissions) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static MemoryFolder of(Path folder) throws IOException {
        return new MemoryFolder(
                Files.getFileStore(folder).type(),
                Files.isSymbolicLink(folder),
                (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS),
                (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"),
                Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
    }

    /** Why it must not hold secrets, and what to do; nothing when it may. */
    Optional<String> objection() {
        if (link) {
            return Optional.of("it is a symbolic link; mount a tmpfs there itself");
        }
        if (!fileSystem.equals("tmpfs")) {
            return Optional.of(
                    "its file system is " + fileSystem
                            + ", expected tmpfs, which is the domain's memory; mount one there: mount -t tmpfs -o mode=0700 tmpfs");
        }
        if (owner != self) {
            return Optional.of("it belongs to user " + owner + ", expected " + self + ", who runs this; chown it");
        }
        if (!OWNER_ONLY.containsAll(permissions)) {
            return Optional.of("its permissions are " + PosixFilePermissions.toString(permissions)
                    + ", expected rwx------; chmod 0700 it");
        }
        return Optional.empty();
    }
}
