package io.attested.sms.bench.demo;

import io.attested.sms.bench.ServiceProcess;
import io.attested.sms.contracts.testbed.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The service as an operator runs it: a process of its own from its jar, with settings on its command line. */
final class DemoService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ServiceProcess process;
    private final Path log;
    private final int sconePort;
    private final int tdxPort;

    private DemoService(ServiceProcess process, Path log, int sconePort, int tdxPort) {
        this.process = process;
        this.log = log;
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
    static DemoService start(
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
                ServiceProcess.jar().toString(),
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
        DemoService server =
                new DemoService(new ServiceProcess(process, ports.get(0)), log, ports.get(1), ports.get(2));
        server.awaitAnswer();
        return server;
    }

    private void awaitAnswer() throws IOException {
        if (!process.await("/actuator/health", PATIENCE, answer -> answer.statusCode() == 200)) {
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
        if (!process.await(
                "/v1/health",
                PATIENCE,
                answer -> status.equals(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("chain")
                        .path("status")
                        .asString("")))) {
            throw new IllegalStateException(
                    "the service does not say that the chain is " + status + "; its log is " + log);
        }
    }

    URI nativeApi() {
        return process.url();
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
        process.close();
    }
}
