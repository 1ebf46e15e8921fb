package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.bench.conformance.Expected;
import java.util.Arrays;

/** Header {@code Allow} of a 405. */
final class Allow {
    private Allow() {}

    /** Names this verb, besides others or not. */
    static Expected names(String verb) {
        return Expected.answer(
                "Allow names " + verb,
                answer -> answer.headers("Allow").stream()
                        .flatMap(line -> Arrays.stream(line.split(",")))
                        .map(String::strip)
                        .anyMatch(verb::equals));
    }
}
