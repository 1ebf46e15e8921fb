package io.attested.sms.bench.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.testbed.Responder;
import io.attested.sms.chain.testbed.ScriptedNode;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The node in a process of its own, so that time and memory of this one are the follower's. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final URI url;

    private NodeProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Serves blocks up to {@code last}; waits until all are made. */
    static NodeProcess start(URI hubs, Poco poco, int last) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProcess.class.getName(),
                hubs.toString(),
                poco.hub(),
                poco.appRegistry(),
                poco.datasetRegistry(),
                Integer.toString(last));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String url = output.readLine();
            if (url == null) {
                throw new TestbedFailure("the process of the synthetic node ended before it served");
            }
            return new NodeProcess(process, URI.create(url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    /** CPU time it has used, seconds; zero when the platform does not tell. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(0.0);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Arguments: URL of a node with a real hub, the hub, two registries, height of the last block. */
    public static void main(String[] arguments) throws IOException {
        SyntheticChain chain = new SyntheticChain(
                Address.parse(arguments[1]),
                List.of(Address.parse(arguments[2]), Address.parse(arguments[3])),
                Integer.parseInt(arguments[4]));
        SyntheticNode node = new SyntheticNode(chain, Responder.node(URI.create(arguments[0])));
        try (ScriptedNode server = new ScriptedNode(node)) {
            System.out.println(server.url());
            // The parent holds the other end: it closes when the parent ends, however it ends.
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
