package io.attested.sms.bench.conformance.cli;

import io.attested.sms.bench.CommandRun;
import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.OutOfService;
import io.attested.sms.bench.conformance.Played;
import io.attested.sms.bench.conformance.Request;
import io.attested.sms.bench.conformance.Run;
import io.attested.sms.bench.conformance.Scene;
import io.attested.sms.bench.conformance.Seen;
import io.attested.sms.bench.conformance.Service;
import io.attested.sms.bench.conformance.checks.Catalogue;
import io.attested.sms.bench.conformance.report.Report;
import io.attested.sms.bench.conformance.report.TerminalReport;
import io.attested.sms.bench.testbed.ScenarioFile;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms conformance}: whether a service keeps the iExec SMS contract, statement by statement. */
@Command(
        name = "sms conformance",
        description = {
            "Plays recorded and generated exchanges (valid, boundary, hostile) against a service and compares every "
                    + "answer with what the contract says of it. The service keeps the secrets that are pushed: never "
                    + "use one that others rely on."
        },
        exitCodeList = {
            "0:No check failed; deviations are listed ones, skipped checks were not played",
            "1:A check failed",
            "2:The command line is wrong, or names a key or a scenario that does not fit",
            "3:Every check was skipped",
            "4:The service does not answer or is out of service, or a file cannot be read or written",
            "70:The kit itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./sms conformance --url http://localhost:13300",
            "  ./sms conformance --url http://localhost:13300 --chain scenario.json \\",
            "      --report report",
            "  ./sms conformance --list --only 'web2-*'"
        })
public final class Conformance implements Callable<Integer> {
    private static final int NOTHING_PLAYED = 3;
    private static final int KIT_FAILED = 70;
    private static final int LONGEST_TIMEOUT = 3600;
    private static final int HIGHEST_PORT = 65535;

    @Option(names = "--url", paramLabel = "URL", description = "Address of the service. A path in it is not used.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--chain",
            paramLabel = "FILE",
            description =
                    "Scenario file of the service's chain; without it checks that need assets and tasks are skipped.")
    private Optional<Path> chain = Optional.empty();

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.html and report.json there.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--list", description = "Only list the checks: id, section of the contract, statement.")
    private boolean list;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description = "Only checks whose id fits; * stands for any letters, several patterns are parted by commas.")
    private String only = "*";

    @Option(
            names = "--admin-key",
            paramLabel = "NAME",
            description = "Environment variable with the key of /admin; without it and the"
                    + " scenario's only that it is closed is checked.")
    private Optional<String> adminKey = Optional.empty();

    @Option(
            names = "--admin-storage",
            paramLabel = "DIR",
            description =
                    "Folder of /admin's backups as the service names it; then backups are made and deleted there.")
    private Optional<String> adminStorage = Optional.empty();

    @Option(
            names = "--restore",
            description =
                    "Also restore backups through /admin, each made just before: what others push in between may be lost.")
    private boolean restore;

    @Option(
            names = "--out-of-service",
            description =
                    "The service's out-of-service switch keeps it closed: check that, then bring it back by a restore.")
    private boolean outOfService;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "PEM certificates to believe for https besides those that Java does, such as a self-signed one.")
    private Optional<Path> certificate = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long one answer may take; later is no answer (default ${DEFAULT-VALUE}).")
    private int timeout = 10;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final boolean terminal;

    private Conformance(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.terminal = terminal;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        int code = run(out, System.err, System.getenv(), terminal, arguments);
        out.flush();
        System.exit(code);
    }

    /**
     * Runs the command.
     *
     * @param terminal whether a person looks at it
     * @return the exit code
     */
    static int run(
            PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal, String... arguments) {
        return command(out, err, environment, terminal).execute(arguments);
    }

    static CommandLine command(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
        CommandLine line = CommandRun.of(new Conformance(out, err, environment, terminal), out)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        CommandLine.IExecutionExceptionHandler expected = line.getExecutionExceptionHandler();
        return line.setExecutionExceptionHandler((failure, of, parsed) -> {
            try {
                return expected.handleExecutionException(failure, of, parsed);
            } catch (Exception fault) {
                of.getErr()
                        .println("sms conformance: the kit itself failed, which says nothing of the service: " + fault);
                return KIT_FAILED;
            }
        });
    }

    @Override
    public Integer call() throws IOException {
        List<Check> checks = Catalogue.all().stream().filter(fits(only)).toList();
        TerminalReport table = new TerminalReport(out, width(), coloured());
        if (checks.isEmpty()) {
            throw new CommandRun.WrongCommandLine("no check's id fits --only " + only + "; --list shows all");
        }
        if (list) {
            table.list(checks);
            return 0;
        }
        URI service = service();
        Optional<String> key = adminKey();
        Optional<ScenarioFile> scenario = scenario(service);
        Scene.Admin admin = admin(key, scenario);
        Optional<ReportFolder> written =
                folder.isPresent() ? Optional.of(ReportFolder.in(folder.get())) : Optional.empty();
        if (!service.getRawPath().isEmpty() && !service.getRawPath().equals("/")) {
            err.println(
                    "sms conformance: the path " + service.getRawPath() + " of --url is not used: no client uses it");
        }
        Report report = play(service, scenario, admin, checks);
        table.print(report);
        if (written.isPresent()) {
            out.println("written to " + written.get().write(report));
        }
        return !report.kept() ? CommandRun.FAILED : report.anyPlayed() ? 0 : NOTHING_PLAYED;
    }

    private URI service() {
        require(timeout >= 1 && timeout <= LONGEST_TIMEOUT, "--timeout needs 1 to " + LONGEST_TIMEOUT + " seconds");
        URI service = url.orElseThrow(() -> new CommandRun.WrongCommandLine(
                "--url needs the address of a service, such as http://localhost:13300"));
        String scheme = Optional.ofNullable(service.getScheme()).orElse("");
        require(
                service.getHost() != null && (scheme.equals("http") || scheme.equals("https")),
                "--url needs the address of a service, such as http://localhost:13300, and not " + service);
        require(
                service.getPort() <= HIGHEST_PORT && service.getPort() != 0,
                "--url needs a port of 1 to " + HIGHEST_PORT + ", and not " + service.getPort());
        require(
                service.getRawUserInfo() == null && service.getRawQuery() == null && service.getRawFragment() == null,
                "--url needs an address without a user, a query or a fragment: no client sends them");
        return service;
    }

    private Optional<String> adminKey() {
        Optional<String> key = adminKey.map(name -> environment.getOrDefault(name, ""));
        require(
                key.filter(String::isEmpty).isEmpty(),
                "--admin-key needs the name of an environment variable that holds the key");
        require(key.isPresent() || adminStorage.isEmpty(), "--admin-storage needs --admin-key");
        return key;
    }

    /** What the command line says counts; only without a word of it does what the scenario says. */
    private Scene.Admin admin(Optional<String> key, Optional<ScenarioFile> scenario) {
        Optional<ScenarioFile.Admin> known = key.isPresent() ? Optional.empty() : scenario.flatMap(ScenarioFile::admin);
        require(
                adminStorage.isPresent() || known.isPresent() || !(restore || outOfService),
                "--restore and --out-of-service need --admin-key and --admin-storage");
        return known.map(of -> Scene.Admin.of(of, outOfService))
                .orElseGet(() -> new Scene.Admin(key, adminStorage, restore, outOfService));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CommandRun.WrongCommandLine(otherwise);
        }
    }

    private Report play(URI service, Optional<ScenarioFile> scenario, Scene.Admin admin, List<Check> checks)
            throws IOException {
        Service under = Service.at(service, Duration.ofSeconds(timeout), Trusted.also(certificate));
        try (Scene scene = new Scene(under, scenario, admin, new SecureRandom())) {
            if (under.send(Request.get("/")) instanceof Seen.Silence silence) {
                throw new IOException("the service at " + service + " does not answer (" + silence.words()
                        + "); is it started, and is the address right?"
                        + (silence.words().contains("TLS failed")
                                ? " A certificate of one's own is believed with --certificate FILE"
                                : ""));
            }
            if (!outOfService && OutOfService.closes(under)) {
                throw new IOException(
                        "the service at " + service + " is out of service (503, maintenance downtime); bring"
                                + " it back first, or check it as it is with --out-of-service");
            }
            Instant started = InstantSource.system().instant();
            long start = System.nanoTime();
            List<Played> played = new Run(scene, this::progress).play(checks);
            progressEnd();
            return new Report(
                    service,
                    chain.map(file -> file.getFileName().toString()),
                    started,
                    Duration.ofNanos(System.nanoTime() - start),
                    scene.exchanges(),
                    played);
        }
    }

    private Optional<ScenarioFile> scenario(URI service) throws IOException {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        if (Files.isDirectory(chain.get())) {
            throw new IOException(
                    "--chain: " + chain.get() + " cannot be read (it is a folder); ./sms testbed writes a file");
        }
        try {
            ScenarioFile scenario = ScenarioFile.read(chain.get());
            if (!isListener(service, scenario)) {
                throw new CommandRun.WrongCommandLine("--url " + service
                        + " is not among the listeners of --chain, which sessions are asked of: "
                        + scenario.listeners().values());
            }
            return Optional.of(scenario);
        } catch (NoSuchFileException missing) {
            throw new IOException("--chain: there is no file " + chain.get() + "; ./sms testbed writes one", missing);
        } catch (FileSystemException unreadable) {
            throw new IOException(
                    "--chain: " + chain.get() + " cannot be read (" + unreadable.getReason() + ")", unreadable);
        }
    }

    private void progress(Played played) {
        if (terminal) {
            err.print("\r\u001b[K" + played.check().id());
        }
    }

    private void progressEnd() {
        if (terminal) {
            err.print("\r\u001b[K");
        }
    }

    private static Predicate<Check> fits(String patterns) {
        Pattern ids = Pattern.compile(java.util.Arrays.stream(patterns.split(","))
                .map(String::strip)
                .map(pattern -> java.util.Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|")));
        return check -> ids.matcher(check.id()).matches();
    }

    /** The same host by address, so that names of one machine are one. */
    private static boolean isListener(URI url, ScenarioFile scenario) {
        return scenario.listeners().values().stream()
                .anyMatch(listener ->
                        listener.getPort() == url.getPort() && host(listener).equals(host(url)));
    }

    private static String host(URI url) {
        try {
            return InetAddress.getByName(url.getHost()).getHostAddress();
        } catch (UnknownHostException unknown) {
            return url.getHost();
        }
    }

    private int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : TerminalReport.NARROWEST;
    }

    private boolean coloured() {
        return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
