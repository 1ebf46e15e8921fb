package io.attested.sms.operate.admin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much backups may take: who holds the key of the admin API must not be able to fill a disk that the store, or
 * somebody else, lives on.
 *
 * @param location the storage location, whose files count
 * @param reserve bytes that every disk written to keeps free
 * @param limit most bytes of all files in the location together, if there is a limit
 */
public record StorageRoom(Path location, long reserve, OptionalLong limit) {
    /** Bytes between two looks at a disk while something is written whose length nobody knows before. */
    private static final long STRIDE = 1 << 20;

    /**
     * Whether so many bytes more fit.
     *
     * @param folder where they are to be written
     * @throws IOException when they do not; the message is for the operator
     */
    void require(Path folder, long bytes) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable - bytes < reserve) {
            throw new IOException("the disk of the storage location has " + usable + " bytes left, and " + bytes
                    + " more would touch the " + reserve + " of sms.admin.reserve; delete backups or make room");
        }
        if (limit.isPresent() && used() > limit.getAsLong() - bytes) {
            throw new IOException("the files of the storage location take " + used() + " bytes, and " + bytes
                    + " more are over the " + limit.getAsLong() + " of sms.admin.storage-limit; delete backups");
        }
    }

    private long left(Path folder) throws IOException {
        long onDisk = Files.getFileStore(folder).getUsableSpace() - reserve;
        return limit.isPresent() ? Math.min(onDisk, limit.getAsLong() - used()) : onDisk;
    }

    private long used() throws IOException {
        try (Stream<Path> files = Files.walk(location)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(StorageRoom::size)
                    .sum();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** {@code out}, a file in {@code folder}, as long as there is room. */
    OutputStream watched(Path folder, OutputStream out) {
        return new Watched(folder, out);
    }

    /** Looks before the first byte, and then after each {@value #STRIDE} bytes, or sooner where less is left. */
    private final class Watched extends FilterOutputStream {
        private final Path folder;
        private long untilNextLook;

        Watched(Path folder, OutputStream out) {
            super(out);
            this.folder = folder;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > untilNextLook) {
                require(folder, length);
                untilNextLook = Math.min(left(folder), Math.max(STRIDE, length));
            }
            out.write(bytes, offset, length);
            untilNextLook -= length;
        }
    }
}
