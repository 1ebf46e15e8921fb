package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.AnvilOptions;
import io.attested.sms.contracts.testbed.LocalChain;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A chain with the test scenario and the stores that stand on it, for as long as it is open. */
public final class RunningTestbed implements AutoCloseable {
    private final LocalChain chain;
    private final Stores stores;
    private final TestScenario.Written written;

    private RunningTestbed(LocalChain chain, Stores stores, TestScenario.Written written) {
        this.chain = chain;
        this.stores = stores;
        this.written = written;
    }

    /**
     * Starts everything but the service.
     *
     * @param folder absolute, exists; scenario.json, server.properties and the service's store go there
     * @param portBase first of ten ports in a row
     * @param pool how many apps, and how many datasets, checks may use up
     */
    public static RunningTestbed start(Path folder, int portBase, int pool) throws IOException {
        Ports ports = new Ports(portBase);
        LocalChain chain = LocalChain.anvil(AnvilOptions.standard().withPort(ports.chain()));
        try {
            Stores stores = Stores.start(ports);
            try {
                return new RunningTestbed(
                        chain, stores, TestScenario.make(chain, stores, folder, ports, pool, new SecureRandom()));
            } catch (IOException | RuntimeException failure) {
                stores.close();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            chain.close();
            throw failure;
        }
    }

    /** What there is. */
    public ScenarioFile scenario() {
        return written.scenario();
    }

    /** {@code scenario.json}. */
    public Path scenarioFile() {
        return written.file();
    }

    /** The settings of a service on it. */
    public Path serverFile() {
        return written.server();
    }

    @Override
    public void close() {
        stores.close();
        chain.close();
    }
}
