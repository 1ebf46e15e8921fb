package io.attested.sms.standin;

/** A request is not of the form that the contract describes. */
final class Violation extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence where in the request, what was expected, what was seen */
    Violation(String sentence) {
        super(sentence);
    }
}
