package io.attested.sms.boot;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where sessions are published, by framework. Every key is described in {@code docs/reference/configuration.md}.
 *
 * @param deadline all tries of one publication together
 * @param perTaskAndHour publications of one task for one worker in stores within an hour
 */
@ConfigurationProperties("sms.sessions")
public record SessionSettings(
        @DefaultValue("15s") Duration deadline,
        @DefaultValue("100") int perTaskAndHour,
        @DefaultValue Scone scone,
        @DefaultValue Gramine gramine,
        @DefaultValue Tdx tdx) {
    static final String NATIVE = "native";

    /**
     * Sessions of SCONE tasks.
     *
     * @param publisher {@code native} or {@code scone}, a SCONE CAS
     * @param url base URL of the CAS, https
     * @param enclaveAddress {@code host:port} that workers are told
     * @param serverCertificate PEM; its public key is the only one accepted
     * @param clientKeyStore PKCS#12 with the key this service is known by to the CAS
     * @param clientKeyStorePasswordFile one line
     * @param tolerate attestation's {@code tolerate}
     * @param ignoreAdvisories attestation's {@code ignore_advisories}
     * @param attestationMode {@code maa} or {@code hardware}
     * @param attestationUrls attestation servers, for {@code maa}
     * @param timeout of one exchange with the CAS
     */
    public record Scone(
            @DefaultValue(NATIVE) String publisher,
            @Nullable URI url,
            @Nullable String enclaveAddress,
            @Nullable Path serverCertificate,
            @Nullable Path clientKeyStore,
            @Nullable Path clientKeyStorePasswordFile,
            @DefaultValue List<String> tolerate,
            @DefaultValue List<String> ignoreAdvisories,
            @DefaultValue("maa") String attestationMode,
            @DefaultValue List<URI> attestationUrls,
            @DefaultValue("5s") Duration timeout) {}

    /**
     * Sessions of Gramine tasks.
     *
     * @param publisher {@code native} or {@code gramine}, a secret provisioning service
     * @param url base URL of the service, https
     * @param enclaveAddress {@code host:port} that workers are told
     * @param serverCertificate PEM; its public key is the only one accepted
     * @param login user name
     * @param passwordFile one line
     * @param timeout of one exchange with the service
     */
    public record Gramine(
            @DefaultValue(NATIVE) String publisher,
            @Nullable URI url,
            @Nullable String enclaveAddress,
            @Nullable Path serverCertificate,
            @Nullable String login,
            @Nullable Path passwordFile,
            @DefaultValue("5s") Duration timeout) {}

    /**
     * Sessions of TDX tasks.
     *
     * @param publisher {@code native} or {@code tdx}, a session storage
     * @param url base URL of the storage, https
     * @param provisioningUrl what workers are told: where their agent finds the session
     * @param serverCertificate PEM; its public key is the only one accepted
     * @param clientKeyStore PKCS#12 with the key this service is known by to the storage, if it asks for one
     * @param clientKeyStorePasswordFile one line
     * @param timeout of one exchange with the storage
     */
    public record Tdx(
            @DefaultValue(NATIVE) String publisher,
            @Nullable URI url,
            @Nullable String provisioningUrl,
            @Nullable Path serverCertificate,
            @Nullable Path clientKeyStore,
            @Nullable Path clientKeyStorePasswordFile,
            @DefaultValue("5s") Duration timeout) {}
}
