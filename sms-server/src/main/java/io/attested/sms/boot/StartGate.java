package io.attested.sms.boot;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs the checks between settings before anything else is made of them. */
@Configuration(proxyBeanMethods = false)
class StartGate {
    /** Proof that the settings passed; what opens something asks for it. */
    record Passed() {}

    @Bean
    Passed startChecksPassed(
            SmsSettings settings,
            SessionStores checkedToo,
            SessionSettings sessions,
            AdminSettings admin,
            ConfigurableEnvironment environment,
            @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        SettingNames.requireKnown(environment);
        StartChecks.check(settings, Optional.ofNullable(address));
        AdminChecks.check(admin, settings);
        SessionChecks.checkTolerated(sessions, settings.realm());
        return new Passed();
    }
}
