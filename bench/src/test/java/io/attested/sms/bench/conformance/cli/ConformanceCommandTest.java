package io.attested.sms.bench.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.checks.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it needs no service. */
class ConformanceCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Conformance.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false,
                arguments);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listShowsOneCheckALine() {
        assertThat(run("--list")).isZero();
        assertThat(written().lines()).hasSize(Catalogue.all().size()).hasSizeGreaterThanOrEqualTo(250);
        assertThat(written().lines().filter(line -> line.startsWith("web2-put-001")))
                .singleElement()
                .asString()
                .matches("web2-put-001 +1\\.2 +PUT of a secret nobody pushed is answered 404");
    }

    @Test
    void onlyTakesPatternsOfWholeIds() {
        assertThat(run("--list", "--only", "web2-put-00*, http-path-001")).isZero();
        assertThat(written().lines())
                .hasSize(9)
                .allMatch(line -> line.startsWith("web2-put-00") || line.startsWith("http-path-001"));
    }

    @Test
    void wrongCommandLineIsSaid() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(run("--list", "--only", "web2")).isEqualTo(2);
        assertThat(run("--url", "localhost:13300")).isEqualTo(2);
        assertThat(run("--url", "http://localhost:1", "--timeout", "0")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:99999 | port of 1 to 65535",
                "http://localhost:0 | port of 1 to 65535",
                "http://user:word@localhost:1 | without a user",
                "http://localhost:1?a=b | a query",
                "http://localhost:1#a | a fragment",
                "ftp://localhost:1 | and not ftp://localhost:1",
                "http: //localhost | '--url'"
            })
    void addressThatIsNoneIsSaid(String url, String said) {
        assertThat(run("--url", url)).isEqualTo(2);
        assertThat(complained()).contains(said).doesNotContain("\tat ");
        assertThat(written()).isEmpty();
    }

    @Test
    void nameNobodyKnowsIsSaid() {
        assertThat(run("--url", "http://no-such-host.invalid:1")).isEqualTo(4);
        assertThat(complained()).contains("no host of the name no-such-host.invalid is known");
    }

    @Test
    void timeoutNobodyWaitsForIsSaid() {
        assertThat(run("--url", "http://localhost:1", "--timeout", "3000000")).isEqualTo(2);
        assertThat(complained()).contains("1 to 3600 seconds");
    }

    /** Before the run, which may be long. */
    @Test
    void folderThatNoReportCanBeWrittenToIsSaid() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run("--url", "http://localhost:1", "--report", file.toString()))
                .isEqualTo(4);
        assertThat(complained()).contains("--report: nothing can be written to " + file, "name a folder");
        Files.createDirectories(folder.resolve("taken/report.json"));
        assertThat(run(
                        "--url",
                        "http://localhost:1",
                        "--report",
                        folder.resolve("taken").toString()))
                .isEqualTo(4);
        assertThat(complained()).contains("report.json is a folder there");
    }

    @Test
    void scenarioThatIsAFolderIsSaid() {
        assertThat(run("--url", "http://localhost:1", "--chain", folder.toString()))
                .isEqualTo(4);
        assertThat(complained()).contains("--chain: " + folder + " cannot be read");
    }

    @Test
    void certificatesThatAreNoneAreSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("none.pem"), "no certificate\n");
        assertThat(run("--url", "https://localhost:1", "--certificate", file.toString()))
                .isEqualTo(4);
        assertThat(complained()).contains("--certificate: there are no PEM certificates in " + file);
    }

    @Test
    void restoringNeedsTheAdminInterface() {
        assertThat(run("--url", "http://localhost:1", "--restore")).isEqualTo(2);
        assertThat(complained()).contains("--restore and --out-of-service need --admin-key and --admin-storage");
        assertThat(run("--url", "http://localhost:1", "--out-of-service")).isEqualTo(2);
    }

    @Test
    void whatWouldBeSkippedUnnoticedIsSaid() {
        String service = "http://localhost:1";
        assertThat(run("--url", service, "--admin-key", "NO_SUCH_VARIABLE")).isEqualTo(2);
        assertThat(run("--url", service, "--admin-storage", "/backups")).isEqualTo(2);
        assertThat(written()).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(run("--url", "http://localhost:1", "--timeout", "2")).isEqualTo(4);
        assertThat(run(
                        "--url",
                        "http://localhost:1",
                        "--chain",
                        folder.resolve("none.json").toString()))
                .isEqualTo(4);
        assertThat(written()).isEmpty();
    }

    @Test
    void helpExplainsExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(written()).contains("Exit codes:").contains("--only=PATTERN");
    }
}
