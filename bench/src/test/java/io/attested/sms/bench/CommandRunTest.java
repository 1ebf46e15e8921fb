package io.attested.sms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandRunTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Command(name = "sms try")
    private static final class Try implements Callable<Integer> {
        private final Callable<Integer> what;

        @Option(names = "--number")
        private int number;

        Try(Callable<Integer> what) {
            this.what = what;
        }

        @Override
        public Integer call() throws Exception {
            return what.call() + number;
        }
    }

    private int run(Callable<Integer> what, String... words) {
        return CommandRun.run(new Try(what), new PrintStream(out, true, StandardCharsets.UTF_8), words);
    }

    @Test
    void commandsCodeIsItsOwn() {
        assertThat(run(() -> 0)).isZero();
        assertThat(run(() -> 1, "--number", "2")).isEqualTo(3);
        assertThat(run(() -> 1, "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: ./sms try [-hV] [--number=<number>]");
    }

    @Test
    void mistakesOfTheCommandLineAreTwo() {
        assertThat(run(() -> 0, "--frob")).isEqualTo(CommandRun.WRONG_COMMAND_LINE);
        assertThat(run(() -> 0, "--number", "x")).isEqualTo(CommandRun.WRONG_COMMAND_LINE);
        assertThat(run(() -> {
                    throw new CommandRun.WrongCommandLine("--number is 1 to 3");
                }))
                .isEqualTo(CommandRun.WRONG_COMMAND_LINE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatIsMissingIsFour() {
        assertThat(run(() -> {
                    throw new TestbedFailure("npm is not installed");
                }))
                .isEqualTo(CommandRun.UNAVAILABLE);
        assertThat(run(() -> {
                    throw new IOException("no such file");
                }))
                .isEqualTo(CommandRun.UNAVAILABLE);
    }
}
