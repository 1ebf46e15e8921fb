package io.attested.sms.bench.quote;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import io.attested.sms.attestation.simulated.CrlTerms;
import io.attested.sms.attestation.simulated.SimulatedEnclave;
import io.attested.sms.attestation.simulated.SimulatedIntel;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    /** As many as TCB infos and lists of Intel's platforms held in 2026: a verifier's work depends on it. */
    private static final int OLDER_LEVELS = 7;

    private static final int REVOKED = 60;

    /** The quote of a simulated SGX enclave, version 3, the same in every run; its collateral is as large as Intel's. */
    static Evidence simulated() {
        SimulatedIntel intel = SimulatedIntel.ofSeed(Instant.parse("2026-11-01T12:00:00Z"), filled(32, 1));
        return new Evidence(
                "simulated SGX quote, version 3",
                ByteString.copyOf(SimulatedEnclave.of(intel, filled(32, 2)).quote(filled(64, 3))),
                collateralOfUsualSize(intel),
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

    private static Collateral collateralOfUsualSize(SimulatedIntel intel) {
        String older = IntStream.rangeClosed(1, OLDER_LEVELS)
                .mapToObj(Evidence::olderLevel)
                .collect(Collectors.joining(",", ",", "]}"));
        return intel.collateralDraft()
                .tcbInfo(json -> json.substring(0, json.length() - "]}".length()) + older)
                .pckCrl(Evidence::longer)
                .sign();
    }

    /** A level with the names of components that real ones carry; below every level of the simulated platform. */
    private static String olderLevel(int age) {
        String components = IntStream.range(0, 16)
                .mapToObj(i ->
                        i < 3 ? "{\"svn\":0,\"category\":\"BIOS\",\"type\":\"Early Microcode Update\"}" : "{\"svn\":0}")
                .collect(Collectors.joining(","));
        return "{\"tcb\":{\"sgxtcbcomponents\":[" + components + "],\"pcesvn\":" + (OLDER_LEVELS + 1 - age)
                + "},\"tcbDate\":\"2018-01-04T00:00:00Z\",\"tcbStatus\":\"OutOfDate\",\"advisoryIDs\":["
                + "\"INTEL-SA-00161\",\"INTEL-SA-00289\",\"INTEL-SA-00334\",\"INTEL-SA-00615\"]}";
    }

    private static CrlTerms longer(CrlTerms terms) {
        CrlTerms list = terms;
        for (int i = 1; i <= REVOKED; i++) {
            list = list.revoking(new BigInteger(1, filled(20, i)));
        }
        return list;
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
