package io.attested.sms.boot;

import io.attested.sms.identity.IntentDomain;
import io.attested.sms.keyring.Keyring;
import io.attested.sms.secret.SecretVault;
import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.NativePublisher;
import io.attested.sms.session.SessionPublisher;
import io.attested.sms.session.SessionPublishers;
import io.attested.sms.session.SessionWriter;
import io.attested.sms.session.StorePublisher;
import io.attested.sms.session.store.StoreSettingRefused;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sessions are made of and where they are published. */
@Configuration(proxyBeanMethods = false)
class SessionWiring {

    @Bean
    Pipelines pipelines(MeasurementsFile measurements) {
        return measurements.pipelines();
    }

    /** The stores that are configured; frameworks without one are served natively. */
    @Bean(destroyMethod = "close")
    SessionStores sessionStores(
            SessionSettings settings, Pipelines pipelines, InstantSource clock, SecureRandom random) {
        SessionChecks.check(settings, pipelines);
        try {
            return SessionStores.open(settings, clock, random);
        } catch (StoreSettingRefused refused) {
            throw new StartRefused("sms.sessions: " + refused.getMessage());
        }
    }

    @Bean
    SessionWriter sessionWriter(
            SecretVault vault, Keyring keyring, IntentDomain domain, Pipelines pipelines, SecureRandom random) {
        return new SessionWriter(
                vault, task -> keyring.challengeKey(domain.chainId(), domain.hub(), task), pipelines, random);
    }

    @Bean
    NativePublisher nativePublisher(
            SmsSettings settings,
            @Value("${server.port}") int serverPort,
            DecisionRecorder recorder,
            SecureRandom random) {
        return new NativePublisher(
                Optional.ofNullable(settings.release().provisioningUrl()).orElse("localhost:" + serverPort),
                recorder,
                random);
    }

    @Bean
    SessionPublishers sessionPublishers(
            SessionStores stores,
            SessionSettings settings,
            NativePublisher here,
            SessionWriter writer,
            DecisionRecorder recorder,
            MeterRegistry metrics,
            InstantSource clock,
            SecureRandom random) {
        Map<TeeFramework, SessionPublisher> publishers = new EnumMap<>(TeeFramework.class);
        for (TeeFramework framework : TeeFramework.values()) {
            publishers.put(
                    framework,
                    stores.of(framework)
                            .<SessionPublisher>map(store -> new StorePublisher(
                                    store.store(),
                                    writer,
                                    recorder,
                                    new StorePublisher.Patience(settings.deadline(), store.timeout(), clock),
                                    new StorePublisher.Budget(settings.perTaskAndHour(), random),
                                    new SessionMeter(metrics)))
                            .orElse(here));
        }
        return new SessionPublishers(publishers);
    }
}
