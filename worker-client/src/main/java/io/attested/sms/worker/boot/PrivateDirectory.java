package io.attested.sms.worker.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A fresh directory with mode 0700 for one run: the application's copy, its inputs, its outputs, its home. Closing removes
 * all of it.
 */
final class PrivateDirectory implements AutoCloseable {
    private final Path root;

    private PrivateDirectory(Path root) {
        this.root = root;
    }

    static PrivateDirectory create(Path privateMemory) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        PrivateDirectory created =
                new PrivateDirectory(Files.createTempDirectory(privateMemory.toRealPath(), "sms-task-", ownerOnly));
        Files.createDirectory(created.application());
        Files.createDirectory(created.in());
        Files.createDirectory(created.out());
        Files.createDirectory(created.home());
        return created;
    }

    Path application() {
        return root.resolve("app");
    }

    Path in() {
        return root.resolve("iexec_in");
    }

    Path out() {
        return root.resolve("iexec_out");
    }

    Path home() {
        return root.resolve("home");
    }

    /**
     * Removes everything.
     *
     * @throws UncheckedIOException when something is left
     */
    @Override
    public void close() {
        try {
            removeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the private directory " + root + " could not be removed completely; remove it by hand", e);
        }
    }

    private void removeAll() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                // The application's tree may hold directories nobody may write to.
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
