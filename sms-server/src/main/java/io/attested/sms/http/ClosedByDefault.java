package io.attested.sms.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Refuses a browser's preflight wherever no controller opens its paths to other origins.
 *
 * <p>Spring 7 answers it with an empty 200 there; the contract (section 1.1) wants 403 and a text, and
 * {@code /v1} answers with a problem object. A refusal varies by the same headers as an answer, as in the original.
 */
public final class ClosedByDefault extends DefaultCorsProcessor {
    private static final byte[] REFUSAL = "Invalid CORS request".getBytes(StandardCharsets.UTF_8);
    private static final List<String> VARIES = List.of(
            HttpHeaders.ORIGIN, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (configuration == null && CorsUtils.isPreFlightRequest(request)) {
            if (NativePath.is(request.getRequestURI())) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else {
                refuse(response);
            }
            return false;
        }
        return super.processRequest(configuration, request, response);
    }

    /** Answers as the original does whatever path is asked for. */
    static void refuse(HttpServletResponse response) throws IOException {
        VARIES.forEach(header -> response.addHeader(HttpHeaders.VARY, header));
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.getOutputStream().write(REFUSAL);
        response.flushBuffer();
    }
}
