package io.attested.sms.boot;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.policy.EvidencePolicy;
import io.attested.sms.attestation.source.CachedCollateral;
import io.attested.sms.attestation.source.CollateralBundle;
import io.attested.sms.attestation.source.CollateralChecks;
import io.attested.sms.attestation.source.CollateralFolder;
import io.attested.sms.attestation.source.CollateralPublisher;
import io.attested.sms.attestation.source.JdkWeb;
import io.attested.sms.attestation.source.PatientWeb;
import io.attested.sms.attestation.source.PcsClient;
import io.attested.sms.attestation.source.QuoteCollateral;
import io.attested.sms.operate.CollateralState;
import io.attested.sms.release.EvidenceJudge;
import io.attested.sms.release.GivenCollateralJudge;
import io.attested.sms.release.OwnCollateralJudge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's own collateral: where it comes from, where it is kept, who judges with it. */
@Configuration(proxyBeanMethods = false)
class CollateralWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 64;
    private static final long REFRESH_MINUTES = 10;

    /** Collateral of the service's own; empty when evidence is judged by what comes with it. */
    record Own(CollateralChecks checks, Optional<CachedCollateral> cache) {}

    @Bean
    Own ownCollateral(
            SmsSettings settings,
            TrustRoot trustRoot,
            EvidencePolicy policy,
            MeterRegistry metrics,
            SecureRandom random,
            InstantSource clock) {
        SmsSettings.Attestation.Collateral chosen = settings.attestation().collateral();
        CollateralChecks checks = CollateralChecks.under(trustRoot);
        if (!chosen.isOwn()) {
            return new Own(checks, Optional.empty());
        }
        CachedCollateral.Surroundings around = new CachedCollateral.Surroundings(
                checks,
                publisher(chosen, random, clock),
                Optional.ofNullable(chosen.folder()).map(CollateralWiring::folder),
                clock,
                eachOnAThread(),
                new CollateralMeter(metrics));
        CachedCollateral cache = open(around, policy.collateral().grace(), chosen);
        Optional.ofNullable(chosen.bundle()).ifPresent(file -> importBundle(cache, file));
        return new Own(checks, Optional.of(cache));
    }

    @Bean
    EvidenceJudge evidenceJudge(Own own, QuoteVerifier verifier, EvidencePolicy policy, InstantSource clock) {
        return own.cache()
                .<EvidenceJudge>map(cache -> new OwnCollateralJudge(
                        verifier, new QuoteCollateral(verifier, own.checks(), cache), policy, clock))
                .orElseGet(() -> new GivenCollateralJudge(verifier, policy, clock));
    }

    @Bean
    CollateralState collateralState(Own own, SmsSettings settings, MeterRegistry metrics, InstantSource clock) {
        CollateralState state =
                new CollateralState(settings.attestation().collateral().word(), own.cache(), clock);
        if (own.cache().isPresent()) {
            Gauge.builder("sms.collateral.age.seconds", state, CollateralState::ageSeconds)
                    .register(metrics);
            Gauge.builder("sms.collateral.expiry.seconds", state, CollateralState::expirySeconds)
                    .register(metrics);
            Gauge.builder("sms.collateral.circuit.open", state, CollateralState::circuitOpen)
                    .register(metrics);
        }
        return state;
    }

    /** Keeps the collateral of an idle service warm. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService collateralRefresh(Own own) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("collateral-refresh").factory());
        own.cache()
                .ifPresent(cache -> timer.scheduleWithFixedDelay(
                        cache::refreshDue, REFRESH_MINUTES, REFRESH_MINUTES, TimeUnit.MINUTES));
        return timer;
    }

    private static Optional<CollateralPublisher> publisher(
            SmsSettings.Attestation.Collateral chosen, SecureRandom random, InstantSource clock) {
        if (chosen.source().equals(SmsSettings.Attestation.Collateral.NONE)) {
            return Optional.empty();
        }
        PatientWeb web = new PatientWeb(JdkWeb.open(), chosen.timeout(), clock, random, Thread::sleep);
        return Optional.of(
                chosen.source().equals(SmsSettings.Attestation.Collateral.PCS)
                        ? PcsClient.intel(web)
                        : PcsClient.pccs(web, URI.create(chosen.source())));
    }

    private static Executor eachOnAThread() {
        return task -> Thread.ofVirtual().name("collateral").start(task);
    }

    private static CollateralFolder folder(Path path) {
        try {
            return CollateralFolder.open(path);
        } catch (IOException e) {
            throw new StartRefused("sms.attestation.collateral.folder cannot be used: " + e.getMessage());
        }
    }

    private static CachedCollateral open(
            CachedCollateral.Surroundings around, Duration grace, SmsSettings.Attestation.Collateral chosen) {
        try {
            return CachedCollateral.open(
                    around,
                    new CachedCollateral.Terms(grace, PATIENCE, PAUSE, chosen.platformsPerHour(), MOST_WAITING));
        } catch (IOException e) {
            throw new StartRefused("sms.attestation.collateral.folder cannot be read: " + e.getMessage());
        }
    }

    private static void importBundle(CachedCollateral cache, Path file) {
        byte[] bundle = OperatorFile.read("sms.attestation.collateral.bundle", file, CollateralBundle.MAX_LENGTH);
        switch (CollateralBundle.importInto(cache, bundle)) {
            case CollateralBundle.Import.Imported imported -> {}
            case CollateralBundle.Import.Refused(String why) ->
                throw new StartRefused("sms.attestation.collateral.bundle is not believed: " + why);
        }
    }
}
