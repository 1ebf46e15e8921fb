package io.attested.sms.attestation.amd;

import static io.attested.sms.attestation.amd.SnpFixtures.AMD;
import static io.attested.sms.attestation.amd.SnpFixtures.COLLATERAL;
import static io.attested.sms.attestation.amd.SnpFixtures.GUEST;
import static io.attested.sms.attestation.amd.SnpFixtures.REPORT_DATA;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes the seeds of {@link SnpFuzzTest} into {@code src/test/resources}: run it with that folder as its argument after
 * the simulation has changed. What a fuzzer found stays beside them and is replayed by every build.
 */
final class SnpSeedCorpus {
    private final Path root;

    private SnpSeedCorpus(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        new SnpSeedCorpus(Path.of(arguments[0]).resolve("io/attested/sms/attestation/amd/SnpFuzzTestInputs")).write();
    }

    private void write() throws IOException {
        for (String target : new String[] {"parse", "report"}) {
            byte[] good = GUEST.report(REPORT_DATA);
            seed(target, "good", good);
            seed(target, "provider-key", GUEST.withProviderKey().report(REPORT_DATA));
            seed(target, "version-5", GUEST.report(REPORT_DATA, report -> report[0] = 5));
            seed(target, "truncated", Arrays.copyOf(good, SnpReport.SIGNED_LENGTH));
            byte[] unsigned = good.clone();
            Arrays.fill(unsigned, SnpReport.SIGNED_LENGTH, SnpReport.LENGTH, (byte) 0);
            seed(target, "unsigned", unsigned);
        }
        seed("parse", "debug", GUEST.withDebug().report(REPORT_DATA));
        seed("signer", "vcek", COLLATERAL.signer().toByteArray());
        seed("signer", "vlek", AMD.collateral(SigningKey.VLEK).signer().toByteArray());
        seed("chain", "two", text(COLLATERAL.chainPem()));
        seed("chain", "carriage-returns", text(COLLATERAL.chainPem().replace("\n", "\r\n")));
        seed("chain", "no-certificate", text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"));
        seed("revocationList", "empty-list", AMD.listTerms().sign().toByteArray());
        seed(
                "revocationList",
                "one-entry",
                AMD.listTerms()
                        .revoking(AMD.authorityTerms(SigningKey.VLEK).serial())
                        .sign()
                        .toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void seed(String target, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(root.resolve(target));
        Files.write(folder.resolve(name), bytes);
    }
}
