package io.attested.sms.bench.demo;

import io.attested.sms.contracts.testbed.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The service as an operator runs it: a process of its own from its jar, with settings on its command line. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;
    private final int nativePort;
    private final int sconePort;
    private final int tdxPort;

    private ServerProcess(Process process, Path log, int nativePort, int sconePort, int tdxPort) {
        this.process = process;
        this.log = log;
        this.nativePort = nativePort;
        this.sconePort = sconePort;
        this.tdxPort = tdxPort;
    }

    /**
     * Starts the service in the dev realm and waits until it answers.
     *
     * @param curtain ends it with the demo
     * @param folder holds its store, its log and its temporary folder
     * @param trustRoot PEM file of the simulated platform's root
     * @param measurements file of the base images that trust domains may be started from
     */
    static ServerProcess start(
            Curtain curtain, Path folder, URI node, long chainId, String hub, Path trustRoot, Path measurements)
            throws IOException {
        List<Integer> ports = FreePorts.several(3);
        Path log = folder.resolve("server.log");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                jar().toString(),
                "--sms.realm=dev",
                "--sms.chain.nodes[0].url=" + node,
                "--sms.chain.nodes[0].heads=ws" + node.toString().substring("http".length()),
                "--sms.chain.poll=100ms",
                "--sms.chain.max-silence=1s",
                "--sms.chain.id=" + chainId,
                "--sms.chain.hub=" + hub,
                "--sms.chain.depth=0",
                "--sms.store.folder=" + folder.resolve("store"),
                "--sms.attestation.trust-root=" + trustRoot,
                "--sms.measurements.file=" + measurements,
                "--sms.tee.pipelines[0].version=" + Owners.PIPELINE,
                "--sms.iexec.listeners[0].port=" + ports.get(1),
                "--sms.iexec.listeners[0].framework=SCONE",
                "--sms.iexec.listeners[1].port=" + ports.get(2),
                "--sms.iexec.listeners[1].framework=TDX",
                "--server.port=" + ports.get(0));
        Process process = curtain.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        ServerProcess server = new ServerProcess(process, log, ports.get(0), ports.get(1), ports.get(2));
        server.awaitAnswer();
        return server;
    }

    private static Path jar() throws IOException {
        Path root = Path.of(System.getProperty("sms.root", "."));
        Path target = root.resolve("sms-server").resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no server jar in " + target + "; run ./sms build"));
        }
    }

    private void awaitAnswer() throws IOException {
        if (!await("/actuator/health", answer -> answer.statusCode() == 200)) {
            close();
            throw new IOException("the service did not start; its log is " + log);
        }
    }

    /**
     * Waits until health says so of the chain.
     *
     * @param status {@code following} or {@code stopped}
     */
    void awaitChain(String status) {
        if (!await(
                "/v1/health",
                answer -> status.equals(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("chain")
                        .path("status")
                        .asString("")))) {
            throw new IllegalStateException(
                    "the service does not say that the chain is " + status + "; its log is " + log);
        }
    }

    private boolean await(String path, Predicate<HttpResponse<String>> wanted) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < giveUp && process.isAlive()) {
                try {
                    HttpRequest request =
                            HttpRequest.newBuilder(nativeApi().resolve(path)).build();
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

    URI nativeApi() {
        return URI.create("http://localhost:" + nativePort);
    }

    URI scone() {
        return URI.create("http://localhost:" + sconePort);
    }

    URI tdx() {
        return URI.create("http://localhost:" + tdxPort);
    }

    /** What the service wrote. */
    Path log() {
        return log;
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
