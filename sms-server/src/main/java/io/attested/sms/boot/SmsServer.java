package io.attested.sms.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the secret management service.
 *
 * <p>Exit codes: 143 after SIGTERM and 130 after SIGINT (the Java platform's), 78 when a setting, the store, its key or
 * the chain refuses the start (starting again without a change does not help), 1 for anything else.
 */
@SpringBootApplication(scanBasePackages = "io.attested.sms")
@ConfigurationPropertiesScan(basePackageClasses = SmsSettings.class)
public class SmsServer {
    private static final int EXIT_REFUSED = 78;

    public static void main(String[] args) {
        try {
            SpringApplication.run(SmsServer.class, args);
        } catch (RuntimeException e) {
            System.exit(StartFailures.refusal(e).isPresent() ? EXIT_REFUSED : 1);
        }
    }
}
