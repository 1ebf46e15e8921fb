package io.attested.sms.worker.cli;

import picocli.CommandLine.Command;

/** The nouns of the command line; each only holds its verbs. */
final class Group {
    private Group() {}

    @Command(
            name = "secret",
            description = "Push secrets to a service, check whether they are there.",
            footer = {
                "  ./sms secret push app 0xAPP --value-file app.secret --wallet owner.key \\",
                "      --sms https://sms.example.org",
                "  ./sms secret check app 0xAPP --sms https://sms.example.org && echo present"
            })
    static final class Secret {}

    @Command(
            name = "push",
            description =
                    "Push a secret, signed by its owner's wallet. The value comes from a file or from standard input.",
            footer = {
                "  ./sms secret push dataset 0xDATASET --value-file data.key \\",
                        "      --wallet owner.key --sms https://sms.example.org",
                "  pass show api | ./sms secret push requester api-key --stdin \\",
                        "      --wallet-env WALLET --sms https://…"
            })
    static final class Push {}

    @Command(
            name = "check",
            description = "Ask whether a secret is there. Needs no wallet.",
            footer = "  ./sms secret check dataset 0xDATASET --sms https://sms.example.org")
    static final class Check {}

    @Command(
            name = "dataset",
            description = "Encrypt and decrypt dataset files in iExec's format (AES-256-CBC).",
            footer = {
                "  ./sms dataset encrypt prices.csv prices.enc --key-out prices.key",
                "  ./sms dataset decrypt prices.enc prices.csv --key prices.key"
            })
    static final class Dataset {}

    @Command(
            name = "app",
            description = "Measure applications for registration.",
            footer = "  ./sms app measure build/app --mrenclave 16e7…10a1")
    static final class App {}

    @Command(
            name = "task",
            description = "Run a task inside an enclave, and sign the question for it outside.",
            footer = {
                "  ./sms task ask --authorization auth.json --wallet worker.key \\",
                        "      --sms https://sms.example.org --out ask.json",
                "  ./sms task run --evidence gramine --authorization auth.json \\",
                        "      --ask ask.json --app /app \\",
                "      --sms https://sms.example.org --dataset prices.enc"
            })
    static final class Task {}

    @Command(
            name = "evidence",
            description = "Show and verify evidence: quotes of SGX enclaves and TDX trust domains.",
            footer = {
                "  ./sms evidence inspect quote.bin",
                "  ./sms evidence verify quote.bin --collateral collateral.json \\",
                "      --at 2026-11-01T12:00:00Z"
            })
    static final class Evidence {}

    @Command(
            name = "collateral",
            description = "Make and show bundles of what Intel publishes about platforms.",
            footer = {
                "  ./sms evidence collateral export --source pcs --quote quote.bin \\",
                "      --out bundle.json",
                "  ./sms evidence collateral show bundle.json"
            })
    static final class Collateral {}
}
