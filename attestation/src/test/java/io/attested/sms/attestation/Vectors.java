package io.attested.sms.attestation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder of recorded quotes that the system property {@code sms.vectors} names. */
final class Vectors {
    static final String PROPERTY = "sms.vectors";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> KINDS = List.of("real", "synthetic", "derived", "parse-only");

    private Vectors() {}

    static boolean configured() {
        return !System.getProperty(PROPERTY, "").isBlank();
    }

    static List<Vector> all() throws IOException {
        Path folder = Path.of(System.getProperty(PROPERTY));
        List<Vector> vectors = new ArrayList<>();
        for (String kind : KINDS) {
            try (Stream<Path> paths = Files.list(folder.resolve(kind))) {
                for (Path path : paths.sorted().toList()) {
                    vectors.add(new Vector(kind + "/" + path.getFileName(), path, folder));
                }
            }
        }
        return vectors;
    }

    record Vector(String name, Path path, Path folder) {
        byte[] quote() {
            return read("quote.bin");
        }

        boolean hasCollateral() {
            return Files.exists(path.resolve("collateral.json"));
        }

        byte[] collateral() {
            return read("collateral.json");
        }

        JsonNode expectation() {
            return MAPPER.readTree(read("expected.json"));
        }

        JsonNode fields() {
            return expectation().get("quote");
        }

        JsonNode expected() {
            return expectation().get("expected");
        }

        boolean isSgxV3() {
            return fields().get("quoteVersion").intValue() == 3
                    && "SGX".equals(fields().get("tee").stringValue());
        }

        Instant at() {
            return Instant.ofEpochSecond(expectation().get("validAt").longValue());
        }

        TrustRoot root() {
            return Files.exists(path.resolve("root.pem"))
                    ? TrustRoot.of("vector", new String(read("root.pem"), StandardCharsets.US_ASCII))
                    : TrustRoot.intel();
        }

        Set<String> reasons() {
            Set<String> reasons = new TreeSet<>();
            JsonNode expected = expected();
            if (expected.has("reason")) {
                reasons.add(expected.get("reason").stringValue());
            }
            if (expected.has("reasonsAccepted")) {
                expected.get("reasonsAccepted").values().forEach(reason -> reasons.add(reason.stringValue()));
            }
            return reasons;
        }

        private byte[] read(String file) {
            try {
                return Files.readAllBytes(path.resolve(file));
            } catch (IOException e) {
                throw new IllegalStateException("vector " + name + " lacks " + file, e);
            }
        }
    }
}
