package io.attested.sms.bench.sessions;

import io.attested.sms.bench.ServiceProcess;
import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service in a process of its own, from its jar and with the JVM's own settings, as {@code ./sms server} starts it. */
final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ServiceProcess process;
    private final int sconePort;

    private Service(ServiceProcess process, int sconePort) {
        this.process = process;
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
                ServiceProcess.jar().toString(),
                "--server.port=" + ports.get(0),
                "--sms.iexec.listeners[0].port=" + ports.get(1),
                "--sms.iexec.listeners[0].framework=SCONE",
                "--sms.iexec.writes-per-minute=" + Integer.MAX_VALUE,
                "--sms.sessions.per-task-and-hour=" + Integer.MAX_VALUE,
                "--sms.store.folder=" + folder.resolve("store")));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Service service = new Service(new ServiceProcess(process, ports.get(0)), ports.get(1));
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

    private boolean follows() {
        return process.await("/v1/health", PATIENCE, answer -> answer.body().contains("\"status\":\"following\""));
    }

    /** Where the iExec contract for SCONE is served. */
    int sconePort() {
        return sconePort;
    }

    /** CPU time of the process so far, of all its threads. */
    Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
