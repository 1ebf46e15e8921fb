package io.attested.sms.boot;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.grant.TdxBaseImage;
import io.attested.sms.task.Pipelines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists nobody signed, native protocol section 6. Its form is described in {@code docs/reference/configuration.md}.
 *
 * <p>Read strictly: an unknown or repeated member, a name given twice, hex in upper case or of another length refuse the
 * start.
 *
 * @param digest SHA-256 of the file's bytes; of nothing when there is none
 * @param baseImages what trust domains may be started from
 * @param pipelines the enclaves that iExec runs before and after an application
 */
record MeasurementsFile(Bytes32 digest, List<TdxBaseImage> baseImages, Pipelines pipelines) {
    /** The first member of every file. */
    static final String FORMAT = "sms-measurements/1";

    private static final int MAX_IMAGES = 256;
    private static final int MAX_VERSIONS = 64;
    private static final String PIPELINES = "pipelines";
    private static final Set<String> REQUIRED_MEMBERS = Set.of("format", "tdxBaseImages");
    private static final Set<String> MEMBERS = Set.of("format", "tdxBaseImages", PIPELINES);
    private static final Set<String> REQUIRED =
            Set.of("name", "pipelineVersions", "mrTd", "rtmr0", "rtmr1", "rtmr2", "tdAttributes", "xfam");
    private static final Set<String> OPTIONAL = Set.of("mrConfigId", "mrOwner", "mrOwnerConfig");
    private static final String ZERO = "0".repeat(96);
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Takes an unmodifiable copy. */
    MeasurementsFile {
        baseImages = List.copyOf(baseImages);
    }

    /** No file: nothing is listed. */
    static MeasurementsFile none() {
        return new MeasurementsFile(Bytes32.of(Trust.sha256(new byte[0])), List.of(), new Pipelines(List.of()));
    }

    /**
     * Reads a file's bytes.
     *
     * @throws StartRefused when they break a rule; the message names the member
     */
    static MeasurementsFile parse(byte[] bytes) {
        JsonNode file;
        try {
            file = JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            throw refused("is not one well-formed JSON object without repeated members");
        }
        requireMembers(file, "the file", MEMBERS, REQUIRED_MEMBERS);
        if (!FORMAT.equals(file.path("format").asString(""))) {
            throw refused("has another format than \"" + FORMAT + "\"");
        }
        return new MeasurementsFile(
                Bytes32.of(Trust.sha256(bytes)), images(file.path("tdxBaseImages")), pipelines(file));
    }

    private static Pipelines pipelines(JsonNode file) {
        if (!file.has(PIPELINES)) {
            return new Pipelines(List.of());
        }
        try {
            return PipelineList.read(file.path(PIPELINES));
        } catch (IllegalArgumentException broken) {
            throw refused("breaks a rule: " + broken.getMessage());
        }
    }

    private static List<TdxBaseImage> images(JsonNode listed) {
        if (!listed.isArray() || listed.size() > MAX_IMAGES) {
            throw refused("has a tdxBaseImages that is no array of at most " + MAX_IMAGES + " base images");
        }
        List<TdxBaseImage> images = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < listed.size(); i++) {
            TdxBaseImage image = image(listed.get(i), "tdxBaseImages[" + i + "]");
            if (!names.add(image.name())) {
                throw refused("names the base image " + image.name() + " twice");
            }
            images.add(image);
        }
        return images;
    }

    private static TdxBaseImage image(JsonNode image, String path) {
        Set<String> known = new TreeSet<>(REQUIRED);
        known.addAll(OPTIONAL);
        requireMembers(image, path, known, REQUIRED);
        try {
            return new TdxBaseImage(
                    text(image.path("name")),
                    versions(image.path("pipelineVersions")),
                    hex(image, "mrTd"),
                    List.of(hex(image, "rtmr0"), hex(image, "rtmr1"), hex(image, "rtmr2")),
                    new TdxBaseImage.Launch(
                            hex(image, "tdAttributes"),
                            hex(image, "xfam"),
                            hexOrZero(image, "mrConfigId"),
                            hexOrZero(image, "mrOwner"),
                            hexOrZero(image, "mrOwnerConfig")));
        } catch (IllegalArgumentException broken) {
            throw refused("breaks a rule in " + path + ": " + broken.getMessage());
        }
    }

    private static Set<String> versions(JsonNode versions) {
        if (!versions.isArray() || versions.size() > MAX_VERSIONS) {
            throw new IllegalArgumentException("pipelineVersions is an array of 1 to 64 texts");
        }
        Set<String> texts = new TreeSet<>();
        versions.forEach(version -> {
            if (!texts.add(text(version))) {
                throw new IllegalArgumentException("pipelineVersions names a version once");
            }
        });
        return texts;
    }

    private static String text(JsonNode value) {
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException("name and pipelineVersions are texts that are not empty");
        }
        return value.stringValue();
    }

    private static ByteString hexOrZero(JsonNode image, String member) {
        return image.has(member) ? hex(image, member) : ByteString.ofHex(ZERO);
    }

    private static ByteString hex(JsonNode image, String member) {
        String text = image.path(member).asString("");
        if (!image.path(member).isString() || text.length() % 2 != 0 || !text.matches("[0-9a-f]+")) {
            throw new IllegalArgumentException(member + " is lower-case hex without 0x");
        }
        return ByteString.ofHex(text);
    }

    private static void requireMembers(JsonNode node, String path, Set<String> known, Set<String> required) {
        if (!node.isObject()) {
            throw refused("has something else than a JSON object as " + path);
        }
        if (!known.containsAll(node.propertyNames())) {
            throw refused("has an unknown member in " + path + ", expected only " + new TreeSet<>(known));
        }
        if (!node.propertyNames().containsAll(required)) {
            throw refused("lacks a member in " + path + ", expected " + new TreeSet<>(required));
        }
    }

    private static StartRefused refused(String what) {
        return new StartRefused("sms.measurements.file " + what + "; see docs/reference/configuration.md");
    }
}
