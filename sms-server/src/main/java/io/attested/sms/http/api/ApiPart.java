package io.attested.sms.http.api;

/** A chapter of the API, in the order of the documents. */
public enum ApiPart {
    /** What the clients of the iExec SMS call. */
    IEXEC(
            "iExec API",
            "The original's wire API, byte for byte. Failures of form are answered with its default error object; answers"
                    + " gain no member, because their readers refuse unknown ones."),
    /** The release with evidence. */
    NATIVE(
            "Native API",
            "Secrets for enclaves that prove what they are. Failures are RFC 9457 problem objects with a member `code`;"
                    + " every answer carries the log's signed head in `SMS-Log-Head`."),
    /** What the operator looks at. */
    OPERATION("Operation", "Health and metrics."),
    /** What the operator does. */
    ADMINISTRATION("Administration", "Backups, with the operator's key.");

    private final String title;
    private final String about;

    ApiPart(String title, String about) {
        this.title = title;
        this.about = about;
    }

    /** Heading of the chapter. */
    public String title() {
        return title;
    }

    /** One or two sentences. */
    public String about() {
        return about;
    }
}
