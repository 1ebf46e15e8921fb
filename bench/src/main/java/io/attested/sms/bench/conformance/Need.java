package io.attested.sms.bench.conformance;

/** What a check cannot be played without, besides the service itself. */
public enum Need {
    /** The address is enough. */
    NOTHING("nothing"),

    /** A scenario file: a chain the service reads, with assets and their owners' keys. */
    CHAIN("a scenario file (--chain)"),

    /** The key of the admin interface. */
    ADMIN_KEY("the admin key (--admin-key)"),

    /** That key, and the folder its backups lie in. */
    ADMIN_STORAGE("the admin key and folder (--admin-key, --admin-storage)"),

    /** Both, and leave to restore backups. */
    RESTORE("leave to restore backups (--restore, with --admin-key and --admin-storage)"),

    /** Both, and a service that its out-of-service switch keeps closed. */
    OUT_OF_SERVICE("a service that is out of service (--out-of-service, with --admin-key and --admin-storage)");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    /** For a reader: what to give. */
    public String words() {
        return words;
    }
}
