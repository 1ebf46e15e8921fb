package io.attested.sms.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Refuses a browser's preflight wherever no controller opens its paths to other origins.
 *
 * <p>Spring 7 answers it with an empty 200 there; the contract (section 1.1) wants 403 and a text, and
 * {@code /v1} answers with a problem object.
 */
public final class ClosedByDefault extends DefaultCorsProcessor {
    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (configuration == null && CorsUtils.isPreFlightRequest(request)) {
            if (NativePath.is(request.getRequestURI())) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return false;
            }
            try (ServletServerHttpResponse refusal = new ServletServerHttpResponse(response)) {
                rejectRequest(refusal);
            }
            return false;
        }
        return super.processRequest(configuration, request, response);
    }
}
