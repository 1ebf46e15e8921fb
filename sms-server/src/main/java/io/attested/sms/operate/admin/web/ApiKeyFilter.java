package io.attested.sms.operate.admin.web;

import io.attested.sms.http.ControllerPath;
import io.attested.sms.operate.admin.ApiKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to {@code /admin/*} who sends the key in the header {@value #HEADER}; contract section 1.6. It is to stand before
 * every path and finds out itself which are the admin API's.
 */
public final class ApiKeyFilter extends OncePerRequestFilter {
    static final String HEADER = "X-API-KEY";

    private static final String DISABLED = "This endpoint is disabled.";
    private static final String UNAUTHORIZED = "You are not authorized to access this endpoint.";

    private final Optional<ApiKey> key;
    private final OptionalInt port;

    /**
     * @param key none: nobody gets through
     * @param port the only one where there is an admin API; none: everywhere, as the contract has it
     */
    public ApiKeyFilter(Optional<ApiKey> key, OptionalInt port) {
        this.key = key;
        this.port = port;
    }

    /** Neither reading of the path leads past: the container's, by which filters are chosen, and the controllers'. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isAdmin(request.getServletPath()) && !isAdmin(ControllerPath.of(request.getRequestURI()));
    }

    private static boolean isAdmin(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (port.isPresent() && port.getAsInt() != request.getLocalPort()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (key.isEmpty()) {
            answer(response, HttpServletResponse.SC_FORBIDDEN, DISABLED);
            return;
        }
        String sent = request.getHeader(HEADER);
        if (sent == null || !key.get().is(sent)) {
            answer(response, HttpServletResponse.SC_UNAUTHORIZED, UNAUTHORIZED);
            return;
        }
        chain.doFilter(request, response);
    }

    /** As bytes: the original's answer names no content type. */
    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
