package io.attested.sms.worker.cli;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.Wallet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a wallet's private key is; never on the command line. */
final class WalletOption {
    private static final String FORM = "64 hex digits, with or without 0x";

    @Option(names = "--wallet", paramLabel = "FILE", description = "File with the wallet's private key, " + FORM + ".")
    private @Nullable Path file;

    @Option(
            names = "--wallet-env",
            paramLabel = "NAME",
            description = "Name of the environment variable that holds the wallet's private key, " + FORM + ".")
    private @Nullable String variable;

    boolean isGiven() {
        return file != null || variable != null;
    }

    Wallet open(Console console) throws Failure, IOException {
        if (file != null && variable != null) {
            throw Failure.usage("--wallet and --wallet-env exclude each other; give one of them");
        }
        if (file != null) {
            try (SecretBytes hex = SecretInput.read(file, 4096)) {
                return parsed(Wallet.parse(hex), "the file " + file);
            }
        }
        if (variable != null) {
            return ofVariable(console, variable);
        }
        throw Failure.usage("a wallet is needed: give --wallet FILE or --wallet-env NAME");
    }

    private static Wallet ofVariable(Console console, String name) throws Failure {
        String value = console.environment().get(name);
        if (value == null) {
            throw Failure.usage("the environment variable named with --wallet-env is not set");
        }
        try (SecretBytes hex = SecretBytes.ofUtf8(value)) {
            return parsed(Wallet.parse(hex), "the environment variable named with --wallet-env");
        }
    }

    private static Wallet parsed(Optional<Wallet> wallet, String where) throws Failure {
        return wallet.orElseThrow(() ->
                Failure.usage(where + " holds no private key; expected are " + FORM + ", a number from 1 to n-1"));
    }
}
