package io.attested.sms.contracts.testbed;

import java.net.URI;
import java.util.Map;

/** Where an SDK finds the SMS: at one address, or (SDK 8) at one for each framework. */
public sealed interface SmsUrls {
    /** One address for everything. */
    record One(URI url) implements SmsUrls {}

    /**
     * One for each framework.
     *
     * @param urls by {@code scone}, {@code gramine}, {@code tdx}
     */
    record ByFramework(Map<String, URI> urls) implements SmsUrls {
        /** Keeps a copy. */
        public ByFramework {
            urls = Map.copyOf(urls);
        }
    }

    /** One address for everything. */
    static SmsUrls one(URI url) {
        return new One(url);
    }

    /** One for each framework, for SDK 8. */
    static SmsUrls byFramework(URI scone, URI gramine, URI tdx) {
        return new ByFramework(Map.of("scone", scone, "gramine", gramine, "tdx", tdx));
    }

    /** As option {@code smsURL} and as {@code sms} of {@code chain.json}: a text, or an object of texts. */
    default Object json() {
        return switch (this) {
            case One(URI url) -> url.toString();
            case ByFramework(Map<String, URI> urls) -> urls;
        };
    }
}
