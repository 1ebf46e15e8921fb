package io.attested.sms.http;

import io.attested.sms.grant.Refusal;
import io.attested.sms.grant.RefusalCode;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Problems of {@code /v1} as RFC 9457 objects with the member {@code code}. */
public final class Problem {
    private static final String RETRY_AFTER_SECONDS = "2";

    private Problem() {}

    /** The answer to a refusal: 401, 403 or 503 by its code. */
    public static ResponseEntity<Map<String, Object>> of(Refusal refusal) {
        HttpStatus status = status(refusal.code());
        return of(status, refusal.code().word(), refusal.detail());
    }

    /** An answer with a code of its own. */
    public static ResponseEntity<Map<String, Object>> of(HttpStatus status, String code, String detail) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(members(status, code, detail), headers, status);
    }

    static Map<String, Object> members(HttpStatus status, String code, String detail) {
        Map<String, Object> problem = new TreeMap<>();
        problem.put("type", "about:blank");
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("code", code);
        problem.put("detail", detail);
        return problem;
    }

    private static HttpStatus status(RefusalCode code) {
        return switch (code.kind()) {
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case REFUSED -> HttpStatus.FORBIDDEN;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
