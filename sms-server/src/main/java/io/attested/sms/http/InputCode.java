package io.attested.sms.http;

import org.springframework.http.HttpStatus;

/** Codes of {@code /v1} for requests that are not understood, and for our own faults. */
public enum InputCode {
    /** The body, a member or a parameter cannot be read. */
    MALFORMED("input.malformed", HttpStatus.BAD_REQUEST),
    /** A browser asks on behalf of another site's page. */
    CROSS_ORIGIN("input.cross-origin", HttpStatus.FORBIDDEN),
    /** No such path. */
    NOT_FOUND("input.not-found", HttpStatus.NOT_FOUND),
    /** The path exists, the method does not. */
    METHOD_NOT_ALLOWED("input.method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED),
    /** The answer cannot be given in a form the client accepts. */
    NOT_ACCEPTABLE("input.not-acceptable", HttpStatus.NOT_ACCEPTABLE),
    /** The body did not arrive in time. */
    TOO_LATE("input.too-late", HttpStatus.REQUEST_TIMEOUT),
    /** The body is over its cap. */
    TOO_LARGE("input.too-large", HttpStatus.CONTENT_TOO_LARGE),
    /** The body is not {@code application/json}. */
    UNSUPPORTED_MEDIA_TYPE("input.unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The source has used up its writes of this minute. */
    BUSY("service.busy", HttpStatus.SERVICE_UNAVAILABLE),
    /** A fault of this service; the log has the event. */
    FAULT("service.fault", HttpStatus.INTERNAL_SERVER_ERROR);

    private final String word;
    private final HttpStatus status;

    InputCode(String word, HttpStatus status) {
        this.word = word;
        this.status = status;
    }

    /** The code as it stands in answers. */
    public String word() {
        return word;
    }

    HttpStatus status() {
        return status;
    }

    static InputCode of(int status) {
        for (InputCode code : values()) {
            if (code.status.value() == status) {
                return code;
            }
        }
        return status >= 400 && status < 500 ? MALFORMED : FAULT;
    }
}
