package io.attested.sms.boot;

import io.attested.sms.session.DecisionRecorder;
import io.attested.sms.session.NativePublisher;
import io.attested.sms.session.SessionPublishers;
import io.attested.sms.task.Pipelines;
import java.security.SecureRandom;
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
    SessionPublishers sessionPublishers(NativePublisher here) {
        return SessionPublishers.all(here);
    }
}
