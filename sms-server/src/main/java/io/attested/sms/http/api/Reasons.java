package io.attested.sms.http.api;

import org.springframework.http.HttpStatus;

/** Reason phrases of statuses. */
final class Reasons {
    private Reasons() {}

    static String of(int status) {
        return HttpStatus.valueOf(status).getReasonPhrase();
    }
}
