package io.attested.sms.bench.sessions;

import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The service in a process of its own, from its jar and with the JVM's own settings, as {@code ./sms server} starts it. */
final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final int nativePort;
    private final int sconePort;

    private Service(Process process, int nativePort, int sconePort) {
        this.process = process;
        this.nativePort = nativePort;
        this.sconePort = sconePort;
    }

    /**
     * Starts it and waits until it follows the chain.
     *
     * @param folder holds its store, its log and its temporary folder
     * @param settings by key, besides those of ports and store
     */
    static Service start(Path folder, Map<String, String> settings) throws IOException {
        List<Integer> ports = FreePorts.several(2);
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path log = folder.resolve("server.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                jar().toString(),
                "--server.port=" + ports.get(0),
                "--sms.iexec.listeners[0].port=" + ports.get(1),
                "--sms.iexec.listeners[0].framework=SCONE",
                "--sms.iexec.writes-per-minute=" + Integer.MAX_VALUE,
                "--sms.store.folder=" + folder.resolve("store")));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Service service = new Service(process, ports.get(0), ports.get(1));
        if (!service.follows()) {
            service.close();
            throw new TestbedFailure("the service did not start; the end of its log:\n" + tail(log));
        }
        return service;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    private static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("sms.root", "."), "sms-server", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new TestbedFailure("there is no server jar in " + target + "; run ./sms build"));
        }
    }

    private boolean follows() {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        URI health = URI.create("http://localhost:" + nativePort + "/v1/health");
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < giveUp && process.isAlive()) {
                try {
                    HttpResponse<String> answer =
                            http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
                    if (answer.body().contains("\"status\":\"following\"")) {
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

    /** Where the iExec contract for SCONE is served. */
    int sconePort() {
        return sconePort;
    }

    /** CPU time of the process so far, of all its threads. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
