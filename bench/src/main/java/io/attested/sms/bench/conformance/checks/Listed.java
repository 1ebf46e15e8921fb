package io.attested.sms.bench.conformance.checks;

/** Ids of docs/reference/iexec-compatibility.md that the checks of secrets, service and administration name. */
final class Listed {
    static final String MALFORMED_SIGNATURE = "D-01";
    static final String TRAILING_BYTES = "D-02";
    static final String REPLAY = "D-05";
    static final String OTHER_KIND = "D-06";
    static final String NOT_UTF8 = "D-08";
    static final String NAMES = "D-09";
    static final String LARGE_BODY = "D-12";
    static final String INDEX_FORM = "D-16";
    static final String PROMETHEUS = "D-20";
    static final String RESTORE_UNITES = "D-46";

    private Listed() {}
}
