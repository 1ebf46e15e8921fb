package io.attested.sms.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps metrics away from the ports that are there for clients: 404 for {@code /actuator/prometheus}, as the iExec contract has
 * it (section 1.5).
 */
public final class OperatorPort extends OncePerRequestFilter {
    private static final String METRICS = "/actuator/prometheus";

    private final Set<Integer> clientPorts;

    /** @param clientPorts where metrics are not served */
    public OperatorPort(Set<Integer> clientPorts) {
        this.clientPorts = Set.copyOf(clientPorts);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // The container's path: decoded, normalised, without parameters.
        return !request.getServletPath().startsWith(METRICS) || !clientPorts.contains(request.getLocalPort());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
