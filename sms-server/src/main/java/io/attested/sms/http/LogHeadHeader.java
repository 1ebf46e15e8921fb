package io.attested.sms.http;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.LogHead;
import jakarta.servlet.RequestDispatcher;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Puts the log's signed head on every answer of {@code /v1}: header {@code SMS-Log-Head}, {@code sequence head
 * signature}, so that whoever keeps answers can convict a log that was rewritten or rolled back.
 */
@ControllerAdvice
public final class LogHeadHeader implements ResponseBodyAdvice<Object> {
    /** Decimal sequence, head as hex with 0x, signature in base64, separated by one space. */
    public static final String NAME = "SMS-Log-Head";

    private final AuditLog log;

    public LogHeadHeader(AuditLog log) {
        this.log = log;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (NativePath.is(pathAsked(request))) {
            LogHead head = log.head();
            response.getHeaders()
                    .set(
                            NAME,
                            head.sequence() + " " + head.hash() + " "
                                    + Base64.getEncoder().encodeToString(head.signature()));
        }
        return body;
    }

    /** The client's path, also where the container passed the request on to the page of errors. */
    private static String pathAsked(ServerHttpRequest request) {
        if (request instanceof ServletServerHttpRequest servlet
                && servlet.getServletRequest().getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
                        instanceof String path) {
            return path;
        }
        return request.getURI().getRawPath();
    }
}
