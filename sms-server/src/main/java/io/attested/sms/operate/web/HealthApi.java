package io.attested.sms.operate.web;

import io.attested.sms.operate.ServiceHealth;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/health}: the details that {@code /actuator/health} leaves out for compatibility. */
@RestController
public final class HealthApi {
    private final ServiceHealth health;

    public HealthApi(ServiceHealth health) {
        this.health = health;
    }

    @GetMapping("/v1/health")
    ResponseEntity<Map<String, Object>> health() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(health.report());
    }
}
