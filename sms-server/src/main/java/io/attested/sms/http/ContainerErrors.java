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
 * the same forms as {@link ErrorAnswers}. The container itself would send a page of HTML.
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
        HttpStatus status =
                Optional.ofNullable(HttpStatus.resolve(response.getStatus())).orElse(HttpStatus.INTERNAL_SERVER_ERROR);
        ErrorBody body =
                ErrorBody.of(Optional.ofNullable(request.getRequestURI()).orElse(""), status, clock.instant());
        try {
            response.setContentType(body.type().toString());
            response.getOutputStream().write(JSON.writeValueAsBytes(body.members()));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // The client has left, or the answer has begun: there is nobody to tell.
            return;
        }
    }
}
