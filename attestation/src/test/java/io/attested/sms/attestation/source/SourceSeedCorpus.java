package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes the seeds of {@link SourceFuzzTest} into {@code src/test/resources}: run it with that folder as its argument
 * after the simulation has changed. What a fuzzer found stays beside them and is replayed by every build.
 */
final class SourceSeedCorpus {
    private final Path root;

    private SourceSeedCorpus(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        new SourceSeedCorpus(Path.of(arguments[0]).resolve("io/attested/sms/attestation/source/SourceFuzzTestInputs"))
                .write();
    }

    private void write() throws IOException {
        Collateral good = SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), new byte[32])
                .collateral();
        String signed = "{\"tcbInfo\":" + new String(good.tcbInfo().toByteArray(), StandardCharsets.UTF_8)
                + ",\"signature\":\"" + good.tcbInfoSignature().hex() + "\"}";
        seed("signedObject", "good", signed);
        seed("signedObject", "line-end", signed + "\r\n");
        seed("signedObject", "two-signatures", signed + signed.substring(signed.length() - 145));
        seed("signedObject", "nothing-inside", "{\"tcbInfo\":{},\"signature\":\"" + "00".repeat(64) + "\"}");
        seed("signedObject", "overlapping", "{\"tcbInfo\":{\"signature\":\"" + "00".repeat(64) + "\"}");
        String encoded = URLEncoder.encode(good.tcbInfoIssuerChain(), StandardCharsets.UTF_8);
        seed("issuerChainHeader", "good", encoded.replace("+", "%20"));
        seed("issuerChainHeader", "plus-signs", encoded.replace("%2B", "+").replace("%2F", "/"));
        seed("issuerChainHeader", "cut-escape", encoded + "%4");
        seed("issuerChainHeader", "no-digits", "%zz%-1");
        seed("issuerChainHeader", "no-utf-8", "%ff%fe%c0%80");
        String json = new String(good.toJson(), StandardCharsets.UTF_8);
        seed("bundle", "one", "[" + json + "]");
        seed("bundle", "alone", json);
        seed("bundle", "second-wrong", "[" + json + ",{}]");
        seed("bundle", "deep", "[".repeat(2000));
        seed("revocationList", "good", good.rootCaCrl());
        seed("revocationList", "of-the-authority", good.pckCrl());
        AmdIssuers issuers = new AmdIssuers("-----BEGIN CERTIFICATE-----\n", ByteString.ofHex("3000"));
        seed("amdFile", "issuers", ByteString.copyOf(AmdFiles.ofIssuers(issuers)));
        ChipVersion chip =
                new ChipVersion(AmdProduct.MILAN, ByteString.copyOf(new byte[64]), ByteString.copyOf(new byte[8]));
        seed("amdFile", "chip", ByteString.copyOf(AmdFiles.ofVcek(chip, ByteString.ofHex("3000"))));
        seed("amdFile", "product", "{\"product\":\"x\",\"hardwareId\":\"\",\"tcb\":\"\",\"vcek\":\"\"}");
    }

    private void seed(String target, String name, String text) throws IOException {
        seed(target, name, ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void seed(String target, String name, ByteString bytes) throws IOException {
        Path folder = Files.createDirectories(root.resolve(target));
        Files.write(folder.resolve(name), bytes.toByteArray());
    }
}
