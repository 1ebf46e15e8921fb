package io.attested.sms.operate;

import io.attested.sms.attestation.source.CachedCollateral;
import io.attested.sms.attestation.source.CheckedCollateral;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the service's own collateral is, for health and metrics. */
public final class CollateralState {
    private final String source;
    private final Optional<CachedCollateral> cache;
    private final InstantSource clock;

    /**
     * @param source {@code evidence}, {@code bundle}, {@code pcs} or {@code pccs}
     * @param cache empty when evidence is judged by what came with it
     */
    public CollateralState(String source, Optional<CachedCollateral> cache, InstantSource clock) {
        this.source = source;
        this.cache = cache;
        this.clock = clock;
    }

    /** Where collateral comes from, how many platforms are at hand and when the first of them runs out. */
    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("source", source);
        cache.ifPresent(held -> {
            report.put("platforms", held.held().size());
            report.put("circuit", held.circuitOpen() ? "open" : "closed");
            oldest().ifPresent(issued -> report.put("oldestIssued", issued.toString()));
            firstExpiry().ifPresent(expiry -> report.put("firstExpiry", expiry.toString()));
        });
        return report;
    }

    /** Seconds since the oldest collateral at hand was issued; 0 with none. */
    public double ageSeconds() {
        return oldest().map(issued -> seconds(issued, clock.instant())).orElse(0.0);
    }

    /** Seconds until the first collateral at hand runs out, negative afterwards; 0 with none. */
    public double expirySeconds() {
        return firstExpiry().map(expiry -> seconds(clock.instant(), expiry)).orElse(0.0);
    }

    /** 1 while the source is left alone after failures, else 0. */
    public double circuitOpen() {
        return cache.filter(CachedCollateral::circuitOpen).isPresent() ? 1 : 0;
    }

    private Optional<Instant> oldest() {
        return cache.flatMap(
                held -> held.held().stream().map(CheckedCollateral::issued).min(Instant::compareTo));
    }

    private Optional<Instant> firstExpiry() {
        return cache.flatMap(
                held -> held.held().stream().map(CheckedCollateral::nextUpdate).min(Instant::compareTo));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }
}
