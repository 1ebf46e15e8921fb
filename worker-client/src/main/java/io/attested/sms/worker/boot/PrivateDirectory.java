package io.attested.sms.worker.boot;

import io.attested.sms.worker.evidence.SeparateUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fresh directory with mode 0700 for one run: the application's copy, its inputs, its outputs, its home. Closing removes
 * all of it.
 */
final class PrivateDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_PASS = PosixFilePermissions.fromString("rwx--x--x");

    private final Path root;

    private PrivateDirectory(Path root) {
        this.root = root;
    }

    /**
     * Gives everything to the user, who may from then on pass through the folder that holds this directory, and neither list
     * nor change that folder.
     */
    void giveTo(SeparateUser user) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:gid", user.id(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", user.id(), LinkOption.NOFOLLOW_LINKS);
            }
        }
        Files.setPosixFilePermissions(holder(), OTHERS_PASS);
    }

    private Path holder() {
        return Objects.requireNonNull(root.getParent());
    }

    static PrivateDirectory create(Path privateMemory) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
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
            if (Files.getPosixFilePermissions(holder()).equals(OTHERS_PASS)) {
                Files.setPosixFilePermissions(holder(), OWNER_ONLY);
            }
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
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
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
