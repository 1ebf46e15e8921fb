package io.attested.sms.standin;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads one JSON document and nothing beside it; a member given twice is a fault. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static Document parsed(String text) throws Violation {
        try {
            return Document.of("session", MAPPER.readValue(text, Map.class));
        } catch (JacksonException e) {
            throw new Violation("no JSON object: " + e.getOriginalMessage());
        }
    }
}
