package io.attested.sms.worker.release;

import java.util.regex.Pattern;

/**
 * A service's answer: what was asked for, or a code and a detail.
 *
 * @param <T> what was asked for
 */
public sealed interface Answer<T> {
    /**
     * What was asked for.
     *
     * @param <T> its type
     * @param value in its typed form
     */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * It was not given.
     *
     * @param <T> what was asked for
     * @param code the service's code, or {@link #UNAVAILABLE} or {@link #UNREADABLE}
     * @param detail for a person; printable, at most 500 characters
     */
    record Declined<T>(String code, String detail) implements Answer<T> {
        private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
        private static final int MAX_DETAIL = 500;

        /** Cleans what came from outside. */
        public Declined {
            if (!CODE.matcher(code).matches()) {
                code = UNREADABLE;
            }
            String printable = detail.replaceAll("\\p{Cntrl}", " ");
            detail = printable.substring(0, Math.min(printable.length(), MAX_DETAIL));
        }
    }

    /** The service did not answer. */
    String UNAVAILABLE = "service.unavailable";

    /** The service answered something else than the protocol says. */
    String UNREADABLE = "service.unreadable-answer";
}
