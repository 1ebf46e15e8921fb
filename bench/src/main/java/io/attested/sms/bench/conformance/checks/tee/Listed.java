package io.attested.sms.bench.conformance.checks.tee;

/** Ids of docs/reference/iexec-compatibility.md that the checks of {@code /tee} name. */
final class Listed {
    static final String MALFORMED_SIGNATURE = "D-01";
    static final String TRAILING_BYTES = "D-02";
    static final String NO_WORKER = "D-07";
    static final String UNVERSIONED_PROPERTIES = "D-17";
    static final String DEADLINE = "D-24";
    static final String FRAMEWORK = "D-26";
    static final String UNKNOWN_PARAMETER = "D-27";
    static final String OWN_PUBLISHER = "D-35";
    static final String BULK_REFUSED = "D-38";
    static final String LIST_REFUSED = "D-39";
    static final String THREE_PARTS = "D-49";

    private Listed() {}
}
