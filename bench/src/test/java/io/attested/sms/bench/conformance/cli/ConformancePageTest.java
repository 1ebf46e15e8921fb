package io.attested.sms.bench.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Verdict;
import io.attested.sms.bench.conformance.checks.Catalogue;
import io.attested.sms.bench.conformance.report.JsonReport;
import io.attested.sms.bench.conformance.report.Report;
import io.attested.sms.contracts.testbed.NodePackages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/reference/conformance.md} and its neighbours against the code.
 *
 * <p>With {@code -Dsms.docs.write=true} the lists of checks and deviations are written anew.
 */
class ConformancePageTest {
    private static final Path REFERENCE = NodePackages.root().resolve("docs/reference");
    private static final Path PAGE = REFERENCE.resolve("conformance.md");
    private static final String GENERATED = "## Deviations the checks name\n";

    @Test
    void listsOfChecksAndDeviationsAreTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(GENERATED);
        String before = start < 0 ? page : page.substring(0, start);
        String expected = before + generated();
        if (Boolean.getBoolean("sms.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as(PAGE + " differs from the code; write it anew with -Dsms.docs.write=true")
                .isEqualTo(expected);
    }

    private static String generated() {
        StringBuilder text = new StringBuilder(GENERATED);
        text.append(
                "\nOthers cannot be told from outside, or need an outage.\n\n| deviation | checks |\n| --- | --- |\n");
        named().forEach((id, checks) ->
                text.append("| `%s` | %s |\n".formatted(id, String.join(", ", shortened(checks)))));
        text.append("\n## The checks\n\nWritten by `ConformancePageTest` from the code, ")
                .append(
                        "and compared in the build. Those marked with * need a scenario, those with + the admin key.\n");
        groups().forEach((group, checks) -> {
            text.append("\n### ").append(group).append("\n\n| check | § | the contract says |\n| --- | --- | --- |\n");
            checks.forEach(check -> text.append("| `%s`%s | %s | %s |\n"
                    .formatted(check.id(), mark(check.need()), check.section(), check.statement())));
        });
        return text.toString();
    }

    private static String mark(Need need) {
        return switch (need) {
            case NOTHING -> "";
            case CHAIN -> " *";
            case ADMIN_KEY, ADMIN_STORAGE, RESTORE, OUT_OF_SERVICE -> " +";
        };
    }

    private static List<String> shortened(List<String> checks) {
        List<String> shown = new ArrayList<>(
                checks.stream().limit(4).map(id -> "`" + id + "`").toList());
        if (checks.size() > shown.size()) {
            shown.add((checks.size() - shown.size()) + " more");
        }
        return shown;
    }

    private static Map<String, List<Check>> groups() {
        Map<String, List<Check>> groups = new LinkedHashMap<>();
        Catalogue.all()
                .forEach(check -> groups.computeIfAbsent(check.group(), group -> new ArrayList<>())
                        .add(check));
        return groups;
    }

    private static Map<String, List<String>> named() {
        Map<String, List<String>> named = new TreeMap<>();
        for (Check check : Catalogue.all()) {
            for (Check.Alternative alternative : check.alternatives()) {
                named.computeIfAbsent(alternative.id(), id -> new ArrayList<>()).add(check.id());
            }
        }
        return named;
    }

    @Test
    void everyDeviationThatACheckNamesIsOnThePageOfDeviations() throws IOException {
        Set<String> listed = new TreeSet<>(firstCells(Files.readString(REFERENCE.resolve("iexec-compatibility.md"))));
        assertThat(named().keySet()).isNotEmpty().isSubsetOf(listed);
    }

    @Test
    void everyOptionIsOnThePageOfCommands() throws IOException {
        String page = Files.readString(REFERENCE.resolve("cli.md"));
        String section = page.substring(page.indexOf("## The conformance kit"));
        Set<String> options = new TreeSet<>();
        Conformance.command(System.out, System.err, Map.of(), false)
                .getCommandSpec()
                .options()
                .forEach(option -> options.add(option.longestName()));
        options.removeAll(Set.of("--help", "--version"));
        assertThat(firstCells(section)).containsExactlyInAnyOrderElementsOf(options);
    }

    @Test
    void everyMemberOfTheDocumentIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Reports"), page.indexOf(GENERATED));
        Set<String> members = new TreeSet<>();
        JsonNode document = JsonMapper.shared().readTree(JsonReport.of(report()));
        members.addAll(document.propertyNames());
        document.path("checks")
                .forEach(check -> check.propertyNames().forEach(name -> members.add("checks[]." + name)));
        assertThat(firstCells(section)).containsExactlyInAnyOrderElementsOf(members);
    }

    private static Report report() {
        Check check = Catalogue.all().getFirst();
        List<Played> played = List.of(
                new Played(check, new Verdict.Deviation("D-01", "a"), Duration.ZERO),
                new Played(check, new Verdict.Skipped("b"), Duration.ZERO));
        return new Report(URI.create("http://localhost:1"), Optional.of("a"), Instant.EPOCH, Duration.ZERO, 1, played);
    }

    private static List<String> firstCells(String text) {
        return Pattern.compile("(?m)^\\| `([^`]+)` ?\\|")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
