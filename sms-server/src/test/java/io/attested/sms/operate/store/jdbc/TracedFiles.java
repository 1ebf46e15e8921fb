package io.attested.sms.operate.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2 with the scheme {@code traced:} that keeps, for each file, what a power loss would leave at least:
 * its content when the last forced write that has ended began.
 *
 * <p>H2 makes the instances, so what they saw is static; tests tell their files apart by path.
 */
public final class TracedFiles extends FilePathWrapper {
    static final String SCHEME = "traced";

    private static final Map<String, byte[]> FORCED = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> FORCES = new ConcurrentHashMap<>();

    static void register() {
        FilePath.register(new TracedFiles());
    }

    /** What would be left of the file whose path ends so. */
    static byte[] forcedContent(String path) {
        return FORCED.getOrDefault(path, new byte[0]);
    }

    static int forces(String path) {
        return FORCES.computeIfAbsent(path, unknown -> new AtomicInteger()).get();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new TracedChannel(getBase().toString(), getBase().open(mode));
    }

    private static final class TracedChannel extends FileBase {
        private final String path;
        private final FileChannel file;

        TracedChannel(String path, FileChannel file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            byte[] before = content();
            file.force(metaData);
            FORCED.put(path, before);
            FORCES.computeIfAbsent(path, unknown -> new AtomicInteger()).incrementAndGet();
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
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
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
