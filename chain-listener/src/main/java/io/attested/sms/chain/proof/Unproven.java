package io.attested.sms.chain.proof;

/** An answer that proves nothing; the message says why. */
final class Unproven extends Exception {
    private static final long serialVersionUID = 1L;

    Unproven(String why) {
        super(why, null, false, false);
    }
}
