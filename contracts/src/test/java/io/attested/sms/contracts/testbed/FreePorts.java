package io.attested.sms.contracts.testbed;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ports for programs that have to be told one before they listen.
 *
 * <p>They lie below the range that systems take ports from for whoever asks for any, on Linux from 32768: between this
 * answer and its use no connection and no other server comes to have the port, except one that asked here too and got the
 * same of {@value #COUNT}.
 */
public final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int COUNT = 8_000;
    private static final int MOST_TRIES = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreePorts() {}

    /** A port at which nobody listens now. */
    public static int one() {
        return several(1).getFirst();
    }

    /**
     * Different ports at which nobody listens now.
     *
     * @throws TestbedFailure when there are not so many
     */
    public static List<Integer> several(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int tries = 0; found.size() < count; tries++) {
            if (tries == MOST_TRIES) {
                throw new TestbedFailure("no ports are free from " + LOWEST + " to " + (LOWEST + COUNT - 1));
            }
            int port = LOWEST + RANDOM.nextInt(COUNT);
            if (free(port)) {
                found.add(port);
            }
        }
        return List.copyOf(found);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
