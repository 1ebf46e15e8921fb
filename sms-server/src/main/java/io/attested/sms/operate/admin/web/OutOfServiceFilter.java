package io.attested.sms.operate.admin.web;

import io.attested.sms.operate.admin.OutOfService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 while the service is out of service: the contract's text (section 1.6) on the iExec paths, a problem object
 * on {@code /v1}. Which paths it stands before is the wiring's business.
 */
public final class OutOfServiceFilter extends OncePerRequestFilter {
    private static final String TEXT =
            "The server is temporarily unable to serve your request due to maintenance downtime";

    private final OutOfService service;

    public OutOfServiceFilter(OutOfService service) {
        this.service = service;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!service.refuses()) {
            chain.doFilter(request, response);
        } else if (request.getServletPath().startsWith("/v1/")) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.getOutputStream().write(TEXT.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
