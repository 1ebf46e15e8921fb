package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * npm packages, installed from a {@code package-lock.json} of this repository on first use: those the testbed is made of,
 * or those of another folder.
 *
 * <p>No install script of any package runs. Processes that need the packages at the same time wait for one another.
 */
public final class NodePackages {
    private static final String LOCATION = "contracts/testbed";
    private static final long INSTALL_MINUTES = 10;
    private static final Object WITHIN_THIS_PROCESS = new Object();

    private final String location;
    private final Path folder;

    private NodePackages(String location) {
        this.location = location;
        this.folder = root().resolve(location);
    }

    /**
     * Installs the packages unless what is installed is newer than the lock file.
     *
     * @throws TestbedFailure when npm or node is missing or the installation fails
     */
    public static NodePackages installed() {
        return installed(LOCATION);
    }

    /**
     * The same for another folder with a lock file.
     *
     * @param location relative to the repository's root, with forward slashes
     * @throws TestbedFailure when npm or node is missing or the installation fails
     */
    public static NodePackages installed(String location) {
        NodePackages packages = new NodePackages(location);
        synchronized (WITHIN_THIS_PROCESS) {
            packages.install();
        }
        return packages;
    }

    /** The repository's root: system property {@code sms.root}, or the first folder upwards that holds the testbed. */
    public static Path root() {
        String told = System.getProperty("sms.root", "");
        Path start = Path.of(told.isEmpty() ? System.getProperty("user.dir", "") : told)
                .toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(LOCATION).resolve("package.json"))) {
                return at;
            }
        }
        throw new TestbedFailure("no " + LOCATION + "/package.json in " + start
                + " or above it; start from inside the repository or set the system property sms.root to its root");
    }

    /** A file of an installed package, such as {@code @iexec/poco/artifacts/…}. */
    public Path file(String path) {
        Path file = folder.resolve("node_modules").resolve(path);
        if (!Files.exists(file)) {
            throw new TestbedFailure("the npm packages are incomplete, node_modules/" + path + " is missing; delete "
                    + location + "/node_modules and try again");
        }
        return file;
    }

    /** The folder with {@code package.json} and the scripts. */
    public Path folder() {
        return folder;
    }

    private void install() {
        if (upToDate()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(".install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !upToDate()) {
                run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean upToDate() {
        Path installed = folder.resolve("node_modules/.package-lock.json");
        try {
            return Files.exists(installed)
                    && Files.getLastModifiedTime(installed)
                                    .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("sms-npm", ".log");
        try {
            Process process = started(command, output);
            boolean ended = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new TestbedFailure("`" + String.join(" ", command) + "` in " + location + " "
                        + (ended ? "failed" : "took longer than " + INSTALL_MINUTES + " minutes") + ":\n"
                        + Files.readString(output, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedFailure("interrupted while installing the npm packages", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private Process started(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new TestbedFailure(
                    "cannot start npm: what is in " + location + " comes from npm packages; install"
                            + " Node.js 20 or newer with npm and put both on the PATH",
                    e);
        }
    }
}
