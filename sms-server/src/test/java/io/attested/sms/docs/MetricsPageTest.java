package io.attested.sms.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/metrics.md} against the sources: names are found where meters are made. */
class MetricsPageTest {
    private static final Pattern METER =
            Pattern.compile("\\b(?:counter|count|refused|gauge|timer|summary|builder)\\(\\s*\"(sms\\.[a-z.-]+)\"");
    private static final Pattern EVENT = Pattern.compile("LOG\\.(?:info|warn|error)\\(\\s*\"([a-z._-]+)[ \"]");
    private static final Pattern OUTCOME = Pattern.compile("ignored -> \"([a-z-]+)\";");

    /** Gauges have no suffix in Prometheus. */
    private static final Set<String> GAUGES = Set.of(
            "sms.collateral.age.seconds",
            "sms.collateral.expiry.seconds",
            "sms.collateral.circuit.open",
            "sms.chain.head",
            "sms.chain.settled",
            "sms.chain.head.age.seconds",
            "sms.chain.settled.age.seconds",
            "sms.chain.lag.blocks",
            "sms.chain.remembered",
            "sms.chain.node.benched",
            "sms.chain.node.silent",
            "sms.chain.stopped",
            "sms.store.usable.bytes",
            "sms.offline");

    private final Page page = Page.of("docs/reference/metrics.md");

    @Test
    void everyMeterIsListed() {
        Set<String> names = found(METER, sources("sms-server", "chain-listener", "attestation"));
        assertThat(names).isNotEmpty();
        assertThat(beforeHeading("Outcomes").firstCells()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void prometheusNamesFollowFromTheNames() {
        assertThat(beforeHeading("Outcomes").firstToSecond())
                .allSatisfy((name, prometheus) -> assertThat(prometheus)
                        .isEqualTo(name.replace('.', '_') + (GAUGES.contains(name) ? "" : "_total")));
    }

    @Test
    void everyOutcomeOfAPushIsListed() {
        Set<String> words = found(
                OUTCOME,
                Stream.of(Page.root().resolve("sms-server/src/main/java/io/attested/sms/iexec/web/PushMeter.java")));
        assertThat(page.section("Outcomes").firstCells()).containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void everyLogEventIsListed() {
        assertThat(page.section("Log events").firstCells())
                .containsExactlyInAnyOrderElementsOf(found(EVENT, sources("sms-server", "chain-listener")));
    }

    private Page beforeHeading(String heading) {
        return new Page(page.path(), page.text().substring(0, page.text().indexOf("\n## " + heading)));
    }

    private static Set<String> found(Pattern pattern, Stream<Path> files) {
        Set<String> names = new TreeSet<>();
        files.map(Page::read)
                .forEach(source -> pattern.matcher(source).results().forEach(match -> names.add(match.group(1))));
        return names;
    }

    private static Stream<Path> sources(String... modules) {
        return Stream.of(modules)
                .map(module -> Page.root().resolve(module).resolve("src/main/java"))
                .flatMap(folder -> javaFiles(folder).stream());
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
