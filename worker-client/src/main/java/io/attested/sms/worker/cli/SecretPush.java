package io.attested.sms.worker.cli;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.Wallet;
import io.attested.sms.worker.secret.PushOutcome;
import io.attested.sms.worker.secret.SecretTarget;
import io.attested.sms.worker.secret.SmsClient;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms secret push}, one command for each kind. */
abstract sealed class SecretPush implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ServiceOption service = new ServiceOption();

    @Mixin
    private WalletOption walletOption = new WalletOption();

    @Mixin
    private SecretInput input = new SecretInput();

    @Option(names = "--plain-http", description = "Send the secret unencrypted to a service on another machine.")
    private boolean plainHttp;

    SecretPush(Console console) {
        this.console = console;
    }

    abstract SecretTarget target(Wallet wallet) throws Failure;

    PushOutcome send(SmsClient client, SecretTarget target, SecretBytes value, Wallet wallet) {
        return client.push(target, value, wallet);
    }

    SecretBytes prepared(SecretBytes value) throws Failure {
        return value;
    }

    @Override
    public Integer call() throws Failure, IOException {
        URI address = service.addressForSecrets(plainHttp);
        try (Wallet wallet = walletOption.open(console);
                SecretBytes value = prepared(input.value(console));
                var http = new ClosingClient(ServiceOption.http())) {
            SmsClient client = new SmsClient(http.client(), address);
            SecretTarget target = target(wallet);
            return report(send(client, target, value, wallet), wallet);
        }
    }

    private int report(PushOutcome outcome, Wallet wallet) throws Failure {
        switch (outcome) {
            case PushOutcome.Stored stored -> console.line("stored");
            case PushOutcome.AlreadyExists exists ->
                throw Failure.refused("a secret is there already. Secrets of datasets, apps and requesters are never "
                        + "replaced this way; an account's secret is, with --force");
            case PushOutcome.NotAllowed not ->
                throw Failure.refused("the service does not accept " + wallet.address()
                        + " as the owner; push with the " + "wallet that owns the dataset, app or account");
            case PushOutcome.TooLarge large ->
                throw Failure.refused("the value has more bytes than the service stores (4096)");
            case PushOutcome.NothingToReplace nothing -> throw Failure.refused("the service knows no such secret");
            case PushOutcome.Unavailable unavailable ->
                throw Failure.unavailable("the secret was not confirmed as stored: " + unavailable.reason()
                        + "; check it with ./sms secret check");
            case PushOutcome.Unexpected unexpected
            when unexpected.status() == 400 ->
                throw Failure.refused("the service cannot read the name or the value; both must be text in UTF-8, the"
                        + " name without control characters");
            case PushOutcome.Unexpected unexpected ->
                throw Failure.refused(
                        "the service refused with status " + unexpected.status() + "; is --sms the address of an SMS?");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "dataset",
            description = "Push the key of an encrypted dataset. White space around the key is left out.",
            footer = {
                "  ./sms secret push dataset 0xDATASET --value-file data.key --wallet owner.key \\",
                "      --sms https://sms.example.org"
            })
    static final class OfDataset extends SecretPush {
        @Parameters(paramLabel = "DATASET", converter = Typed.OfAddress.class, description = "The dataset's contract.")
        private EthereumAddress dataset = Unset.ADDRESS;

        OfDataset(Console console) {
            super(console);
        }

        @Override
        SecretTarget target(Wallet wallet) {
            return new SecretTarget.OfDataset(dataset);
        }

        @Override
        SecretBytes prepared(SecretBytes value) throws Failure {
            try (value) {
                SecretBytes key = SecretBytes.ofUtf8(
                        value.text(RawSecretAccess.to("strip white space")).strip());
                if (key.length() == 0) {
                    throw Failure.refused("the key is empty; expected is the text that the encryption gave");
                }
                return key;
            }
        }
    }

    @Command(
            name = "app",
            description = "Push the secret of an app's developer.",
            footer = {
                "  ./sms secret push app 0xAPP --value-file app.secret --wallet owner.key \\",
                "      --sms https://sms.example.org"
            })
    static final class OfApp extends SecretPush {
        @Parameters(paramLabel = "APP", converter = Typed.OfAddress.class, description = "The app's contract.")
        private EthereumAddress app = Unset.ADDRESS;

        OfApp(Console console) {
            super(console);
        }

        @Override
        SecretTarget target(Wallet wallet) {
            return new SecretTarget.OfApp(app);
        }
    }

    @Command(
            name = "requester",
            description = "Push a named secret of the wallet's account as a requester.",
            footer = {
                "  ./sms secret push requester api-key --stdin --wallet-env WALLET \\",
                "      --sms https://sms.example.org < api.key"
            })
    static final class OfRequester extends SecretPush {
        @Parameters(paramLabel = "NAME", description = "1 to 64 characters from 0-9 A-Z a-z - _")
        private String name = "";

        OfRequester(Console console) {
            super(console);
        }

        @Override
        SecretTarget target(Wallet wallet) throws Failure {
            return Unset.checked(() -> new SecretTarget.OfRequester(wallet.address(), name));
        }
    }

    @Command(
            name = "account",
            description = "Push a named secret of the wallet's account, such as iexec-result-encryption-public-key.",
            footer = {
                "  ./sms secret push account iexec-result-dropbox-token --value-file token \\",
                "      --force \\",
                "      --wallet me.key --sms https://sms.example.org"
            })
    static final class OfAccount extends SecretPush {
        @Parameters(paramLabel = "NAME", description = "Name of the secret; its case does not matter.")
        private String name = "";

        @Option(names = "--force", description = "Replace the secret if it is there already.")
        private boolean force;

        OfAccount(Console console) {
            super(console);
        }

        @Override
        SecretTarget target(Wallet wallet) throws Failure {
            return Unset.checked(() -> new SecretTarget.OfAccount(wallet.address(), name));
        }

        @Override
        PushOutcome send(SmsClient client, SecretTarget target, SecretBytes value, Wallet wallet) {
            return force && target instanceof SecretTarget.OfAccount account
                    ? client.replace(account, value, wallet)
                    : super.send(client, target, value, wallet);
        }
    }
}
