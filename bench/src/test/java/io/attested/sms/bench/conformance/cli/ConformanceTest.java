package io.attested.sms.bench.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.bench.conformance.Need;
import io.attested.sms.bench.conformance.checks.Catalogue;
import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.bench.testbed.ServedScenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kit against this project's service, with everything it can be given: nothing fails, and nothing is skipped. */
class ConformanceTest {
    @TempDir
    private static Path folder;

    private static ServedScenario served;
    private static ScenarioFile.Admin admin;
    private static Result first;
    private static Refused closed;

    @BeforeAll
    static void start() throws IOException {
        served = ServedScenario.start(
                folder,
                60,
                Map.of(
                        "sms.admin.out-of-service.enabled",
                        "true",
                        "sms.admin.out-of-service.initially-offline",
                        "true"));
        admin = served.scenario().admin().orElseThrow();
        closed = refused("--url", served.listener(Framework.SCONE).toString());
        first = everything(
                folder.resolve("first"),
                "--admin-key",
                "ADMIN_KEY",
                "--admin-storage",
                admin.storage(),
                "--restore",
                "--out-of-service");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private record Result(int code, String out, JsonNode document) {
        List<String> ids(String outcome) {
            return document.path("checks").values().stream()
                    .filter(check -> check.path("outcome").asString().equals(outcome))
                    .map(check -> check.path("id").asString() + ": expected " + check.path("expected") + ", seen "
                            + check.path("seen"))
                    .toList();
        }
    }

    private static Result run(Path report, String... more) throws IOException {
        return run(Framework.SCONE, report, more);
    }

    private static Result run(Framework framework, Path report, String... more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "--url", served.listener(framework).toString(), "--report", report.toString(), "--timeout", "30"));
        arguments.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(Map.of("ADMIN_KEY", admin.key()));
        int code = Conformance.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                environment,
                false,
                arguments.toArray(String[]::new));
        return new Result(
                code,
                out.toString(StandardCharsets.UTF_8),
                JsonMapper.shared().readTree(Files.readString(report.resolve("report.json"))));
    }

    private static Result everything(Path report, String... more) throws IOException {
        List<String> arguments =
                new java.util.ArrayList<>(List.of("--chain", served.file().toString()));
        arguments.addAll(List.of(more));
        return run(report, arguments.toArray(String[]::new));
    }

    /** The code and the words of a run that plays nothing. */
    private record Refused(int code, String words) {}

    private static Refused refused(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Conformance.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false,
                arguments);
        assertThat(out.size()).isZero();
        return new Refused(code, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void certificateNobodyVouchesForIsBelievedWhenItIsNamed() throws IOException {
        Map<String, String> settings = served.scenario().settings();
        String url = String.valueOf(settings.get("sms.sessions.gramine.url"));
        String certificate = String.valueOf(settings.get("sms.sessions.gramine.server-certificate"));
        Refused unknown = refused("--url", url);
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.words()).contains("TLS failed", "--certificate FILE");
        // It is no SMS, but it is asked.
        assertThat(Conformance.run(
                        new PrintStream(new ByteArrayOutputStream()),
                        System.err,
                        Map.of(),
                        false,
                        "--url",
                        url,
                        "--certificate",
                        certificate,
                        "--only",
                        "service-version-*"))
                .isEqualTo(1);
    }

    /** Every check but a few would fail there, and say nothing of the service. */
    @Test
    void serviceThatIsOutOfServiceIsNotCheckedUnasked() {
        assertThat(closed.code()).isEqualTo(4);
        assertThat(closed.words()).contains("is out of service", "--out-of-service");
    }

    @Test
    void nothingFailsAndNothingIsSkipped() throws IOException {
        assertThat(first.ids("fail")).isEmpty();
        assertThat(first.ids("skipped")).isEmpty();
        assertThat(first.code()).isZero();
        assertThat(first.document().path("checks")).hasSize(Catalogue.all().size());
        assertThat(Files.readString(folder.resolve("first/report.html"))).contains("web2-put-001");
    }

    /** With what the scenario says of the admin interface, and no other word of it. */
    @Test
    void aRunCanBeRepeated() throws IOException {
        Result second = everything(folder.resolve("second"));
        assertThat(second.ids("fail")).isEmpty();
        // It is back, so those that ask it while it is away are not played again.
        long away = Catalogue.all().stream()
                .filter(check -> check.need() == Need.OUT_OF_SERVICE)
                .count();
        assertThat(second.ids("skipped")).hasSize((int) away);
        assertThat(second.ids("pass")).hasSize(first.ids("pass").size() - (int) away);
        assertThat(second.document().path("deviations"))
                .isEqualTo(first.document().path("deviations"));
    }

    @Test
    void everyListedAlternativeIsSeen() {
        Set<String> named = Catalogue.all().stream()
                .flatMap(check -> check.alternatives().stream())
                .map(alternative -> alternative.id())
                .collect(Collectors.toCollection(TreeSet::new));
        // The port of a framework has no metrics for Prometheus, as the original's.
        named.remove("D-20");
        assertThat(new TreeSet<>(first.document().path("deviations").propertyNames()))
                .isEqualTo(named);
    }

    @Test
    void withoutAChainMostOfItRunsAllTheSame() throws IOException {
        Result result = run(folder.resolve("alone"));
        assertThat(result.ids("fail")).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("needs a scenario file (--chain)");
        assertThat(result.ids("pass").size() + result.ids("deviation").size()).isGreaterThan(300);
    }

    @Test
    void aRunThatSkipsEverythingIsNoSuccess() throws IOException {
        Result result = run(folder.resolve("nothing"), "--only", "tee-session-*,admin-backup-*");
        assertThat(result.ids("skipped")).isNotEmpty();
        assertThat(result.code()).isEqualTo(3);
    }

    @Test
    void scenarioOfAnotherServiceIsNotPlayed() {
        assertThat(refused(
                                "--url",
                                "http://localhost:1",
                                "--chain",
                                served.file().toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void everyFrameworksPortKeepsTheContract() throws IOException {
        for (Framework framework : List.of(Framework.GRAMINE, Framework.TDX)) {
            Result result = run(framework, folder.resolve(framework.toString()), "--only", "service-*,cors-*,*-post-*");
            assertThat(result.ids("fail")).isEmpty();
        }
    }
}
