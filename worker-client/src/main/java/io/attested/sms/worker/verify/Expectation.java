package io.attested.sms.worker.verify;

import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;
import io.attested.sms.worker.verify.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a vector's {@code expected.json} says. It is read only after the finding is final; before that {@link #validAt}
 * reads the clock alone.
 *
 * @param expected its member {@code expected}
 * @param sections its members that hold parsed fields
 */
record Expectation(Map<String, Object> expected, Map<String, Map<String, Object>> sections) {
    static final String FILE = "expected.json";

    private static final int MAX_LENGTH = 1024 * 1024;
    private static final String VALID_AT = "validAt";

    /** The end of the year 9999, the last a certificate can name. */
    private static final long LATEST = 253_402_300_799L;

    private static final String EXPECTED = "expected";

    /** Where vectors keep fields to compare with. */
    private static final List<String> SECTIONS = List.of("quote", "report", "signer");

    /** The instant to judge a vector at; nothing else of the file is looked at. */
    static Optional<Instant> validAt(Path folder) throws IOException, MalformedJsonException {
        StrictJson json = json(folder);
        if (!json.hasValue(VALID_AT)) {
            return Optional.empty();
        }
        long seconds = json.number(VALID_AT);
        if (seconds > LATEST) {
            throw new MalformedJsonException(
                    FILE + ": \"" + VALID_AT + "\" is " + seconds + ", expected seconds since 1970 up to " + LATEST);
        }
        return Optional.of(Instant.ofEpochSecond(seconds));
    }

    static Expectation read(Path folder) throws IOException, MalformedJsonException {
        StrictJson json = json(folder);
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        for (String section : SECTIONS) {
            if (json.has(section)) {
                sections.put(section, json.values(section));
            }
        }
        return new Expectation(json.values(EXPECTED), sections);
    }

    private static StrictJson json(Path folder) throws IOException, MalformedJsonException {
        return StrictJson.parseOpen(FILE, CappedFile.read(folder.resolve(FILE), MAX_LENGTH));
    }

    /** In what the finding differs from this; empty when it agrees. */
    List<String> differences(Finding finding) {
        List<String> differences = new ArrayList<>();
        switch (text("outcome").orElse("")) {
            case "VERIFIED" -> verified(finding, differences);
            case "REJECTED" -> rejected(finding, differences);
            // Where two behaviours are defensible this verifier has the strict one, and says why.
            case "DESIGN_CHOICE" -> reason(finding, differences);
            case "PARSE_ONLY" -> parsed(finding, differences);
            default -> differences.add("outcome: expected " + expected.get("outcome") + ", which is no known outcome");
        }
        if (finding.outcome() == Outcome.UNSUPPORTED) {
            finding.reason().ifPresent(why -> differences.add(why.detail()));
        }
        sections.forEach((section, fields) -> fields(section, fields, finding, differences));
        return differences;
    }

    private void verified(Finding finding, List<String> differences) {
        compare("outcome", Outcome.VERIFIED, finding.outcome(), differences);
        compare("tcbStatus", text("tcbStatus"), finding.tcbStatus(), differences);
        Set<String> advisories = new TreeSet<>();
        texts("advisoryIds").forEach(advisories::add);
        compare("advisoryIds", List.copyOf(advisories), finding.advisoryIds(), differences);
    }

    private void rejected(Finding finding, List<String> differences) {
        reason(finding, differences);
        if (expected.containsKey("tcbStatus")) {
            compare("tcbStatus", text("tcbStatus"), finding.tcbStatus(), differences);
        }
    }

    private void reason(Finding finding, List<String> differences) {
        compare("outcome", Outcome.REJECTED, finding.outcome(), differences);
        Set<String> accepted = new LinkedHashSet<>();
        text("reason").ifPresent(accepted::add);
        accepted.addAll(texts("reasonsAccepted"));
        String seen = finding.reason().map(Finding.Reason::word).orElse("none");
        if (!accepted.contains(seen)) {
            differences.add("reason: expected " + String.join(" or ", accepted) + ", got " + seen);
        }
    }

    private static void parsed(Finding finding, List<String> differences) {
        if (!finding.wholly()) {
            differences.add("outcome: expected PARSE_ONLY, got "
                    + finding.reason().map(Finding.Reason::detail).orElse("no parsed fields"));
        }
    }

    private static void fields(String section, Map<String, Object> fields, Finding finding, List<String> differences) {
        Map<String, Object> seen = finding.sections().getOrDefault(section, Map.of());
        fields.forEach((name, value) -> {
            if (finding.wholly() || seen.containsKey(name)) {
                Object got = seen.containsKey(name) ? Objects.requireNonNull(seen.get(name)) : "no such field";
                compare(section + "." + name, value, got, differences);
            }
        });
    }

    private static void compare(String what, Object wanted, Object seen, List<String> differences) {
        if (!wanted.equals(seen)) {
            differences.add(what + ": expected " + shown(wanted) + ", got " + shown(seen));
        }
    }

    private static Object shown(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Object::toString).orElse("none")
                : value;
    }

    private Optional<String> text(String name) {
        return expected.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private List<String> texts(String name) {
        return expected.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }
}
