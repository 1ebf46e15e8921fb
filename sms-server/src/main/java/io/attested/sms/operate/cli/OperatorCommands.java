package io.attested.sms.operate.cli;

import io.attested.sms.operate.legacy.LegacyUnreadable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code sms operator}. */
@Command(
        name = "sms operator",
        mixinStandardHelpOptions = true,
        version = "sms 0.1.0",
        scope = CommandLine.ScopeType.INHERIT,
        synopsisHeading = "Usage: ./",
        synopsisSubcommandLabel = "COMMAND",
        description = "What an operator does while the service stands still.",
        exitCodeListHeading = "%nExit codes:%n",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = "  ./sms operator import --help")
public final class OperatorCommands {
    /** A setting of the service has dots; no option of these commands has one. */
    private static final Pattern SETTING = Pattern.compile("--[a-z-]+\\..*");

    private OperatorCommands() {}

    /** Runs one command; its exit code. Words like {@code --sms.realm=dev} are the service's settings. */
    public static int run(
            PrintStream out, PrintStream err, InstantSource clock, ImportPlace.Opening opening, String... arguments) {
        List<String> settings =
                Arrays.stream(arguments).filter(OperatorCommands::isSetting).toList();
        String[] words =
                Arrays.stream(arguments).filter(word -> !isSetting(word)).toArray(String[]::new);
        CommandLine operator = new CommandLine(new OperatorCommands())
                .addSubcommand(new ImportCommand(out, err, settings, opening, clock));
        operator.getCommandSpec().usageMessage().exitCodeList(ExitCode.help());
        operator.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().usageMessage().exitCodeList(ExitCode.help()));
        return operator.setParameterExceptionHandler((failure, given) -> mistake(err, failure))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(err, failure))
                .execute(words);
    }

    private static boolean isSetting(String word) {
        return SETTING.matcher(word).matches();
    }

    private static int mistake(PrintStream err, CommandLine.ParameterException failure) {
        String message =
                String.join(" ", String.valueOf(failure.getMessage()).lines().toList());
        err.println("sms operator: " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + "; `./"
                + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help` shows what it takes");
        return ExitCode.USAGE;
    }

    private static int report(PrintStream err, Exception failure) {
        switch (failure) {
            case ImportRefused refused -> {
                err.println("sms operator: " + refused.getMessage());
                return refused.exitCode();
            }
            case LegacyUnreadable unreadable -> {
                err.println("sms operator: " + unreadable.getMessage());
                return switch (unreadable.reason()) {
                    case NOT_AN_ORIGINALS -> ExitCode.REFUSED;
                    case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                };
            }
            default -> {
                // The message may be of a library and hold anything.
                err.println("sms operator: " + failure.getClass().getSimpleName()
                        + " ended the command; what was taken over until then stays, run it again");
                return ExitCode.UNAVAILABLE;
            }
        }
    }
}
