package io.attested.sms.boot;

import io.attested.sms.task.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sessions are made of and where they are published. */
@Configuration(proxyBeanMethods = false)
class SessionWiring {

    @Bean
    Pipelines pipelines(MeasurementsFile measurements) {
        return measurements.pipelines();
    }
}
