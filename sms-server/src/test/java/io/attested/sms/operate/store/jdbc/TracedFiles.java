package io.attested.sms.operate.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2 with the scheme {@code traced:} that knows, for each file, what a power loss may leave: its content
 * when the last forced write that has ended began, and any of the sectors written since.
 *
 * <p>H2 makes the instances, so what they saw is static; tests tell their files apart by path.
 */
public final class TracedFiles extends FilePathWrapper {
    static final String SCHEME = "traced";

    private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();

    static void register() {
        FilePath.register(new TracedFiles());
    }

    static Disk disk(String path) {
        return DISKS.computeIfAbsent(path, unknown -> new Disk());
    }

    /** One sector written and not yet known to be forced. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sector(long position, byte[] content) {}

    /** What is certain and what is not about one file. */
    static final class Disk {
        private static final int SECTOR = 512;

        private final List<Sector> uncertain = new ArrayList<>();
        private byte[] forced = new byte[0];
        private int forces;

        synchronized int forces() {
            return forces;
        }

        /** What is left at least. */
        synchronized byte[] forcedContent() {
            return forced;
        }

        /** What is left when each sector that is not certain reached the disk or not, by the toss of a coin. */
        synchronized byte[] contentAfterPowerLoss(Random coin) {
            byte[] content = forced;
            for (Sector sector : uncertain) {
                if (coin.nextBoolean()) {
                    int end = Math.toIntExact(sector.position()) + sector.content().length;
                    content = Arrays.copyOf(content, Math.max(content.length, end));
                    System.arraycopy(sector.content(), 0, content, (int) sector.position(), sector.content().length);
                }
            }
            return content;
        }

        private synchronized void wrote(long position, byte[] content) {
            for (int from = 0; from < content.length; from += SECTOR) {
                uncertain.add(new Sector(
                        position + from, Arrays.copyOfRange(content, from, Math.min(from + SECTOR, content.length))));
            }
        }

        private synchronized int uncertainSectors() {
            return uncertain.size();
        }

        private synchronized void wasForced(byte[] content, int sectors) {
            forced = content;
            uncertain.subList(0, sectors).clear();
            forces++;
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new TracedChannel(disk(getBase().toString()), getBase().open(mode));
    }

    private static final class TracedChannel extends FileBase {
        private final Disk disk;
        private final FileChannel file;

        TracedChannel(Disk disk, FileChannel file) {
            this.disk = disk;
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            int sectors = disk.uncertainSectors();
            byte[] before = content();
            file.force(metaData);
            disk.wasForced(before, sectors);
        }

        private byte[] content() throws IOException {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            while (content.hasRemaining() && file.read(content, content.position()) >= 0) {
                continue;
            }
            return content.array();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int written = write(source, file.position());
            file.position(file.position() + written);
            return written;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            byte[] content = new byte[source.remaining()];
            source.duplicate().get(content);
            int written = file.write(source, position);
            disk.wrote(position, Arrays.copyOf(content, written));
            return written;
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
