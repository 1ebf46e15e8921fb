package io.attested.sms.bench.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What has to be gone when the demo is: processes, then folders. It falls once, at the end of the story or when a signal
 * ends the process, whichever comes first, so that neither leaves a server running or a key in a temporary folder.
 */
final class Curtain implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final List<Process> processes = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private boolean fallen;

    private Curtain() {}

    static Curtain atTheEndOfTheProcess() {
        Curtain curtain = new Curtain();
        Runtime.getRuntime().addShutdownHook(new Thread(curtain::close, "end-of-demo"));
        return curtain;
    }

    /** A folder to remove with all it holds. */
    synchronized void removes(Path folder) {
        folders.add(folder);
    }

    /** Starts a process that does not outlive the demo. */
    synchronized Process start(ProcessBuilder command) throws IOException {
        if (fallen) {
            throw new IOException("the demo is ending");
        }
        Process process = command.start();
        processes.add(process);
        return process;
    }

    @Override
    public synchronized void close() {
        if (fallen) {
            return;
        }
        fallen = true;
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        folders.forEach(Curtain::remove);
    }

    /** Again and again for a while: what a signal interrupted may still write. */
    private static void remove(Path folder) {
        for (int attempt = 1; ; attempt++) {
            try {
                delete(folder);
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    System.err.println("sms demo: cannot remove " + folder + ": " + e.getMessage());
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
