package io.attested.sms.attestation;

/**
 * What verifying evidence came to.
 *
 * <p>{@link Verified} says that every signature, chain, list and identity check held at the given instant. It is no
 * permission: a debug enclave on an outdated platform is verified too, and says so in its claims.
 */
public sealed interface Verdict {
    /** Everything held; the claims are true of the TEE. */
    record Verified(Claims claims) implements Verdict {}

    /**
     * Something did not hold.
     *
     * <p>Nothing in it is secret. {@code seen} may hold text of whoever made the evidence: printable, but not to be
     * believed.
     *
     * @param reason the first check that failed, in the fixed order of the verifier
     * @param field what was looked at, for instance {@code TCB info nextUpdate}
     * @param expected what it had to be
     * @param seen what it was
     */
    record Rejected(RejectionReason reason, String field, String expected, String seen) implements Verdict {
        private static final int MAX_SEEN = 300;

        /** Cuts {@code seen} to a bounded length and replaces what does not print. */
        public Rejected {
            seen = printable(seen);
        }

        /** One line for a person: field, what was expected, what was seen. */
        public String detail() {
            return field + " is " + seen + ", expected " + expected;
        }

        private static String printable(String text) {
            String shown = text.length() > MAX_SEEN ? text.substring(0, MAX_SEEN) + "…" : text;
            return shown.codePoints()
                    .map(c -> Character.isISOControl(c) ? '?' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
