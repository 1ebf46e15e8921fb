package io.attested.sms.iexec;

import io.attested.sms.task.TeeFramework;
import java.util.Map;
import java.util.Optional;

/**
 * Which framework answers on which port: {@code GET /tee/framework} says one word, and clients drop path prefixes.
 *
 * @param byPort port as the client reached it
 */
public record FrameworkListeners(Map<Integer, TeeFramework> byPort) {
    public FrameworkListeners {
        byPort = Map.copyOf(byPort);
    }

    /** The framework of the listener at {@code port}, if it is one of iExec's. */
    public Optional<TeeFramework> frameworkOf(int port) {
        return Optional.ofNullable(byPort.get(port));
    }
}
