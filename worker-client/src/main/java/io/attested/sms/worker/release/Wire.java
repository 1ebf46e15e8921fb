package io.attested.sms.worker.release;

/** Words for messages about members of the wire forms. */
final class Wire {
    static final String HASH = "0x and 64 hex digits";
    static final String ADDRESS = "0x and 40 hex digits";
    static final String SIGNATURE = "0x and 130 hex digits";

    private Wire() {}
}
