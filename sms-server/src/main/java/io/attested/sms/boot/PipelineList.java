package io.attested.sms.boot;

import io.attested.sms.task.Pipeline;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the member {@code pipelines} of the measurements file, as strictly as the rest of it. */
final class PipelineList {
    /** Over all frameworks. */
    static final int MOST = 64;

    private static final Set<String> STAGE_MEMBERS = Set.of("image", "fingerprint", "entrypoint", "heapSizeInBytes");
    private static final Set<String> REQUIRED = Set.of("framework", "version", "preCompute", "postCompute");
    private static final String LAS_IMAGE = "lasImage";
    private static final int MAX_VERSION = 64;
    private static final int MAX_TEXT = 512;
    private static final Pattern ENCLAVE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern IMAGE_CHECKSUM = Pattern.compile("(0x)?[0-9a-f]{64}");

    private PipelineList() {}

    /**
     * The pipelines, in the file's order.
     *
     * @throws IllegalArgumentException when they break a rule; the message names the member
     */
    static Pipelines read(JsonNode listed) {
        require(listed.isArray() && listed.size() <= MOST, "pipelines is an array of at most " + MOST + " pipelines");
        List<Pipeline> pipelines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < listed.size(); i++) {
            Pipeline pipeline = pipeline(listed.get(i), "pipelines[" + i + "]");
            require(
                    seen.add(pipeline.framework() + " " + pipeline.version()),
                    "two pipelines of " + pipeline.framework() + " share the version " + pipeline.version());
            pipelines.add(pipeline);
        }
        // Trust domains' apps name no version on chain, so nothing could choose between two.
        require(
                pipelines.stream()
                                .filter(pipeline -> pipeline.framework() == TeeFramework.TDX)
                                .count()
                        <= 1,
                "there is more than one pipeline of TDX");
        return new Pipelines(pipelines);
    }

    private static Pipeline pipeline(JsonNode node, String path) {
        TeeFramework framework = framework(node, path);
        Set<String> members = new TreeSet<>(REQUIRED);
        if (framework == TeeFramework.SCONE) {
            members.add(LAS_IMAGE);
        }
        requireMembers(node, path, members);
        return new Pipeline(
                framework,
                text(node, path, "version", MAX_VERSION),
                stage(node.path("preCompute"), path + ".preCompute", framework),
                stage(node.path("postCompute"), path + ".postCompute", framework),
                framework == TeeFramework.SCONE ? text(node, path, LAS_IMAGE, MAX_TEXT) : "");
    }

    private static TeeFramework framework(JsonNode node, String path) {
        String named = node.path("framework").asString("");
        for (TeeFramework framework : TeeFramework.values()) {
            if (framework.name().equals(named)) {
                return framework;
            }
        }
        throw new IllegalArgumentException(path + ".framework is SCONE, GRAMINE or TDX");
    }

    private static Pipeline.StageImage stage(JsonNode node, String path, TeeFramework framework) {
        requireMembers(node, path, STAGE_MEMBERS);
        boolean scone = framework == TeeFramework.SCONE;
        String fingerprint = text(node, path, "fingerprint", MAX_TEXT);
        Pattern form = framework == TeeFramework.TDX ? IMAGE_CHECKSUM : ENCLAVE;
        require(
                form.matcher(fingerprint).matches(),
                path + ".fingerprint is 64 lower-case hex digits; of TDX with or without 0x");
        JsonNode heap = node.path("heapSizeInBytes");
        require(
                heap.isIntegralNumber() && heap.canConvertToLong() && heap.longValue() >= (scone ? 1 : 0),
                path + ".heapSizeInBytes is a number of bytes, of SCONE a positive one");
        String entrypoint =
                scone ? text(node, path, "entrypoint", MAX_TEXT) : printable(node, path, "entrypoint", MAX_TEXT);
        return new Pipeline.StageImage(text(node, path, "image", MAX_TEXT), fingerprint, entrypoint, heap.longValue());
    }

    private static void requireMembers(JsonNode node, String path, Set<String> members) {
        require(
                node.isObject() && new TreeSet<>(node.propertyNames()).equals(new TreeSet<>(members)),
                path + " has exactly the members " + new TreeSet<>(members));
    }

    private static String text(JsonNode node, String path, String member, int most) {
        String text = printable(node, path, member, most);
        require(!text.isBlank(), path + "." + member + " is not empty");
        return text;
    }

    private static String printable(JsonNode node, String path, String member, int most) {
        JsonNode value = node.path(member);
        require(
                value.isString()
                        && value.stringValue().length() <= most
                        && value.stringValue().chars().noneMatch(Character::isISOControl),
                path + "." + member + " is a text of at most " + most + " characters without control characters");
        return value.stringValue();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
