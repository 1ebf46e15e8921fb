package io.attested.sms.bench.quote;

import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.NativeP256;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.bench.CommandRun;
import io.attested.sms.bench.Machine;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms bench quote}: how long a quote takes to verify, as ratios to another verifier in the same run. */
@Command(
        name = "sms bench quote",
        description = {
            "Verifies one quote over and over, by our verifier and by npm @phala/dcap-qvl in",
            "Node.js, in turns, and prints CPU time and elapsed time of a verification and",
            "the ratios."
        },
        exitCodeList = {
            "0:Every target holds",
            "1:A target is missed",
            "2:The command line is wrong; nothing was done",
            "4:Something needed is missing (node, npm, a file), or the quote is refused"
        })
public final class QuoteBench implements Callable<Integer> {
    @Option(
            names = "--vector",
            paramLabel = "DIR",
            description = "A recorded quote: quote.bin, collateral.json, expected.json, root.pem if not Intel's."
                    + " Without it a simulated SGX quote.")
    private Optional<Path> vector = Optional.empty();

    @Option(names = "--turns", paramLabel = "N", description = "Rounds of each contender (default ${DEFAULT-VALUE}).")
    private int turns = 15;

    @Option(names = "--round-millis", paramLabel = "N", description = "CPU time of a round (default ${DEFAULT-VALUE}).")
    private long roundMillis = 200;

    @Option(
            names = "--warm-up-millis",
            paramLabel = "N",
            description = "CPU time of each contender before anything counts (default ${DEFAULT-VALUE}).")
    private long warmUpMillis = 6000;

    @Option(names = "--json", description = "One JSON object instead of the table.")
    private boolean json;

    private final PrintStream out;

    private QuoteBench(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    static int run(PrintStream out, String... arguments) {
        return CommandRun.run(new QuoteBench(out), out, arguments);
    }

    @Override
    public Integer call() throws IOException {
        if (turns < 1 || roundMillis < 1 || warmUpMillis < 0) {
            throw new CommandRun.WrongCommandLine(
                    "--turns and --round-millis are at least 1, --warm-up-millis at least 0");
        }
        Evidence evidence = vector.isPresent() ? Evidence.recorded(vector.get()) : Evidence.simulated();
        Report report = measure(evidence);
        report.print(out, json);
        return report.holds() ? 0 : CommandRun.FAILED;
    }

    private Report measure(Evidence evidence) {
        List<Row> rows = rows(evidence);
        List<Contender> contenders = new ArrayList<>();
        try (Peer peer = Peer.start()) {
            if (peer.judge(evidence, evidence.collateral().toJsonNode()) instanceof Judgement.Refused(String why)) {
                throw new TestbedFailure(peer.name() + " refuses this quote: " + why);
            }
            contenders.add(peer);
            rows.forEach(row -> contenders.add(row.contender));
            List<List<Contender.Round>> rounds = new Race(warmUpMillis, turns, roundMillis).run(contenders);
            List<Measurement> measurements = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                measurements.add(new Measurement(row.provider, row.contender.name(), rounds.get(i + 1), row.target));
            }
            return new Report(
                    evidence.name(),
                    Machine.here(),
                    new Measurement("node", peer.name(), rounds.getFirst(), 0),
                    measurements);
        }
    }

    private static List<Row> rows(Evidence evidence) {
        P256 portable = new BouncyCastleP256();
        List<Row> rows = new ArrayList<>();
        if (NativeP256.load() instanceof NativeP256.Loading.Loaded(P256 nativeP256)) {
            rows.addAll(rows(nativeP256, evidence, 10, 40, 100));
        }
        rows.addAll(rows(portable, evidence, 3, 0, 0));
        return rows;
    }

    private static List<Row> rows(P256 p256, Evidence evidence, double nothing, double collateral, double enclave) {
        return List.of(
                new Row(p256.provider(), OurContender.knowingNothing(p256, evidence), nothing),
                new Row(p256.provider(), OurContender.knowingCollateral(p256, evidence), collateral),
                new Row(p256.provider(), OurContender.knowingQuotingEnclave(p256, evidence), enclave));
    }

    private record Row(String provider, Contender contender, double target) {}
}
