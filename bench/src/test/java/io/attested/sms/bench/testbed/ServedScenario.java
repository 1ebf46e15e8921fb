package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.scenario.RunningServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** The test scenario with its chain and stores, and a service on it in this process; shared by the tests of a class. */
public final class ServedScenario implements AutoCloseable {
    private static final int LOWEST = 20_000;
    private static final int SPAN = 10_000;
    private static final int IN_A_ROW = 10;

    private final LocalChain chain;
    private final Stores stores;
    private final RunningServer server;
    private final TestScenario.Written written;

    private ServedScenario(LocalChain chain, Stores stores, RunningServer server, TestScenario.Written written) {
        this.chain = chain;
        this.stores = stores;
        this.server = server;
        this.written = written;
    }

    /**
     * Starts everything.
     *
     * @param folder for files and the service's store
     * @param pool apps, and datasets, that a run may use up
     * @param settings of the service, added or replaced
     */
    public static ServedScenario start(Path folder, int pool, Map<String, String> settings) throws IOException {
        Ports ports = new Ports(freeBase());
        Path files = Files.createDirectories(folder.resolve("scenario"));
        LocalChain chain = LocalChain.anvil(AnvilOptions.standard().withPort(ports.chain()));
        Stores stores = Stores.start(ports);
        try {
            TestScenario.Written written = TestScenario.make(chain, stores, files, ports, pool, new SecureRandom());
            Map<String, String> all = new HashMap<>(written.scenario().settings());
            all.putAll(settings);
            RunningServer server = RunningServer.start(
                    folder, chain.url(), written.scenario().chain().hub(), all);
            server.awaitFollowing();
            return new ServedScenario(chain, stores, server, written);
        } catch (IOException | RuntimeException failure) {
            stores.close();
            chain.close();
            throw failure;
        }
    }

    private static int freeBase() {
        Random random = new Random();
        for (int i = 0; i < 100; i++) {
            int base = LOWEST + IN_A_ROW * random.nextInt(SPAN / IN_A_ROW);
            if (free(base)) {
                return base;
            }
        }
        throw new IllegalStateException("there are no ten free ports in a row");
    }

    private static boolean free(int base) {
        for (int port = base; port < base + IN_A_ROW; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                socket.setReuseAddress(true);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    /** {@code scenario.json}. */
    public Path file() {
        return written.file();
    }

    /** What the file says. */
    public ScenarioFile scenario() {
        return written.scenario();
    }

    /** The iExec API of a framework. */
    public URI listener(Framework framework) {
        return URI.create(String.valueOf(scenario().listeners().get(framework)));
    }

    @Override
    public void close() {
        server.close();
        stores.close();
        chain.close();
    }
}
