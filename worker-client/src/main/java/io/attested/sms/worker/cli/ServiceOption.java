package io.attested.sms.worker.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which service a command talks to. */
final class ServiceOption {
    /** Names of this machine as they stand in an address; none is looked up, so no name server decides what is local. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");

    @Option(
            names = "--sms",
            required = true,
            paramLabel = "URL",
            converter = Typed.OfUri.class,
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

    /**
     * The address to send a secret to.
     *
     * @throws Failure when everybody on the way could read the secret, and {@code plainHttp} does not allow it
     */
    URI addressForSecrets(boolean plainHttp) throws Failure {
        URI known = address();
        boolean readable = "http".equalsIgnoreCase(known.getScheme())
                && !LOOPBACK.matcher(known.getHost().toLowerCase(Locale.ROOT)).matches();
        if (readable && !plainHttp) {
            throw Failure.usage("--sms is a plain http address of another machine: whoever is on the way could read the"
                    + " secret. Use its https address, or --plain-http if you trust the network between");
        }
        return known;
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
