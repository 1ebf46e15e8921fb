package io.attested.sms.bench;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The service in a process of its own, from the jar that {@code ./sms server} starts. */
public final class ServiceProcess implements AutoCloseable {
    private static final long TO_END_SECONDS = 15;

    private final Process process;
    private final URI url;

    /**
     * @param process started from {@link #jar}
     * @param port its {@code server.port}
     */
    public ServiceProcess(Process process, int port) {
        this.process = process;
        this.url = URI.create("http://localhost:" + port);
    }

    /** The server's jar as the build left it. */
    public static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("sms.root", "."), "sms-server", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new TestbedFailure("there is no server jar in " + target + "; run ./sms build"));
        }
    }

    /** Whether an answer is as wanted before the time is up or the process ends. */
    public boolean await(String path, Duration patience, Predicate<HttpResponse<String>> wanted) {
        long giveUp = System.nanoTime() + patience.toNanos();
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < giveUp && process.isAlive()) {
                try {
                    if (wanted.test(http.send(request, HttpResponse.BodyHandlers.ofString()))) {
                        return true;
                    }
                } catch (IOException notYet) {
                    // It does not listen yet.
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Where the service's own port answers. */
    public URI url() {
        return url;
    }

    /** CPU time of the process so far, of all its threads. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
