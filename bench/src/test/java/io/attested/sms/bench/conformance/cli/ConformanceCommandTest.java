package io.attested.sms.bench.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.checks.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as far as it needs no service. */
class ConformanceCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Conformance.run(new PrintStream(out, true, StandardCharsets.UTF_8), Map.of(), false, arguments);
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
