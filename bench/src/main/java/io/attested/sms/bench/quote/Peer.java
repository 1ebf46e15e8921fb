package io.attested.sms.bench.quote;

import io.attested.sms.contracts.testbed.NodePackages;
import io.attested.sms.contracts.testbed.TestbedFailure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code @phala/dcap-qvl} 0.3.9 from npm, in one Node.js process. Not safe for concurrent use. */
final class Peer implements Contender, AutoCloseable {
    private static final String LOCATION = "bench/peer";

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Peer(Process process) {
        this.process = process;
        this.in = process.outputWriter();
        this.out = process.inputReader();
    }

    /**
     * Starts it, after fetching the package when that was not done before.
     *
     * @throws TestbedFailure when Node.js or npm is missing or the package cannot be fetched
     */
    static Peer start() {
        try {
            return new Peer(new ProcessBuilder("node", "verify.mjs")
                    .directory(NodePackages.installed(LOCATION).folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new TestbedFailure("cannot start node; install Node.js 20 or newer and put it on the PATH", e);
        }
    }

    /**
     * Verifies once and keeps the evidence for {@link #round}.
     *
     * @param collateral the collateral object as the peer is to see it
     */
    Judgement judge(Evidence evidence, JsonNode collateral) {
        JsonNode answer = ask(Map.of(
                "input",
                Map.of(
                        "quote", evidence.quote().hex(),
                        "collateral", collateral,
                        "rootDer", evidence.root().der().hex(),
                        "at", evidence.at().getEpochSecond())));
        if (answer.has("error")) {
            return new Judgement.Refused(answer.get("error").stringValue());
        }
        List<String> advisories = answer.get("advisories").values().stream()
                .map(JsonNode::stringValue)
                .toList();
        return new Judgement.Accepted(answer.get("status").stringValue(), new TreeSet<>(advisories));
    }

    @Override
    public String name() {
        return "npm @phala/dcap-qvl 0.3.9";
    }

    @Override
    public Round round(int verifications) {
        JsonNode answer = ask(Map.of("repeat", verifications));
        return new Round(
                verifications,
                answer.get("wallNanos").longValue(),
                answer.get("cpuNanos").longValue());
    }

    private JsonNode ask(Map<String, ?> command) {
        try {
            in.write(JsonMapper.shared().writeValueAsString(command));
            in.newLine();
            in.flush();
            String answer = out.readLine();
            if (answer == null) {
                throw new TestbedFailure("the Node.js process ended; its message stands above");
            }
            return JsonMapper.shared().readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
