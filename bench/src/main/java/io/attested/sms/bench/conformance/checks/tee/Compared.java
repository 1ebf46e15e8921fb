package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Answer;
import io.attested.sms.bench.conformance.Expected;
import io.attested.sms.bench.conformance.Seen;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Comparisons with what only the scenario knows, told in words. */
final class Compared {
    private static final String SAME = "as the scenario has it";
    private static final int LONGEST = 60;

    private Compared() {}

    /** What is seen must be what the scenario says. */
    static Expected same(String words) {
        return new Expected(
                words, seen -> seen instanceof Seen.Told told && told.words().equals(SAME));
    }

    /** It was. */
    static Seen same() {
        return new Seen.Told(SAME);
    }

    /** It was, or something else was seen. */
    static Seen sameIf(boolean holds, String otherwise) {
        return holds ? same() : new Seen.Told(otherwise);
    }

    /** Two texts. */
    static Seen texts(String what, String expected, String seen) {
        return sameIf(expected.equals(seen), what + " is " + shortened(seen) + ", expected " + shortened(expected));
    }

    /** A JSON body, member by member. */
    static Seen json(Answer answer, JsonNode expected) {
        JsonNode seen = Expected.parsed(answer).orElse(expected.isNull() ? expected : nothing());
        boolean same = answer.status() == 200
                && seen.equals(expected)
                && answer.header("Content-Type")
                        .filter("application/json"::equals)
                        .isPresent();
        return sameIf(same, answer.words());
    }

    /** Two maps of text, names and values; the first difference is told. */
    static Seen maps(Map<String, String> expected, Map<String, String> seen) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(seen.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(expected.get(name), seen.get(name)))
                .findFirst()
                .<Seen>map(
                        name -> new Seen.Told(name + " is " + told(seen, name) + ", expected " + told(expected, name)))
                .orElseGet(Compared::same);
    }

    private static String told(Map<String, String> map, String name) {
        String value = map.get(name);
        return value == null ? "absent" : shortened(value);
    }

    private static JsonNode nothing() {
        return tools.jackson.databind.node.MissingNode.getInstance();
    }

    private static String shortened(String text) {
        return "\"" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "\"";
    }
}
