package io.attested.sms.boot;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.chain.checked.CheckedChainSettings;
import io.attested.sms.operate.admin.ApiKey;
import io.attested.sms.operate.admin.Backups;
import io.attested.sms.operate.admin.OutOfService;
import io.attested.sms.operate.admin.jdbc.JdbcStoreImage;
import io.attested.sms.operate.admin.web.ApiKeyFilter;
import io.attested.sms.operate.admin.web.OutOfServiceFilter;
import io.attested.sms.operate.store.ServiceUser;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The admin API, its key, and the switch that takes the service out of service. */
@Configuration(proxyBeanMethods = false)
class AdminWiring {
    @Bean
    OutOfService outOfService(AdminSettings settings) {
        AdminSettings.OutOfService terms = settings.outOfService();
        if (terms.initiallyOffline() && !terms.enabled()) {
            throw new StartRefused("sms.admin.out-of-service.initially-offline is set, but"
                    + " sms.admin.out-of-service.enabled is not, so nothing would be kept out; set both or neither");
        }
        return new OutOfService(terms.enabled(), terms.initiallyOffline());
    }

    @Bean
    Backups backups(
            AdminSettings admin,
            SmsSettings settings,
            OpenStore store,
            CheckedChainSettings chain,
            TrustRoot trustRoot,
            OutOfService service,
            InstantSource clock,
            SecureRandom random) {
        return new Backups(
                admin.room(settings.store().reserve()),
                new JdbcStoreImage(store, StoreStart.stamp(settings, chain, trustRoot), clock, random),
                StoreStart.rootKey(settings, random),
                service,
                random);
    }

    @Bean
    FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(AdminSettings settings) {
        Optional<ApiKey> key = Optional.ofNullable(settings.apiKeyFile())
                .map(file -> AdminKeyFile.read(file, ServiceUser.currentId()));
        FilterRegistrationBean<ApiKeyFilter> registration =
                new FilterRegistrationBean<>(new ApiKeyFilter(key, settings.onlyPort()));
        // After the source's budget, which bounds guesses.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<OutOfServiceFilter> outOfServiceFilter(OutOfService service) {
        FilterRegistrationBean<OutOfServiceFilter> registration =
                new FilterRegistrationBean<>(new OutOfServiceFilter(service));
        registration.addUrlPatterns("/tee/*", "/secrets/*", "/apps/*", "/requesters/*", "/v1/challenges", "/v1/grants");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    MeterBinder storeMeter(OpenStore store) {
        return metrics -> Gauge.builder(
                        "sms.store.usable.bytes", store, open -> open.database().usableBytes())
                .register(metrics);
    }

    @Bean
    MeterBinder outOfServiceMeter(OutOfService service) {
        return metrics -> Gauge.builder("sms.offline", service, seen -> seen.refuses() ? 1 : 0)
                .register(metrics);
    }
}
