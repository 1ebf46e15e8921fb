package io.attested.sms.bench.demo;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.app.ApplicationTree;
import io.attested.sms.worker.app.FingerprintParts;
import io.attested.sms.worker.app.MeasuredTree;
import io.attested.sms.worker.app.TreeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A small application: a launch line and a script that hashes the dataset it is given.
 *
 * @param tree its folder
 * @param parts what its tree contributes to the fingerprint
 */
record DemoApp(Path tree, FingerprintParts parts) {
    private static final String LAUNCH = "{\"program\":\"/bin/sh\",\"arguments\":[\"app.sh\"]}\n";
    private static final String SCRIPT = """
            # %s: shows that the dataset arrived, by its hash only.
            set -eu
            test -z "${LD_PRELOAD:-}${NODE_OPTIONS:-}${IEXEC_DATASET_KEY:-}"
            sum=$(sha256sum "$IEXEC_IN/$IEXEC_DATASET_FILENAME")
            echo "dataset-sha256 ${sum%%%% *}"
            """;

    /** Writes an application into a new folder; two names give two fingerprints. */
    static DemoApp write(Path folder, String name) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        Files.writeString(tree.resolve("sms-launch.json"), LAUNCH);
        Files.writeString(tree.resolve("app.sh"), SCRIPT.formatted(name));
        Files.createDirectories(tree.resolve("lib"));
        Files.writeString(tree.resolve("lib/words.txt"), name + "\n");
        return new DemoApp(tree, measure(tree));
    }

    /** An application whose files are there already. */
    static DemoApp measured(Path tree) throws IOException {
        return new DemoApp(tree, measure(tree));
    }

    private static FingerprintParts measure(Path tree) throws IOException {
        if (ApplicationTree.measure(tree) instanceof TreeOutcome.Measured(MeasuredTree measured)
                && measured.manifest() instanceof MeasuredTree.ManifestOutcome.Made made) {
            return made.manifest().fingerprintParts();
        }
        throw new IOException("the demo's own application cannot be measured: " + tree);
    }

    /** {@code MrEnclave|FSPF_KEY|FSPF_TAG}. */
    String cardForm(byte[] mrEnclave) {
        return String.join("|", HexFormat.of().formatHex(mrEnclave), key(), parts.fspfTag());
    }

    /** {@code FSPF_KEY|FSPF_TAG|MrEnclave}. */
    String historicalForm(byte[] mrEnclave) {
        return String.join("|", key(), parts.fspfTag(), HexFormat.of().formatHex(mrEnclave));
    }

    private String key() {
        return HexFormat.of().formatHex(parts.fspfKey().bytes());
    }

    /** What a TDX app registers: the tree's FSPF_KEY, 32 bytes. */
    byte[] checksum() {
        return parts.fspfKey().bytes();
    }

    byte[] configId(ServiceKey service) {
        return parts.configId(service);
    }

    /** A copy in which one thing was done to the files after registration. */
    Path tamperedCopy(Path folder, String what, Tampering tampering) {
        try {
            Path copy = Files.createDirectories(folder.resolve(what));
            Files.createDirectories(copy.resolve("lib"));
            for (String file : new String[] {"sms-launch.json", "app.sh", "lib/words.txt"}) {
                Files.copy(tree.resolve(file), copy.resolve(file));
            }
            tampering.on(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something done to a tree. */
    interface Tampering {
        void on(Path tree) throws IOException;
    }
}
