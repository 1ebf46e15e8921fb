package io.attested.sms.bench.conformance;

/** What a check does: one or more exchanges, and what of them is to be judged. */
@FunctionalInterface
public interface Script {
    /**
     * Plays the exchanges.
     *
     * @throws Unmet when what the check builds upon is not as it must be
     */
    Seen play(Scene scene);
}
