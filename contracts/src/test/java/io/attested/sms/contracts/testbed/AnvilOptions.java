package io.attested.sms.contracts.testbed;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start anvil.
 *
 * @param chainId chain id to report
 * @param state a recorded state to restore, plain or ending in {@code .gz}; empty starts a fresh chain
 * @param port port on 127.0.0.1, 0 for a free one
 */
public record AnvilOptions(long chainId, Optional<Path> state, int port) {
    /** A fresh chain with id 65535 on a free port. */
    public static AnvilOptions standard() {
        return new AnvilOptions(65535, Optional.empty(), 0);
    }

    /** The same with another chain id. */
    public AnvilOptions withChainId(long other) {
        return new AnvilOptions(other, state, port);
    }

    /** The same, restoring a recorded state. The node cannot read blocks older than the restored head: mine one. */
    public AnvilOptions withState(Path file) {
        return new AnvilOptions(chainId, Optional.of(file), port);
    }

    /** The same on a fixed port. */
    public AnvilOptions withPort(int other) {
        return new AnvilOptions(chainId, state, other);
    }
}
