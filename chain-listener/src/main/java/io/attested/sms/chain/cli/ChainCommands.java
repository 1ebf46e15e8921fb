package io.attested.sms.chain.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code sms chain}: looks things up on the chain, each with the block and the trust level behind it. */
@Command(
        name = "sms chain",
        mixinStandardHelpOptions = true,
        version = "sms 0.1.0",
        scope = CommandLine.ScopeType.INHERIT,
        synopsisHeading = "Usage: ./",
        synopsisSubcommandLabel = "COMMAND",
        description = "What Ethereum nodes say, with the block it was read at and the trust level behind it.",
        exitCodeListHeading = "%nExit codes:%n",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./sms chain status --node https://node.example.org --chain-id 134 --hub 0xHUB",
            "  ./sms chain task 0xTASK --node https://a.example \\",
            "      --node https://b.example --trust proof --json"
        })
public final class ChainCommands {
    private ChainCommands() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Console console = new Console(System.out, System.err, System.getenv());
        System.exit(run(console, InstantSource.system(), arguments));
    }

    /** Runs one command; its exit code. */
    public static int run(Console console, InstantSource clock, String... arguments) {
        CommandLine chain = new CommandLine(new ChainCommands())
                .addSubcommand(new StatusCommand(console, clock))
                .addSubcommand(new TaskCommand(console, clock))
                .addSubcommand(new AssetCommand.OfApp(console, clock))
                .addSubcommand(new AssetCommand.OfDataset(console, clock))
                .addSubcommand(new DealCommand(console, clock));
        chain.getCommandSpec().usageMessage().exitCodeList(ExitCode.help());
        chain.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().usageMessage().exitCodeList(ExitCode.help()));
        return chain.setParameterExceptionHandler((failure, words) -> mistake(console, failure))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(console, failure))
                .execute(arguments);
    }

    /** One sentence. What picocli says repeats words of the command line; an address of a node may carry credentials. */
    private static int mistake(Console console, CommandLine.ParameterException failure) {
        String message = String.join(
                        " ", String.valueOf(failure.getMessage()).lines().toList())
                .replaceAll("[^\\s'\"]*://[^\\s'\"]*", "(address)");
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        console.note(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + "; `./" + command
                + " --help` shows what it takes");
        return ExitCode.USAGE;
    }

    private static int report(Console console, Exception failure) {
        if (failure instanceof Failure known) {
            console.note(String.valueOf(known.getMessage()));
            return known.exitCode();
        }
        console.note(failure.getClass().getSimpleName() + " ended the command; this is a fault of the program");
        return ExitCode.UNREADABLE;
    }
}
