package io.attested.sms.chain.quorum;

/**
 * Where a node stands.
 *
 * @param node its name
 * @param standing whether it counts
 * @param disagreements how often it said something else than what was agreed, since the start
 */
public record NodeStanding(String node, Standing standing, long disagreements) {
    /** Whether a node counts. */
    public enum Standing {
        /** It counts. */
        GOOD,
        /** It would count, and gave no usable answer when it was asked last: nobody contradicts a node that is down. */
        SILENT,
        /** It is not asked for a while, unless the others do not decide without it. */
        BENCHED,
        /** It is asked again, and counts only where the nodes in good standing cannot decide without it. */
        PROBATION
    }
}
