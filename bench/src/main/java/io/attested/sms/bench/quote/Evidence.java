package io.attested.sms.bench.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One quote with all that is needed to verify it.
 *
 * @param name for the report
 * @param quote as a TEE's host sends it
 * @param collateral what Intel says about the platform
 * @param root the root to trust
 * @param at when to judge
 */
record Evidence(String name, ByteString quote, Collateral collateral, TrustRoot root, Instant at) {
    /** The quote of a simulated SGX enclave, version 3, the same in every run. */
    static Evidence simulated() {
        SimulatedIntel intel = SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), filled(32, 1));
        return new Evidence(
                "simulated SGX quote, version 3",
                ByteString.copyOf(SimulatedEnclave.of(intel, filled(32, 2)).quote(filled(64, 3))),
                intel.collateral(),
                intel.trustRoot(),
                intel.createdAt());
    }

    /**
     * A recorded quote: {@code quote.bin}, {@code collateral.json}, {@code expected.json} with {@code validAt}, and
     * {@code root.pem} if it is not Intel's root.
     *
     * @throws IOException when a file is missing or cannot be read
     */
    static Evidence recorded(Path folder) throws IOException {
        JsonNode expected = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("expected.json")));
        Path root = folder.resolve("root.pem");
        return new Evidence(
                folder.getFileName().toString(),
                ByteString.copyOf(Files.readAllBytes(folder.resolve("quote.bin"))),
                collateral(folder.resolve("collateral.json")),
                Files.exists(root)
                        ? TrustRoot.of("vector", Files.readString(root, StandardCharsets.US_ASCII))
                        : TrustRoot.intel(),
                Instant.ofEpochSecond(expected.path("validAt").asLong()));
    }

    private static Collateral collateral(Path file) throws IOException {
        return switch (Collateral.parse(Files.readAllBytes(file))) {
            case CollateralParsing.Parsed(Collateral collateral) -> collateral;
            case CollateralParsing.Malformed(var rejection) -> throw new IOException(file + ": " + rejection);
        };
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
