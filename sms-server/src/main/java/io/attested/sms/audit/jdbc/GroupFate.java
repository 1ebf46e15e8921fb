package io.attested.sms.audit.jdbc;

import io.attested.sms.audit.LogUnavailable;

/** How far a group got, which decides what its waiters are told when it fails. */
final class GroupFate {
    private boolean unknown;

    /** From here on the group may be stored even when an exception follows. */
    void commitBegins() {
        unknown = true;
    }

    LogUnavailable outage(Throwable cause) {
        return unknown
                ? new LogUnavailable(
                        "the database or its disk failed while the log was committed; it is unknown whether the"
                                + " change was stored; repeat the request, and look at the disk of the store",
                        true,
                        cause)
                : new LogUnavailable(
                        "the database failed before the log was committed, nothing was stored; repeat the request,"
                                + " and look at the store's folder",
                        false,
                        cause);
    }
}
