package io.attested.sms.task;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.Tee;
import io.attested.sms.chain.App;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an app's {@code mrenclave} bytes, which hold text in one of three forms.
 *
 * <ul>
 *   <li>{@code MrEnclave|FSPF_KEY|FSPF_TAG}: 64, 64 and 32 hex digits;
 *   <li>the historical {@code FSPF_KEY|FSPF_TAG|MrEnclave[|entrypoint]}: 64, 32 and 64;
 *   <li>the JSON enclave configuration (framework, version, entrypoint, heapSize, fingerprint), whose fingerprint is a
 *       bare MrEnclave or one of the forms above.
 * </ul>
 *
 * <p>The position of the only 32-digit part decides the order. Anything else is refused.
 */
public final class RegisteredCodeReader {
    private static final int MAX_BYTES = 4096;
    private static final Set<String> CONFIGURATION_MEMBERS =
            Set.of("framework", "provider", "version", "entrypoint", "heapSize", "fingerprint");

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What {@code app} registered, for a task of {@code framework}. */
    public RegisteredCode read(App app, TeeFramework framework) {
        if (framework.tee() == Tee.TDX) {
            return app.checksum().isZero()
                    ? new RegisteredCode.Unreadable(
                            false,
                            "the app registered the checksum zero, which names no image; register the image's checksum")
                    : new RegisteredCode.TrustDomain(app.checksum());
        }
        String text = app.mrenclave().text().orElse("");
        if (text.isBlank()) {
            return new RegisteredCode.Unreadable(false, "the app registered no enclave: its mrenclave field is empty");
        }
        if (text.length() > MAX_BYTES) {
            return new RegisteredCode.Unreadable(
                    false, "the app's mrenclave field has " + text.length() + " characters, expected at most 4096");
        }
        return text.stripLeading().startsWith("{") ? readConfiguration(text, framework) : readFingerprint(text);
    }

    private static RegisteredCode readFingerprint(String text) {
        return parseFingerprint(text, Optional.empty(), Optional.empty())
                .<RegisteredCode>map(found -> found)
                .orElseGet(() -> new RegisteredCode.Unreadable(
                        false,
                        "the app's mrenclave field is neither MrEnclave|FSPF_KEY|FSPF_TAG (64|64|32 hex digits) nor the"
                                + " historical FSPF_KEY|FSPF_TAG|MrEnclave (64|32|64) nor a JSON configuration"));
    }

    private RegisteredCode readConfiguration(String text, TeeFramework framework) {
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JacksonException e) {
            return new RegisteredCode.Unreadable(false, "the app's enclave configuration is not JSON");
        }
        for (String member : node.propertyNames()) {
            if (!CONFIGURATION_MEMBERS.contains(member)) {
                return new RegisteredCode.Unreadable(
                        false,
                        "the app's enclave configuration has an unknown member; expected " + CONFIGURATION_MEMBERS);
            }
        }
        return validated(node, framework);
    }

    private static RegisteredCode validated(JsonNode node, TeeFramework framework) {
        String named = node.path("framework").asString(node.path("provider").asString(""));
        String version = node.path("version").asString("");
        String entrypoint = node.path("entrypoint").asString("");
        String fingerprint = node.path("fingerprint").asString("");
        if (!named.toUpperCase(Locale.ROOT).equals(framework.name())) {
            return invalid("framework is not " + framework + ", which the deal's tag asks for");
        }
        boolean gramine = framework == TeeFramework.GRAMINE;
        if (!gramine && entrypoint.isBlank()) {
            return invalid("entrypoint is empty");
        }
        if (!gramine && node.path("heapSize").asLong(0) <= 0) {
            return invalid("heapSize is not a positive number of bytes");
        }
        Optional<ByteString> bare = hex(fingerprint, 64);
        if (bare.isPresent()) {
            return new RegisteredCode.MeasuredImage(bare.get(), entrypoint, version);
        }
        return parseFingerprint(fingerprint, Optional.of(entrypoint), Optional.of(version))
                .<RegisteredCode>map(found -> found)
                .orElseGet(() -> invalid("fingerprint is neither 64 hex digits nor MrEnclave|FSPF_KEY|FSPF_TAG"));
    }

    private static Optional<RegisteredCode.Fingerprint> parseFingerprint(
            String text, Optional<String> entrypoint, Optional<String> version) {
        String[] parts = text.split("\\|", -1);
        if (parts.length == 3 && parts[2].length() == 32) {
            return fingerprint(parts[0], parts[1], parts[2], entrypoint, version);
        }
        boolean historical = parts.length == 3 || (parts.length == 4 && !parts[3].isBlank());
        if (historical && parts[1].length() == 32) {
            Optional<String> command = parts.length == 4 ? Optional.of(parts[3]) : entrypoint;
            return fingerprint(parts[2], parts[0], parts[1], command, version);
        }
        return Optional.empty();
    }

    private static Optional<RegisteredCode.Fingerprint> fingerprint(
            String mrEnclave, String key, String tag, Optional<String> entrypoint, Optional<String> version) {
        return hex(mrEnclave, 64)
                .flatMap(code -> hex(key, 64)
                        .flatMap(fspfKey -> hex(tag, 32)
                                .map(fspfTag ->
                                        new RegisteredCode.Fingerprint(code, fspfKey, fspfTag, entrypoint, version))));
    }

    private static Optional<ByteString> hex(String text, int digits) {
        if (text.length() != digits) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteString.copyOf(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    private static RegisteredCode invalid(String reason) {
        return new RegisteredCode.Unreadable(true, "the app's enclave configuration is invalid: " + reason);
    }
}
