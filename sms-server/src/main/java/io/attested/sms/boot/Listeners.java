package io.attested.sms.boot;

import io.attested.sms.http.BodyCap;
import io.attested.sms.http.ClosedByDefault;
import io.attested.sms.http.ContainerErrors;
import io.attested.sms.iexec.FrameworkListeners;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.task.TeeFramework;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** The ports: the server's own, and one for each framework of the iExec API that is not on it. */
@Configuration(proxyBeanMethods = false)
class Listeners {
    /** As {@code server.tomcat.max-swallow-size}: how much of a refused body is read to keep the connection. */
    private static final int MAX_SWALLOW_BYTES = 256 * 1024;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> ports(
            SmsSettings settings, AdminSettings admin, @Value("${server.port}") int serverPort) {
        return factory -> {
            Optional<InetAddress> bind = settings.realm() == Realm.DEV
                    ? Optional.of(InetAddress.getLoopbackAddress())
                    : Optional.ofNullable(factory.getAddress());
            bind.ifPresent(factory::setAddress);
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ContainerErrors.class.getName());
                }
            });
            settings.iexec().listeners().stream()
                    .map(SmsSettings.Iexec.Listener::port)
                    .filter(port -> port != serverPort)
                    .forEach(port -> factory.addAdditionalConnectors(connector(port, bind)));
            ownAdminPort(settings, admin, serverPort)
                    .ifPresent(port -> factory.addAdditionalConnectors(
                            connector(port, Optional.of(adminAddress(settings, admin)))));
        };
    }

    /** Nothing when there is none, or when it is one of the other ports. */
    private static OptionalInt ownAdminPort(SmsSettings settings, AdminSettings admin, int serverPort) {
        OptionalInt port = admin.onlyPort();
        boolean shared = port.isPresent()
                && (port.getAsInt() == serverPort
                        || settings.iexec().listeners().stream().anyMatch(one -> one.port() == port.getAsInt()));
        return shared ? OptionalInt.empty() : port;
    }

    private static InetAddress adminAddress(SmsSettings settings, AdminSettings admin) {
        return settings.realm() == Realm.DEV || admin.address() == null
                ? InetAddress.getLoopbackAddress()
                : admin.address();
    }

    private static Connector connector(int port, Optional<InetAddress> bind) {
        Connector connector = new Connector("HTTP/1.1");
        connector.setPort(port);
        connector.setProperty("maxSwallowSize", Integer.toString(MAX_SWALLOW_BYTES));
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            bind.ifPresent(protocol::setAddress);
            protocol.setConnectionTimeout(10_000);
            // Boot gives them to the first connector only; here, too, a request that waits for the chain blocks no
            // other.
            protocol.setExecutor(new VirtualThreadExecutor("iexec-" + port + "-"));
        }
        return connector;
    }

    @Bean
    FrameworkListeners frameworkListeners(SmsSettings settings) {
        Map<Integer, TeeFramework> byPort = new HashMap<>();
        settings.iexec().listeners().forEach(listener -> byPort.put(listener.port(), listener.framework()));
        return new FrameworkListeners(byPort);
    }

    @Bean
    FilterRegistrationBean<BodyCap> bodyCap(InstantSource clock) {
        FilterRegistrationBean<BodyCap> registration = new FilterRegistrationBean<>(new BodyCap(clock));
        // After the filter that counts a source's writes: over its budget nothing is read.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Of all mappings, those of the actuator too: only the secrets' controllers are open to other origins. */
    @Bean
    static BeanPostProcessor closedToOtherOrigins() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AbstractHandlerMapping mapping) {
                    mapping.setCorsProcessor(new ClosedByDefault());
                }
                return bean;
            }
        };
    }
}
