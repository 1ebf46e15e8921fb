package io.attested.sms.http;

import io.attested.sms.audit.LogUnavailable;
import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import io.attested.sms.secret.StoreFull;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.NoHandlerFoundException;

/**
 * The one place where a failure becomes an answer.
 *
 * <p>Under {@code /v1} an RFC 9457 problem with a code; elsewhere the default error object of the original. Neither holds
 * a stack trace, a message of an exception or anything of the request but its path.
 */
@RestController
@ControllerAdvice
public final class ErrorAnswers implements ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final InstantSource clock;

    public ErrorAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** Where the servlet container sends what nobody answered. */
    @RequestMapping("/error")
    ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
        int status = attribute(request, RequestDispatcher.ERROR_STATUS_CODE)
                .map(Integer.class::cast)
                .orElse(HttpStatus.NOT_FOUND.value());
        String path = attribute(request, RequestDispatcher.ERROR_REQUEST_URI)
                .map(Object::toString)
                .orElse("/error");
        return answer(path, Optional.ofNullable(HttpStatus.resolve(status)).orElse(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> inputFault(InputFault fault, HttpServletRequest request) {
        return NativePath.is(request.getRequestURI())
                ? Problem.of(HttpStatus.BAD_REQUEST, InputCode.MALFORMED.word(), String.valueOf(fault.getMessage()))
                : answer(request.getRequestURI(), HttpStatus.BAD_REQUEST);
    }

    /** What Spring or the container cannot read. Left to them it would be logged with pieces of the request. */
    @ExceptionHandler({HttpMessageNotReadableException.class, InvalidParameterException.class})
    ResponseEntity<Map<String, Object>> unreadable(HttpServletRequest request) {
        return answer(request.getRequestURI(), HttpStatus.BAD_REQUEST);
    }

    /** A preflight of a path nobody serves is refused like any other: contract section 1.1 says so of all of {@code /tee}. */
    @ExceptionHandler(NoHandlerFoundException.class)
    @Nullable
    ResponseEntity<Map<String, Object>> unknownPath(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (CorsUtils.isPreFlightRequest(request) && !NativePath.is(request.getRequestURI())) {
            ClosedByDefault.refuse(response);
            return null;
        }
        return answer(request.getRequestURI(), HttpStatus.NOT_FOUND);
    }

    /** In alphabetical order: left to Spring it is another at each start. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> wrongMethod(
            HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
        String allowed = Stream.of(
                        Optional.ofNullable(wrong.getSupportedMethods()).orElseGet(() -> new String[0]))
                .sorted()
                .collect(Collectors.joining(", "));
        ErrorBody body = ErrorBody.of(request.getRequestURI(), HttpStatus.METHOD_NOT_ALLOWED, clock.instant());
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, allowed)
                .contentType(body.type())
                .body(body.members());
    }

    @ExceptionHandler({LogUnavailable.class, StoreFull.class, DataAccessException.class, TransactionException.class})
    ResponseEntity<Map<String, Object>> storeOutage(Exception outage, HttpServletRequest request) {
        LOG.error("store_unavailable cause={}", outage.getClass().getSimpleName());
        return NativePath.is(request.getRequestURI())
                ? Problem.of(
                        new Refusal(
                                RefusalCode.STORE_UNAVAILABLE,
                                "the store does not answer; nothing was released. What was sent may or may not have been recorded: try again later"))
                : answer(request.getRequestURI(), HttpStatus.SERVICE_UNAVAILABLE);
    }

    private ResponseEntity<Map<String, Object>> answer(String path, HttpStatus status) {
        ErrorBody body = ErrorBody.of(path, status, clock.instant());
        return ResponseEntity.status(status).contentType(body.type()).body(body.members());
    }

    private static Optional<Object> attribute(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getAttribute(name));
    }
}
