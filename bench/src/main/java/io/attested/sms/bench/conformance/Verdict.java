package io.attested.sms.bench.conformance;

/** How a check ended. */
public sealed interface Verdict {
    /** As the contract says. */
    record Passed(String seen) implements Verdict {}

    /**
     * Otherwise, in a way that is listed.
     *
     * @param id {@code D-} and two digits, an entry of docs/reference/iexec-compatibility.md
     */
    record Deviation(String id, String seen) implements Verdict {}

    /** Otherwise, and not listed. */
    record Failed(String expected, String seen) implements Verdict {}

    /** Not played. Never counts as passed. */
    record Skipped(String reason) implements Verdict {}

    /** One word: {@code pass}, {@code deviation}, {@code FAIL} or {@code skipped}. */
    default String word() {
        return switch (this) {
            case Passed ignored -> "pass";
            case Deviation ignored -> "deviation";
            case Failed ignored -> "FAIL";
            case Skipped ignored -> "skipped";
        };
    }
}
