package io.attested.sms.boot;

import io.attested.sms.http.OperatorPort;
import io.attested.sms.http.api.ApiCatalogue;
import io.attested.sms.http.api.OpenApiDocument;
import io.attested.sms.iexec.FrameworkListeners;
import io.attested.sms.iexec.SecretTotals;
import io.attested.sms.keyring.jdbc.ImportedChallengeKeyCount;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.jdbc.SecretTableCounts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the iExec API's service endpoints are made of. */
@Configuration(proxyBeanMethods = false)
class IexecWiring {
    /** As the original counts. */
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(30);

    @Bean
    SecretTotals secretTotals(OpenStore store) {
        JdbcClient jdbc = store.database().jdbc();
        return new SecretTotals(new SecretTableCounts(jdbc), new ImportedChallengeKeyCount(jdbc));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService secretTotalsRefresh(SecretTotals totals) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("secret-totals").factory());
        var unused = timer.scheduleWithFixedDelay(totals::refresh, 0, COUNTED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return timer;
    }

    @Bean
    OpenApiDocument openApiDocument(List<ApiCatalogue> catalogues) {
        return new OpenApiDocument(catalogues);
    }

    @Bean
    FilterRegistrationBean<OperatorPort> operatorPort(
            FrameworkListeners listeners, @Value("${server.port}") int serverPort) {
        Set<Integer> closed = new HashSet<>(listeners.byPort().keySet());
        closed.remove(serverPort);
        FilterRegistrationBean<OperatorPort> registration = new FilterRegistrationBean<>(new OperatorPort(closed));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }
}
