package io.attested.sms.worker.cli;

import io.attested.sms.worker.ethereum.EthereumAddress;
import java.util.function.Supplier;

/** Values of required parameters before the command line was read. */
final class Unset {
    static final EthereumAddress ADDRESS = EthereumAddress.of(new byte[20]);

    private Unset() {}

    /** The target, or a usage failure with the target's own message. */
    static <T> T checked(Supplier<T> target) throws Failure {
        try {
            return target.get();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }
}
