package io.attested.sms.worker.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which service a command talks to. */
final class ServiceOption {
    @Option(
            names = "--sms",
            required = true,
            paramLabel = "URL",
            description = "Address of the service, such as https://sms.example.org. A path is not used.")
    private URI address = URI.create("");

    URI address() throws Failure {
        String scheme = address.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || address.getHost() == null) {
            throw Failure.usage("--sms must be an http or https address with a host, such as https://sms.example.org");
        }
        return address;
    }

    /** Follows no redirect: a secret must not travel on to another address. */
    static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
