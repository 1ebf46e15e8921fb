package io.attested.sms.secret;

/** The disk has only the space left that is reserved for grants and their log: an outage for pushes, nothing else. */
public final class StoreFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFull(long usableBytes, long reserveBytes) {
        super("no room for another secret: " + usableBytes + " bytes are usable, " + reserveBytes
                + " are reserved for grants and their log; free space on the store's disk");
    }
}
