package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.boot.OperatorMain;
import io.attested.sms.chain.cli.ChainCommands;
import io.attested.sms.worker.cli.Console;
import io.attested.sms.worker.cli.Sms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/reference/cli.md}, and every command line in every page, against {@code --help}. */
class CommandsPageTest {
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)");
    private static final Pattern WRITTEN_OPTION = Pattern.compile("(?<=\\s)--[a-z-]+(?![a-z.-])");
    private static final Pattern SUBCOMMAND = Pattern.compile("(?m)^ {2}([a-z]+) {2,}");
    /** Another program behind the same launcher. */
    private static final String OF_THE_CHAIN = "chain";

    /** And another one, of the server. */
    private static final String OF_THE_OPERATOR = "operator";

    private static final int HELP_WIDTH = 80;
    private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");
    private static final Set<String> OF_THE_LAUNCHER =
            Set.of("demo", "test", "testbed", "conformance", "server", "bench", "build", "help");

    private final Page page = Page.of("docs/reference/cli.md");

    @Test
    void everyCommandIsListed() {
        List<String> commands = new ArrayList<>();
        collect("sms", commands);
        assertThat(commands).contains("sms chain status");
        assertThat(page.sections(3).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        commands.stream().map(command -> "`" + command + "`").toList());
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsListed() {
        return page.sections(3).entrySet().stream().map(section -> {
            Set<String> expected = options(section.getKey().replace("`", ""));
            return DynamicTest.dynamicTest(
                    section.getKey(),
                    () -> assertThat(section.getValue().firstCells()).containsExactlyInAnyOrderElementsOf(expected));
        });
    }

    /** Three programs behind one launcher, each set up in its own module, look like one. */
    @TestFactory
    Stream<DynamicTest> everyHelpHasTheSameForm() {
        return page.sections(3).keySet().stream()
                .map(heading -> heading.replace("`", ""))
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    String help = help(command);
                    assertThat(help)
                            .startsWith("Usage: ./" + command)
                            .contains("\nOptions:\n", "\nExit codes:\n", "\nExamples:\n  ");
                    assertThat(help.lines()).allMatch(line -> line.length() <= HELP_WIDTH);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms app measure", "sms chain status", "sms operator import"})
    void mistakeIsToldInOneSentenceThatPointsToTheHelp(String command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeFirst();
        words.add("--frob");
        assertThat(run(print, words)).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("sms")
                .endsWith("; `./" + command + " --help` shows what it takes");
    }

    @Test
    void everyExitCodeIsListed() {
        String help = help("sms");
        String codes = help.substring(help.indexOf("Exit codes:"), help.indexOf("Examples:"));
        List<String> expected = Pattern.compile("(?m)^ +(\\d+) {2,}")
                .matcher(codes)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(page.section("Exit codes").firstCells()).containsExactlyElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandLineInThePagesExists() {
        return Page.all().stream()
                .map(written -> DynamicTest.dynamicTest(
                        written.toString(), () -> commandLines(written).forEach(CommandsPageTest::requireExists)));
    }

    private static List<String> commandLines(Page written) {
        return written.codeBlocks().stream()
                .flatMap(block -> block.replace("\\\n", " ").lines())
                .map(String::strip)
                .filter(line -> line.startsWith("./sms "))
                .toList();
    }

    private static void requireExists(String line) {
        List<String> words = List.of(line.split("\\s+"));
        if (OF_THE_LAUNCHER.contains(words.get(1))) {
            return;
        }
        String command = "sms";
        for (String word : words.subList(1, words.size())) {
            if (!subcommands(command).contains(word)) {
                break;
            }
            command += " " + word;
        }
        assertThat(subcommands(command))
                .as("\"%s\" is no whole command: %s", command, line)
                .isEmpty();
        Set<String> written = new TreeSet<>();
        WRITTEN_OPTION.matcher(line).results().forEach(found -> written.add(found.group()));
        assertThat(options(command)).as(line).containsAll(written);
    }

    private static void collect(String command, List<String> commands) {
        Set<String> below = subcommands(command);
        if (below.isEmpty()) {
            commands.add(command);
        }
        below.forEach(word -> collect(command + " " + word, commands));
    }

    private static Set<String> subcommands(String command) {
        String help = help(command);
        int start = help.indexOf("\nCommands:");
        if (start < 0) {
            return Set.of();
        }
        int end = help.indexOf("\nExit codes:", start);
        Set<String> words = new TreeSet<>();
        if ("sms".equals(command)) {
            words.add(OF_THE_CHAIN);
            words.add(OF_THE_OPERATOR);
        }
        SUBCOMMAND.matcher(help.substring(start, end)).results().forEach(found -> words.add(found.group(1)));
        return words;
    }

    private static Set<String> options(String command) {
        String help = help(command);
        String options = help.substring(help.indexOf("\nOptions:"), help.indexOf("\nExit codes:"));
        Set<String> names = new TreeSet<>();
        OPTION.matcher(options).results().forEach(found -> names.add(found.group(1)));
        names.removeAll(OF_EVERY_COMMAND);
        return names;
    }

    private static String help(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.removeFirst();
        words.add("--help");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(run(print, words)).as(command).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int run(PrintStream print, List<String> words) {
        if (words.getFirst().equals(OF_THE_CHAIN)) {
            return ChainCommands.run(
                    new io.attested.sms.chain.cli.Console(print, print, Map.of()),
                    InstantSource.system(),
                    words.stream().skip(1).toArray(String[]::new));
        }
        if (words.getFirst().equals(OF_THE_OPERATOR)) {
            return OperatorMain.run(print, print, words.stream().skip(1).toArray(String[]::new));
        }
        Console console = new Console(new ByteArrayInputStream(new byte[0]), print, print, Map.of());
        return Sms.run(console, InstantSource.system(), words.toArray(String[]::new));
    }
}
