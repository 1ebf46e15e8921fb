package io.attested.sms.worker.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code sms}: pushes secrets, encrypts datasets, measures applications, verifies evidence, runs tasks. */
@Command(
        name = "sms",
        mixinStandardHelpOptions = true,
        version = "sms 0.1.0",
        scope = CommandLine.ScopeType.INHERIT,
        synopsisHeading = "Usage: ./",
        synopsisSubcommandLabel = "COMMAND",
        description = "Secrets for confidential computing, governed by Ethereum.",
        exitCodeListHeading = "%nExit codes:%n",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n")
public final class Sms {
    private Sms() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Console console = new Console(System.in, System.out, System.err, System.getenv());
        System.exit(run(console, InstantSource.system(), arguments));
    }

    /** Runs one command; its exit code. */
    public static int run(Console console, InstantSource clock, String... arguments) {
        CommandLine sms = new CommandLine(new Sms())
                .addSubcommand(secret(console))
                .addSubcommand(dataset(console))
                .addSubcommand(new CommandLine(new Group.App()).addSubcommand(new AppMeasure(console)))
                .addSubcommand(new CommandLine(new Group.Evidence())
                        .addSubcommand(new EvidenceInspect(console))
                        .addSubcommand(new EvidenceVerify(console, clock))
                        .addSubcommand(new CommandLine(new Group.Collateral())
                                .addSubcommand(new CollateralExport(console, clock))
                                .addSubcommand(new CollateralShow(console, clock))))
                .addSubcommand(new CommandLine(new Group.Task())
                        .addSubcommand(new TaskAsk(console, clock))
                        .addSubcommand(new TaskRun(console, clock)));
        sms.getCommandSpec()
                .usageMessage()
                .footer(
                        "  Encrypt a dataset, keep its key in a file, push the key:",
                        "    ./sms dataset encrypt prices.csv prices.enc --key-out prices.key",
                        "    ./sms secret push dataset 0xDATASET --value-file prices.key \\",
                        "        --wallet owner.key --sms https://sms.example.org",
                        "  Learn more about one command:",
                        "    ./sms task run --help");
        for (CommandLine command : sms.getSubcommands().values()) {
            documentExitCodes(command);
        }
        documentExitCodes(sms);
        return sms.setParameterExceptionHandler((failure, words) -> mistake(console, failure))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(console, failure))
                .execute(arguments);
    }

    private static CommandLine secret(Console console) {
        return new CommandLine(new Group.Secret())
                .addSubcommand(new CommandLine(new Group.Push())
                        .addSubcommand(new SecretPush.OfDataset(console))
                        .addSubcommand(new SecretPush.OfApp(console))
                        .addSubcommand(new SecretPush.OfRequester(console))
                        .addSubcommand(new SecretPush.OfAccount(console)))
                .addSubcommand(new CommandLine(new Group.Check())
                        .addSubcommand(new SecretCheck.OfDataset(console))
                        .addSubcommand(new SecretCheck.OfApp(console))
                        .addSubcommand(new SecretCheck.OfRequester(console))
                        .addSubcommand(new SecretCheck.OfAccount(console)));
    }

    private static CommandLine dataset(Console console) {
        return new CommandLine(new Group.Dataset())
                .addSubcommand(new DatasetEncrypt(console))
                .addSubcommand(new DatasetDecrypt(console));
    }

    private static void documentExitCodes(CommandLine command) {
        java.util.Map<String, String> codes = new java.util.LinkedHashMap<>();
        for (String line : ExitCode.HELP) {
            int colon = line.indexOf(':');
            codes.put(line.substring(0, colon), line.substring(colon + 1));
        }
        command.getCommandSpec().usageMessage().exitCodeList(codes);
        command.getSubcommands().values().forEach(Sms::documentExitCodes);
    }

    /** One sentence; the whole help would push it out of sight. */
    private static int mistake(Console console, CommandLine.ParameterException failure) {
        String message =
                String.join(" ", String.valueOf(failure.getMessage()).lines().toList());
        console.note(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + "; `./"
                + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help` shows what it takes");
        return ExitCode.USAGE;
    }

    private static int report(Console console, Exception failure) {
        Failure known = switch (failure) {
            case Failure f -> f;
            case FileAlreadyExistsException e ->
                Failure.refused(e.getFile() + " exists already and is not replaced; choose another name or remove it");
            case NoSuchFileException e -> Failure.unavailable(e.getFile() + " does not exist; check the path");
            case NotDirectoryException e -> Failure.unavailable(e.getFile() + " is no folder; check the path");
            case AccessDeniedException e ->
                Failure.unavailable(e.getFile() + " may not be read or written by this user; check its permissions");
            case IOException e when e.getMessage() != null -> Failure.unavailable(e.getMessage());
            default ->
                Failure.unavailable(failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
        };
        console.note(String.valueOf(known.getMessage()));
        return known.exitCode();
    }
}
