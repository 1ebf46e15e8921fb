package io.attested.sms.worker.cli;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.MeasuredTree;
import io.attested.sms.worker.app.MeasuredTree.ManifestOutcome;
import io.attested.sms.worker.app.TreeOutcome;
import io.attested.sms.worker.app.TreeRefusal;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sms app measure}. */
@Command(
        name = "measure",
        description = {
            "Measure an application's tree: names, modes, contents, links and the launch line in sms-launch.json, such as",
            "{\"program\":\"bin/app\",\"arguments\":[\"--quiet\"]}. The program is a path inside the tree, or an absolute "
                    + "path (an interpreter), which only the enclave's own measurement covers.",
            "Prints FSPF_KEY and FSPF_TAG; with --mrenclave the fingerprint to register; with --service-key the CONFIGID "
                    + "to launch the enclave with."
        },
        footer = {
            "  ./sms app measure build/app",
            "  ./sms app measure build/app --mrenclave 16e7…10a1 \\",
            "      --service-key 0x5f3c…9a --json"
        })
final class AppMeasure implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The tree's root; it needs a file sms-launch.json.")
    private Path directory = Path.of("");

    @Option(
            names = "--mrenclave",
            paramLabel = "HEX",
            converter = Typed.OfBytes32.class,
            description = "The enclave's measurement, 64 hex digits.")
    private @Nullable Bytes32 mrEnclave;

    @Option(
            names = "--service-key",
            paramLabel = "HEX",
            converter = Typed.OfServiceKey.class,
            description = "The service's public key, 64 hex digits.")
    private @Nullable ServiceKey serviceKey;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    AppMeasure(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Map<String, String> results = results(parts());
        if (json) {
            console.json(results);
        } else {
            results.forEach((name, value) -> console.line(String.format("%-11s %s", name, value)));
        }
        return ExitCode.DONE;
    }

    private Map<String, String> results(FingerprintParts parts) {
        Map<String, String> results = new LinkedHashMap<>();
        results.put(json ? "fspfKey" : "FSPF_KEY", parts.fspfKey().digits());
        results.put(json ? "fspfTag" : "FSPF_TAG", parts.fspfTag());
        if (mrEnclave != null) {
            results.put("fingerprint", parts.fingerprint(mrEnclave));
        }
        if (serviceKey != null) {
            results.put(json ? "configId" : "CONFIGID", HexFormat.of().formatHex(parts.configId(serviceKey)));
        }
        return results;
    }

    private FingerprintParts parts() throws Failure, IOException {
        MeasuredTree tree = switch (ApplicationTree.measure(directory)) {
            case TreeOutcome.Measured measured -> measured.tree();
            case TreeOutcome.Unmeasurable unmeasurable -> throw refused(unmeasurable.refusal());
        };
        return switch (tree.manifest()) {
            case ManifestOutcome.Made made -> made.manifest().fingerprintParts();
            case ManifestOutcome.Refused refused -> throw refused(refused.refusal());
        };
    }

    private static Failure refused(TreeRefusal refusal) {
        return Failure.refused(refusal.message());
    }
}
