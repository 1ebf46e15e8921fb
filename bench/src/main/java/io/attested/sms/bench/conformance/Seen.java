package io.attested.sms.bench.conformance;

import java.util.List;
import java.util.stream.Collectors;

/** What there is to judge: an answer, its absence, or something told of several answers. */
public sealed interface Seen permits Answer, Seen.Silence, Seen.Told {

    /** For a reader, in one line. */
    String words();

    /** No answer: refused, cut off, or later than the time allowed. */
    record Silence(String words) implements Seen {}

    /** What a script says of several answers. */
    record Told(String words) implements Seen {}

    /** The statuses of several answers in order, for instance {@code 204, 409}. */
    static Seen statuses(List<? extends Seen> several) {
        return new Told(several.stream().map(Seen::statusWord).collect(Collectors.joining(", ")));
    }

    /** The statuses of several answers, sorted, for instance {@code 204, 409}. */
    static Seen sortedStatuses(List<? extends Seen> several) {
        return new Told(several.stream().map(Seen::statusWord).sorted().collect(Collectors.joining(", ")));
    }

    /** The status as text, or {@code none}. */
    static String statusWord(Seen seen) {
        return switch (seen) {
            case Answer answer -> Integer.toString(answer.status());
            case Silence ignored -> "none";
            case Told told -> told.words();
        };
    }
}
