package io.attested.sms.bench.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement of the contract and how it is seen whether a service keeps it.
 *
 * @param id group, subject and a number or a case, such as {@code web2-post-017}; never given to another check
 * @param section of the contract, such as {@code 1.2}
 * @param statement what the contract says, a sentence without its full stop
 * @param need what it cannot be played without
 * @param expected what the contract's statement comes to
 * @param alternatives what this project's service may answer instead; none of them is a pass
 * @param script what is played
 */
public record Check(
        String id,
        String section,
        String statement,
        Need need,
        Expected expected,
        List<Alternative> alternatives,
        Script script) {

    /**
     * A listed deviation.
     *
     * @param id {@code D-} and two digits
     */
    public record Alternative(String id, Expected expected) {}

    public Check {
        alternatives = List.copyOf(alternatives);
    }

    /** Begins a check that needs nothing but the service. */
    public static Draft of(String id, String section, String statement) {
        return new Draft(id, section, statement, Need.NOTHING);
    }

    /** The group's name: what is before the first hyphen of the id. */
    public String group() {
        return id.substring(0, id.indexOf('-'));
    }

    /** Judges what the script has seen. */
    Verdict judge(Seen seen) {
        if (expected.holds().test(seen)) {
            return new Verdict.Passed(seen.words());
        }
        return alternatives.stream()
                .filter(alternative -> alternative.expected().holds().test(seen))
                .findFirst()
                .<Verdict>map(alternative -> new Verdict.Deviation(alternative.id(), seen.words()))
                .orElseGet(() -> new Verdict.Failed(expected.words(), seen.words()));
    }

    /** A check whose statement is known and whose outcome is not yet. */
    public record Draft(String id, String section, String statement, Need need) {
        /** The same, skipped without this. */
        public Draft needs(Need other) {
            return new Draft(id, section, statement, other);
        }

        /** What the contract's statement comes to. */
        public Judged expects(Expected expected) {
            return new Judged(this, expected, List.of());
        }
    }

    /** A check whose outcome is known and whose script is not yet. */
    public record Judged(Draft draft, Expected expected, List<Alternative> alternatives) {
        public Judged {
            alternatives = List.copyOf(alternatives);
        }

        /** A listed deviation that may be seen instead. */
        public Judged orDeviation(String id, Expected instead) {
            List<Alternative> more = new ArrayList<>(alternatives);
            more.add(new Alternative(id, instead));
            return new Judged(draft, expected, more);
        }

        /** The whole check. */
        public Check plays(Script script) {
            return new Check(
                    draft.id(), draft.section(), draft.statement(), draft.need(), expected, alternatives, script);
        }
    }
}
