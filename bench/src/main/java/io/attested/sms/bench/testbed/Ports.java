package io.attested.sms.bench.testbed;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * Who listens where: ports in a row from a base.
 *
 * @param base the SCONE listener's port; ten ports from it are used
 */
record Ports(int base) {
    static final int USUAL_BASE = 13300;
    static final int LOWEST_BASE = 1024;
    private static final int IN_USE = 10;
    static final int HIGHEST_BASE = 65536 - IN_USE;

    Ports {
        if (!isBase(base)) {
            throw new IllegalArgumentException(
                    "the first port is " + base + ", expected " + LOWEST_BASE + " to " + HIGHEST_BASE);
        }
    }

    static boolean isBase(int base) {
        return LOWEST_BASE <= base && base <= HIGHEST_BASE;
    }

    /** @throws IOException when something listens on one of them, those of the service included */
    void requireFree() throws IOException {
        for (int port = base; port < base + IN_USE; port++) {
            try (ServerSocket free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (BindException taken) {
                throw new IOException(
                        "port " + port + " is in use; expected ten free ports from " + base
                                + " on: end what uses it, or name others with --port-base",
                        taken);
            }
        }
    }

    /** The iExec API of a framework. */
    int listener(Framework framework) {
        return base + framework.ordinal();
    }

    /** The service's own port. */
    int service() {
        return base + 3;
    }

    int chain() {
        return base + 4;
    }

    /** The stand-in of a framework's store. */
    int store(Framework framework) {
        return base + 5 + framework.ordinal();
    }

    int ipfs() {
        return base + 8;
    }

    /** Where what the stores received is read back. */
    int inspection() {
        return base + 9;
    }

    /** Base URLs of the iExec API. */
    Map<Framework, URI> listeners() {
        Map<Framework, URI> listeners = new EnumMap<>(Framework.class);
        for (Framework framework : Framework.values()) {
            listeners.put(framework, URI.create("http://localhost:" + listener(framework)));
        }
        return listeners;
    }
}
