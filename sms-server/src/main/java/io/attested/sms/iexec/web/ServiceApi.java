package io.attested.sms.iexec.web;

import io.attested.sms.iexec.SecretTotals;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /version} and {@code /metrics}, contract section 1.5. */
@RestController
final class ServiceApi {
    private static final MediaType PLAIN_UTF8 = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final BuildProperties build;
    private final SecretTotals totals;

    ServiceApi(BuildProperties build, SecretTotals totals) {
        this.build = build;
        this.totals = totals;
    }

    @GetMapping("/version")
    ResponseEntity<String> version() {
        return ResponseEntity.ok().contentType(PLAIN_UTF8).body(build.get("version"));
    }

    @GetMapping("/metrics")
    ResponseEntity<Map<String, Object>> metrics() {
        Map<String, Object> secrets = new LinkedHashMap<>();
        totals.all().forEach(total -> secrets.put(total.type(), members(total)));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Map.of("secretsMetrics", secrets));
    }

    private static Map<String, Object> members(SecretTotals.Total total) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("secretsType", total.type());
        members.put("initialCount", total.initial());
        members.put("storedCount", total.stored());
        members.put("addedSinceStartCount", total.added());
        members.put("cachedSecretsCount", 0);
        return members;
    }
}
