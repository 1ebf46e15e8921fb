package io.attested.sms.worker.cli;

import io.attested.sms.worker.ethereum.Wallet;
import io.attested.sms.worker.release.Answer;
import io.attested.sms.worker.release.AskSigner;
import io.attested.sms.worker.release.Authorization;
import io.attested.sms.worker.release.HttpReleaseService;
import io.attested.sms.worker.release.ServiceDescription;
import io.attested.sms.worker.release.SignedAsk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sms task ask}. */
@Command(
        name = "ask",
        description = {
            "Sign the question for a task's secrets with the worker's wallet, outside the enclave.",
            "The signed ask is good for 4 minutes and for this one service; hand it to: sms task run --ask"
        },
        footer = {
            "  ./sms task ask --authorization auth.json --wallet worker.key \\",
            "      --sms https://sms.example.org --out ask.json"
        })
final class TaskAsk implements Callable<Integer> {
    private final Console console;
    private final InstantSource clock;

    @Mixin
    private ServiceOption service = new ServiceOption();

    @Mixin
    private WalletOption walletOption = new WalletOption();

    @Option(
            names = "--authorization",
            required = true,
            paramLabel = "FILE",
            description = "The workerpool authorization: the JSON object of /tee/sessions.")
    private Path authorizationFile = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "New file for the ask. Default: standard output.")
    private @Nullable Path out;

    TaskAsk(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Authorization authorization = TaskFiles.authorization(authorizationFile);
        try (Wallet wallet = walletOption.open(console);
                var http = new ClosingClient(ServiceOption.http())) {
            ServiceDescription description = describe(new HttpReleaseService(http.client(), service.address()));
            SignedAsk ask = AskSigner.of(wallet, clock)
                    .sign(authorization.chainTaskId(), authorization.enclaveChallenge(), description.askDomain());
            if (out == null) {
                console.out().writeBytes(ask.json());
                console.line("");
            } else {
                Files.write(out, ask.json(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                console.line("ask " + out);
            }
        }
        return ExitCode.DONE;
    }

    private static ServiceDescription describe(HttpReleaseService service) throws Failure {
        return switch (service.describe()) {
            case Answer.Given<ServiceDescription> given -> given.value();
            case Answer.Declined<ServiceDescription> declined -> throw Failure.unavailable(declined.detail());
        };
    }
}
