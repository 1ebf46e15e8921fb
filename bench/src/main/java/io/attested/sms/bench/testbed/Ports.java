package io.attested.sms.bench.testbed;

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
    private static final int IN_USE = 10;
    private static final int HIGHEST = 65535;

    Ports {
        if (base < 1024 || base > HIGHEST - IN_USE) {
            throw new IllegalArgumentException(
                    "--port-base " + base + " is not a port from 1024 to " + (HIGHEST - IN_USE));
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
