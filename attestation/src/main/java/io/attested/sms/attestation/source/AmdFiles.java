package io.attested.sms.attestation.source;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.amd.AmdIssuers;
import io.attested.sms.attestation.amd.AmdProduct;
import io.attested.sms.attestation.amd.ChipVersion;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of AMD's certificates on disk: text members only, bytes in hexadecimal. */
final class AmdFiles {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(1)
                            .maxStringLength(512 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /** A chip's certificate, not checked. */
    record Vcek(ChipVersion chip, ByteString certificate) {}

    private AmdFiles() {}

    static byte[] ofIssuers(AmdIssuers issuers) {
        return MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                .put("chain", issuers.chainPem())
                .put("crl", issuers.revocationList().hex()));
    }

    static byte[] ofVcek(ChipVersion chip, ByteString certificate) {
        return MAPPER.writeValueAsBytes(MAPPER.createObjectNode()
                .put("product", chip.product().text())
                .put("hardwareId", chip.hardwareId().hex())
                .put("tcb", chip.tcb().hex())
                .put("vcek", certificate.hex()));
    }

    static AmdIssuers issuers(byte[] json) throws IOException {
        JsonNode members = object(json, Set.of("chain", "crl"));
        return new AmdIssuers(members.path("chain").stringValue(), hex(members, "crl"));
    }

    static Vcek vcek(byte[] json) throws IOException {
        JsonNode members = object(json, Set.of("product", "hardwareId", "tcb", "vcek"));
        try {
            AmdProduct product =
                    AmdProduct.valueOf(members.path("product").stringValue().toUpperCase(Locale.ROOT));
            return new Vcek(
                    new ChipVersion(product, hex(members, "hardwareId"), hex(members, "tcb")), hex(members, "vcek"));
        } catch (IllegalArgumentException e) {
            throw new IOException("product, hardware id or TCB version is not as AMD has it", e);
        }
    }

    private static ByteString hex(JsonNode members, String name) throws IOException {
        try {
            return ByteString.ofHex(members.path(name).stringValue());
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " is no hexadecimal text", e);
        }
    }

    private static JsonNode object(byte[] json, Set<String> names) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root.isObject()
                    && Set.copyOf(root.propertyNames()).equals(names)
                    && root.values().stream().allMatch(JsonNode::isString)) {
                return root;
            }
        } catch (JacksonException malformed) {
            throw new IOException("no JSON object", malformed);
        }
        throw new IOException("no JSON object of the texts " + names);
    }
}
