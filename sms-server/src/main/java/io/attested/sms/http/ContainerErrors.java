package io.attested.sms.http;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that fail before any controller is found, such as a malformed request line or a flood of headers, in
 * the same forms as {@link ErrorAnswers}; a problem object where the path could not even be read. The container itself
 * would send a page of HTML.
 *
 * <p>A method, version or transfer encoding of HTTP that the container does not speak is the client's fault, 400, and not
 * the container's 501 or 505.
 *
 * <p>Tomcat makes it by its name.
 */
public final class ContainerErrors extends ErrorReportValve {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InstantSource clock = InstantSource.system();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = status(response.getStatus());
        response.setStatus(status.value());
        String path = Optional.ofNullable(request.getRequestURI()).orElse("");
        ErrorBody body = path.isEmpty() ? ErrorBody.problem(status) : ErrorBody.of(path, status, clock.instant());
        try {
            response.setContentType(body.type().toString());
            response.getOutputStream().write(JSON.writeValueAsBytes(body.members()));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // The client has left, or the answer has begun: there is nobody to tell.
            return;
        }
    }

    private static HttpStatus status(int ofContainer) {
        HttpStatus status =
                Optional.ofNullable(HttpStatus.resolve(ofContainer)).orElse(HttpStatus.INTERNAL_SERVER_ERROR);
        return switch (status) {
            case NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED -> HttpStatus.BAD_REQUEST;
            default -> status;
        };
    }
}
