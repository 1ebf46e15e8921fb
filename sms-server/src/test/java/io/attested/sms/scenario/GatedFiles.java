package io.attested.sms.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2 with the scheme {@code gated:} whose forced writes can be held up, and that knows what the last one
 * that has ended covers: the content when it began.
 *
 * <p>H2 makes the instances, so what they saw is static; tests tell their files apart by path.
 */
public final class GatedFiles extends FilePathWrapper {
    static final String SCHEME = "gated";

    private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();

    static void register() {
        FilePath.register(new GatedFiles());
    }

    static Disk disk(String path) {
        return DISKS.computeIfAbsent(path, unknown -> new Disk());
    }

    /** The disk under one file. */
    static final class Disk {
        private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
        private final AtomicLong writes = new AtomicLong();
        private volatile byte[] forced = new byte[0];

        /** Forced writes wait from now on, those under way end first; the same thread opens the gate again. */
        void close() {
            gate.writeLock().lock();
        }

        void open() {
            gate.writeLock().unlock();
        }

        long writes() {
            return writes.get();
        }

        /** What a loss of power now would leave at least. */
        byte[] forcedContent() {
            return forced;
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new GatedChannel(disk(getBase().toString()), getBase().open(mode));
    }

    private static final class GatedChannel extends FileBase {
        private final Disk disk;
        private final FileChannel file;

        GatedChannel(Disk disk, FileChannel file) {
            this.disk = disk;
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.gate.readLock().lock();
            try {
                byte[] before = content();
                file.force(metaData);
                disk.forced = before;
            } finally {
                disk.gate.readLock().unlock();
            }
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
            disk.writes.incrementAndGet();
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            disk.writes.incrementAndGet();
            return file.write(source, position);
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
