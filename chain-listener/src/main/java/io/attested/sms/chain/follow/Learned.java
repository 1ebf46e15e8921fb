package io.attested.sms.chain.follow;

/** What became of something read. */
public enum Learned {
    /** It is remembered, or was already. */
    KEPT,
    /** Its block is not on the branch that is followed, or too old: it is not remembered. */
    NOT_OF_THE_BRANCH,
    /** It cannot be remembered: no event would tell when it changes. */
    NOT_FOLLOWED,
    /** Another value was remembered for the same block: one of two answers was false. Neither is remembered. */
    CONTRADICTS
}
