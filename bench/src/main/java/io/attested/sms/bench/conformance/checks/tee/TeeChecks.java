package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Check;
import io.attested.sms.bench.conformance.Need;
import java.util.List;
import java.util.stream.Stream;

/** All checks of {@code /tee}. */
public final class TeeChecks {
    private TeeChecks() {}

    /** In the order of the contract. */
    public static List<Check> all() {
        return Stream.of(
                        FrameworkChecks.all(),
                        PropertiesChecks.all(),
                        ChallengeChecks.all(),
                        SessionFormChecks.all(),
                        SessionSignatureChecks.all(),
                        SessionRefusalChecks.all(),
                        SessionAnswerChecks.all(),
                        DocumentChecks.all(),
                        TokenChecks.all(),
                        SeparationChecks.all(),
                        StoreFailureChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** A check on the scenario's chain. */
    static Check.Draft check(String id, String section, String statement) {
        return Check.of("tee-" + id, section, statement).needs(Need.CHAIN);
    }
}
