package io.attested.sms.attestation.ratls;

import static io.attested.sms.attestation.ratls.RaTlsFixtures.OTHER_KEY;
import static io.attested.sms.attestation.ratls.RaTlsFixtures.RATLS;

import io.attested.sms.attestation.simulated.SimulatedRaTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Writes the seeds of {@link RaTlsFuzzTest} into {@code src/test/resources}: run it with that folder as its argument after
 * the simulation has changed. What a fuzzer found stays beside them and is replayed by every build.
 */
final class RaTlsSeedCorpus {
    private final Path root;

    private RaTlsSeedCorpus(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        new RaTlsSeedCorpus(Path.of(arguments[0]).resolve("io/attested/sms/attestation/ratls/RaTlsFuzzTestInputs"))
                .write();
    }

    private void write() throws IOException {
        seed("certificate", "gramine", RATLS.gramine());
        seed("certificate", "gramine-both", RATLS.gramineBoth());
        seed("certificate", "gramine-legacy", RATLS.gramineLegacy());
        seed("certificate", "intel-legacy", RATLS.intelLegacy());
        seed("certificate", "forged", RATLS.signedBy(OTHER_KEY).gramine());
        String pem = "-----BEGIN CERTIFICATE-----\r\n"
                + Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(RATLS.gramine())
                + "\r\n-----END CERTIFICATE-----\r\n";
        seed("certificate", "pem", pem.getBytes(StandardCharsets.US_ASCII));
        for (String target : new String[] {"signedExtension", "taggedEvidence"}) {
            seed(target, "good", RATLS.tagged(RATLS.claims(Optional.empty())));
            seed(target, "nonce", RATLS.tagged(RATLS.claims(Optional.of(new byte[32]))));
            seed(target, "short-quote", SimulatedRaTls.tagged(new byte[3], RATLS.claims(Optional.empty())));
            seed(target, "length-ffffffff", new byte[] {
                (byte) 0xd9, (byte) 0xea, 0x60, (byte) 0x82, 0x5a, -1, -1, -1, -1
            });
        }
        seed("signedExtension", "quote", RATLS.quoteOver(RATLS.keyDer()));
    }

    private void seed(String target, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(root.resolve(target));
        Files.write(folder.resolve(name), bytes);
    }
}
