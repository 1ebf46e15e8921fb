package io.attested.sms.scenario;

import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.PocoDeployment;
import io.attested.sms.contracts.testbed.Scenario;
import java.nio.file.Path;
import java.util.Map;

/**
 * A chain with PoCo and a service on it, shared by the tests of a class.
 *
 * @param story plays on the chain
 */
public record ServedChain(LocalChain chain, Scenario story, RunningServer server) implements AutoCloseable {

    /** A fresh chain and a dev-realm service at depth 0 with a fresh store. */
    public static ServedChain start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with settings added or replaced. */
    public static ServedChain start(Path folder, Map<String, String> settings) {
        LocalChain chain = LocalChain.anvil();
        try {
            Poco poco = PocoDeployment.deploy(chain);
            return new ServedChain(
                    chain, Scenario.on(chain, poco), RunningServer.start(folder, chain.url(), poco.hub(), settings));
        } catch (RuntimeException failure) {
            chain.close();
            throw failure;
        }
    }

    /** Waits until the service knows of everything that was done on the chain. */
    public void awaitHead() {
        server.awaitHead(chain);
    }

    @Override
    public void close() {
        server.close();
        chain.close();
    }
}
