package io.attested.sms.bench.sessions;

import java.util.Locale;

/** Where the sessions of the measured service go. */
enum Publisher {
    /** Nowhere: the session names the service, and the enclave asks there with evidence. */
    NATIVE,
    /** To a CAS over mutual TLS. */
    SCONE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
