package io.attested.sms.attestation.source;

import io.attested.sms.attestation.Verdict;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.collateral.CollateralParsing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Collateral of several platforms in one file, for machines without a way out: a JSON array of objects in the form of
 * {@link Collateral#toJson()}. Which platform an object is for follows from its signed content. One object alone is
 * read as well.
 */
public final class CollateralBundle {
    /** Most bytes of a bundle. */
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final int MAX_PLATFORMS = 512;

    /** Names and texts of ten members for each platform, and the brackets: small values take many times their text. */
    private static final int MAX_TOKENS = MAX_PLATFORMS * 22 + 2;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_LENGTH)
                            .maxNestingDepth(4)
                            .maxStringLength(Collateral.MAX_JSON_LENGTH)
                            .maxNameLength(256)
                            .maxNumberLength(32)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What reading a bundle came to. */
    public sealed interface Reading {
        /** Every entry has its form; nothing is checked yet. */
        record Read(List<Collateral> entries) implements Reading {}

        /** The file is no bundle. */
        record Malformed(String why) implements Reading {}
    }

    /** What importing a bundle came to. */
    public sealed interface Import {
        /** Every entry passed the checks. */
        record Imported(List<CollateralKey> platforms) implements Import {}

        /** One did not, or the file is no bundle; entries before it may have been taken. */
        record Refused(String why) implements Import {}
    }

    private CollateralBundle() {}

    /** The bundle of what a cache holds, UTF-8. */
    public static byte[] export(Collection<CheckedCollateral> held) {
        ArrayNode bundle = MAPPER.createArrayNode();
        held.stream()
                .sorted(Comparator.comparing(checked -> checked.key().toString()))
                .forEach(checked -> bundle.add(checked.collateral().toJsonNode()));
        return MAPPER.writeValueAsBytes(bundle);
    }

    /** Reads a bundle. Never throws, whatever the bytes are. */
    public static Reading read(byte[] json) {
        if (json.length > MAX_LENGTH) {
            return new Reading.Malformed("it has " + json.length + " bytes, expected at most " + MAX_LENGTH);
        }
        try {
            JsonNode root = MAPPER.readTree(json);
            List<JsonNode> entries = root.isArray() ? List.copyOf(root.values()) : List.of(root);
            if (entries.isEmpty() || entries.size() > MAX_PLATFORMS) {
                return new Reading.Malformed("it has " + entries.size() + " entries, expected 1 to " + MAX_PLATFORMS);
            }
            return read(entries);
        } catch (JacksonException e) {
            return new Reading.Malformed("it is no JSON array of collateral objects without duplicate members");
        }
    }

    private static Reading read(List<JsonNode> entries) {
        List<Collateral> read = new ArrayList<>();
        for (JsonNode entry : entries) {
            switch (Collateral.parse(entry)) {
                case CollateralParsing.Parsed parsed -> read.add(parsed.collateral());
                case CollateralParsing.Malformed(Verdict.Rejected rejection) -> {
                    return new Reading.Malformed("entry " + read.size() + ": " + rejection.detail());
                }
            }
        }
        return new Reading.Read(List.copyOf(read));
    }

    /** Puts a bundle into a cache. */
    public static Import importInto(CachedCollateral cache, byte[] json) {
        return switch (read(json)) {
            case Reading.Malformed(String why) -> new Import.Refused(why);
            case Reading.Read(List<Collateral> entries) -> take(cache, entries);
        };
    }

    private static Import take(CachedCollateral cache, List<Collateral> entries) {
        List<CollateralKey> platforms = new ArrayList<>();
        for (Collateral entry : entries) {
            switch (cache.take(entry)) {
                case CollateralVerdict.Good(CheckedCollateral checked) -> platforms.add(checked.key());
                case CollateralVerdict.Wrong(Verdict.Rejected rejection) -> {
                    return new Import.Refused("entry " + platforms.size() + ": " + rejection.detail());
                }
            }
        }
        return new Import.Imported(List.copyOf(platforms));
    }
}
