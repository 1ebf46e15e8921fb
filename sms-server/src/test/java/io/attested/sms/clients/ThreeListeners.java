package io.attested.sms.clients;

import io.attested.sms.contracts.testbed.FreePorts;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.scenario.RunningServer;
import io.attested.sms.scenario.ServedChain;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A chain and a service with a listener for each framework.
 *
 * @param gramine base URL of the third listener
 */
record ThreeListeners(ServedChain served, URI gramine) implements AutoCloseable {

    /** A fresh chain, a fresh store. */
    static ThreeListeners start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with more settings. */
    static ThreeListeners start(Path folder, Map<String, String> more) {
        int port = FreePorts.one();
        Map<String, String> settings = new HashMap<>(more);
        settings.put("sms.iexec.listeners[2].port", Integer.toString(port));
        settings.put("sms.iexec.listeners[2].framework", "GRAMINE");
        return new ThreeListeners(ServedChain.start(folder, settings), URI.create("http://localhost:" + port));
    }

    URI of(StrictSms.Framework framework) {
        return switch (framework) {
            case SCONE -> scone();
            case GRAMINE -> gramine;
            case TDX -> tdx();
        };
    }

    URI scone() {
        return server().scone();
    }

    URI tdx() {
        return server().tdx();
    }

    RunningServer server() {
        return served.server();
    }

    LocalChain chain() {
        return served.chain();
    }

    Scenario story() {
        return served.story();
    }

    @Override
    public void close() {
        served.close();
    }
}
