package io.attested.sms.keyring;

/** A record at rest did not open: it was altered, moved to another place, or sealed in another realm or store. */
public final class TamperedRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TamperedRecord(String what) {
        super("the stored " + what + " does not open under this service's keys: it was altered or put in another"
                + " record's place; restore the store from a backup and find out who wrote to it");
    }
}
