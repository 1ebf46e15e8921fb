package io.attested.sms.boot;

import io.attested.sms.attestation.QuoteVerifier;
import io.attested.sms.attestation.RememberedReadings;
import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.pki.BouncyCastleP256;
import io.attested.sms.attestation.pki.NativeP256;
import io.attested.sms.attestation.pki.P256;
import io.attested.sms.attestation.pki.RememberedSignatures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who verifies the signatures of evidence, and what is remembered of it. */
@Configuration(proxyBeanMethods = false)
class SignatureChecks {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureChecks.class);

    /** About 13 MB: the five signatures of each of some ten thousand platforms, or their last quotes. */
    private static final int SIGNATURES = 65_536;

    /** The certificate chains of about a thousand platforms. */
    private static final long READINGS = 4L << 20;

    @Bean
    RememberedSignatures signatures() {
        return new RememberedSignatures(fastest(NativeP256.load()), SIGNATURES);
    }

    private static P256 fastest(NativeP256.Loading loading) {
        return switch (loading) {
            case NativeP256.Loading.Loaded(P256 p256) -> p256;
            case NativeP256.Loading.Unavailable(String cause) -> {
                LOG.warn("native_crypto_unavailable cause={}", cause);
                yield new BouncyCastleP256();
            }
        };
    }

    @Bean
    QuoteVerifier quoteVerifier(TrustRoot trustRoot, RememberedSignatures signatures) {
        return new QuoteVerifier(trustRoot, signatures, new RememberedReadings(READINGS));
    }

    @Bean
    MeterBinder signatureMeters(RememberedSignatures signatures) {
        return metrics -> {
            FunctionCounter.builder("sms.signature.checks", signatures, RememberedSignatures::hits)
                    .tags("outcome", "remembered", "provider", signatures.provider())
                    .register(metrics);
            FunctionCounter.builder("sms.signature.checks", signatures, RememberedSignatures::misses)
                    .tags("outcome", "computed", "provider", signatures.provider())
                    .register(metrics);
        };
    }
}
