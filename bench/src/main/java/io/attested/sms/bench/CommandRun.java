package io.attested.sms.bench;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * How every command of this module meets a terminal: help in 80 columns, a mistake in one sentence, and the same exit codes
 * for the same things. Their results go to standard output, everything else to standard error.
 */
public final class CommandRun {
    /** A measurement is worse than its target, or something did not hold. */
    public static final int FAILED = 1;

    /** The command line is wrong; nothing was done. */
    public static final int WRONG_COMMAND_LINE = 2;

    /** Something needed is missing, in use, or does not answer. */
    public static final int UNAVAILABLE = 4;

    private CommandRun() {}

    /** Runs the command; its exit code. */
    public static int run(Callable<Integer> command, PrintStream out, String... arguments) {
        return of(command, out).execute(arguments);
    }

    /** The command as it is run. */
    public static CommandLine of(Callable<Integer> command, PrintStream out) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().mixinStandardHelpOptions(true).version("sms 0.1.0");
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .synopsisHeading("Usage: ./")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .exitCodeListHeading("%nExit codes:%n");
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((mistake, words) -> mistaken(mistake.getCommandLine(), mistake))
                .setExecutionExceptionHandler((failure, of, parsed) -> failed(of, failure));
    }

    /** Exit codes in which a value decides, such as a port that is none. */
    public static final class WrongCommandLine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message what was given and what was expected */
        public WrongCommandLine(String message) {
            super(message);
        }
    }

    private static int failed(CommandLine line, Exception failure) throws Exception {
        return switch (failure) {
            case WrongCommandLine mistake -> mistaken(line, mistake);
            case TestbedFailure unavailable -> unavailable(line, unavailable);
            case IOException unavailable -> unavailable(line, unavailable);
            case UncheckedIOException unavailable -> unavailable(line, unavailable);
            default -> throw failure;
        };
    }

    private static int mistaken(CommandLine line, Exception mistake) {
        String message =
                String.join(" ", String.valueOf(mistake.getMessage()).lines().toList());
        tell(
                line,
                message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + "; `./" + name(line)
                        + " --help` shows what it takes");
        return WRONG_COMMAND_LINE;
    }

    private static int unavailable(CommandLine line, Exception failure) {
        tell(line, String.valueOf(failure.getMessage()));
        return UNAVAILABLE;
    }

    private static void tell(CommandLine line, String sentence) {
        line.getErr().println(name(line) + ": " + sentence);
    }

    private static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName();
    }
}
