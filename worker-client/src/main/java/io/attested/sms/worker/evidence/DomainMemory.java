package io.attested.sms.worker.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The private memory of a trust domain: for one task at a time, and only when nothing is left of another.
 *
 * <p>Processes of a trust domain share its files, so what one stage decrypted the application of another could read.
 *
 * @param folder an existing folder
 */
public record DomainMemory(Path folder) {
    /** The lock's name; the file stays when the lock is given back. */
    public static final String LOCK = "lock";

    /** Takes the lock, then looks for leftovers. */
    public SoleUse take() throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        SoleUse use = locked(channel) ? emptied(channel) : new SoleUse.Refused("another boot stage uses " + folder);
        if (use instanceof SoleUse.Refused) {
            channel.close();
        }
        return use;
    }

    private SoleUse emptied(FileChannel channel) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> entry.endsWith(LOCK))
                    ? new SoleUse.Held(channel::close)
                    : new SoleUse.Refused(folder + " holds files of another task, whose boot stage was ended by force");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
