package io.attested.sms.worker.cli;

import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.secret.Presence;
import io.attested.sms.worker.secret.SecretTarget;
import io.attested.sms.worker.secret.SmsClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sms secret check}, one command for each kind. */
abstract sealed class SecretCheck implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ServiceOption service = new ServiceOption();

    SecretCheck(Console console) {
        this.console = console;
    }

    abstract SecretTarget target() throws Failure;

    @Override
    public Integer call() throws Failure {
        try (var http = new ClosingClient(ServiceOption.http())) {
            return switch (new SmsClient(http.client(), service.address()).presence(target())) {
                case Presence.Present present -> say("present", ExitCode.DONE);
                case Presence.Absent absent -> say("absent", ExitCode.ABSENT);
                case Presence.Unknown unknown ->
                    throw Failure.unavailable(
                            "the service could not say whether the secret is there: " + unknown.reason());
            };
        }
    }

    private int say(String result, int exitCode) {
        console.line(result);
        return exitCode;
    }

    @Command(
            name = "dataset",
            description = "Is the key of a dataset there?",
            footer = "  ./sms secret check dataset 0xDATASET --sms https://sms.example.org")
    static final class OfDataset extends SecretCheck {
        @Parameters(paramLabel = "DATASET", converter = Typed.OfAddress.class, description = "The dataset's contract.")
        private EthereumAddress dataset = Unset.ADDRESS;

        OfDataset(Console console) {
            super(console);
        }

        @Override
        SecretTarget target() {
            return new SecretTarget.OfDataset(dataset);
        }
    }

    @Command(
            name = "app",
            description = "Is the secret of an app's developer there?",
            footer = "  ./sms secret check app 0xAPP --sms https://sms.example.org")
    static final class OfApp extends SecretCheck {
        @Parameters(paramLabel = "APP", converter = Typed.OfAddress.class, description = "The app's contract.")
        private EthereumAddress app = Unset.ADDRESS;

        OfApp(Console console) {
            super(console);
        }

        @Override
        SecretTarget target() {
            return new SecretTarget.OfApp(app);
        }
    }

    @Command(
            name = "requester",
            description = "Is a named secret of a requester there?",
            footer = "  ./sms secret check requester 0xREQUESTER api-key --sms https://sms.example.org")
    static final class OfRequester extends SecretCheck {
        @Parameters(
                index = "0",
                paramLabel = "REQUESTER",
                converter = Typed.OfAddress.class,
                description = "The requester's account.")
        private EthereumAddress requester = Unset.ADDRESS;

        @Parameters(index = "1", paramLabel = "NAME", description = "1 to 64 characters from 0-9 A-Z a-z - _")
        private String name = "";

        OfRequester(Console console) {
            super(console);
        }

        @Override
        SecretTarget target() throws Failure {
            return Unset.checked(() -> new SecretTarget.OfRequester(requester, name));
        }
    }

    @Command(
            name = "account",
            description = "Is a named secret of an account there?",
            footer = {
                "  ./sms secret check account 0xACCOUNT iexec-result-dropbox-token \\",
                "      --sms https://sms.example.org"
            })
    static final class OfAccount extends SecretCheck {
        @Parameters(
                index = "0",
                paramLabel = "ACCOUNT",
                converter = Typed.OfAddress.class,
                description = "The account.")
        private EthereumAddress account = Unset.ADDRESS;

        @Parameters(index = "1", paramLabel = "NAME", description = "Name of the secret; its case does not matter.")
        private String name = "";

        OfAccount(Console console) {
            super(console);
        }

        @Override
        SecretTarget target() throws Failure {
            return Unset.checked(() -> new SecretTarget.OfAccount(account, name));
        }
    }
}
