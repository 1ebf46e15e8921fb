package io.attested.sms.boot;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.session.SessionStore;
import io.attested.sms.session.gramine.SpsStore;
import io.attested.sms.session.scone.AttestationServers;
import io.attested.sms.session.scone.CasStore;
import io.attested.sms.session.store.ClientKey;
import io.attested.sms.session.store.PinnedClient;
import io.attested.sms.session.store.PinnedKeys;
import io.attested.sms.session.store.StoreUrl;
import io.attested.sms.session.tdx.TdxStore;
import io.attested.sms.task.TeeFramework;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session stores that are configured, with their open connections. */
final class SessionStores implements AutoCloseable {
    private static final int MAX_PASSWORD_BYTES = 1 << 20;

    private final Map<TeeFramework, Connected> stores;

    private SessionStores(Map<TeeFramework, Connected> stores) {
        this.stores = stores;
    }

    /**
     * A store.
     *
     * @param client holds its connections
     * @param timeout of one try: an exchange, and for a CAS the choice of an attestation server before it
     */
    record Connected(SessionStore store, PinnedClient client, Duration timeout) {}

    /**
     * Opens what the settings name; {@link SessionChecks} has passed.
     *
     * @throws io.attested.sms.session.store.StoreSettingRefused when a file cannot be used
     */
    static SessionStores open(SessionSettings settings, InstantSource clock, SecureRandom random) {
        Map<TeeFramework, Connected> stores = new EnumMap<>(TeeFramework.class);
        if (isStore(settings.scone().publisher())) {
            stores.put(TeeFramework.SCONE, scone(settings.scone(), clock, random));
        }
        if (isStore(settings.gramine().publisher())) {
            stores.put(TeeFramework.GRAMINE, gramine(settings.gramine()));
        }
        if (isStore(settings.tdx().publisher())) {
            stores.put(TeeFramework.TDX, tdx(settings.tdx()));
        }
        return new SessionStores(stores);
    }

    private static boolean isStore(String publisher) {
        return !publisher.equals(SessionSettings.NATIVE);
    }

    private static Connected scone(SessionSettings.Scone set, InstantSource clock, SecureRandom random) {
        PinnedClient client = client(
                set.serverCertificate(), key(set.clientKeyStore(), set.clientKeyStorePasswordFile()), set.timeout());
        CasStore.Settings settings = new CasStore.Settings(
                url(set.url()),
                checked(set.enclaveAddress()),
                new CasStore.Attestation(set.tolerate(), set.ignoreAdvisories(), mode(set.attestationMode())));
        HttpClient web = HttpClient.newBuilder()
                .connectTimeout(set.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        AttestationServers servers = new AttestationServers(set.attestationUrls(), web, set.timeout(), clock, random);
        Duration ofTry =
                set.attestationUrls().isEmpty() ? set.timeout() : set.timeout().multipliedBy(2);
        return new Connected(new CasStore(settings, client, servers), client, ofTry);
    }

    private static CasStore.Mode mode(String word) {
        for (CasStore.Mode mode : CasStore.Mode.values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalStateException("an unknown attestation mode passed the checks");
    }

    private static Connected gramine(SessionSettings.Gramine set) {
        PinnedClient client = client(set.serverCertificate(), Optional.empty(), set.timeout());
        SpsStore.Settings settings = new SpsStore.Settings(
                url(set.url()),
                checked(set.enclaveAddress()),
                checked(set.login()),
                password("sms.sessions.gramine.password-file", checked(set.passwordFile())));
        return new Connected(new SpsStore(settings, client), client, set.timeout());
    }

    private static Connected tdx(SessionSettings.Tdx set) {
        PinnedClient client = client(
                set.serverCertificate(), key(set.clientKeyStore(), set.clientKeyStorePasswordFile()), set.timeout());
        TdxStore.Settings settings = new TdxStore.Settings(url(set.url()), checked(set.provisioningUrl()));
        return new Connected(new TdxStore(settings, client), client, set.timeout());
    }

    private static PinnedClient client(@Nullable Path certificate, Optional<ClientKey> own, Duration timeout) {
        return PinnedClient.of(
                PinnedKeys.read(checked(certificate)), own, new PinnedClient.Deadlines(timeout, timeout));
    }

    private static Optional<ClientKey> key(@Nullable Path keyStore, @Nullable Path passwordFile) {
        return keyStore == null || passwordFile == null
                ? Optional.empty()
                : Optional.of(ClientKey.read(keyStore, passwordFile));
    }

    /** The first line of a file, at least one character. */
    private static SecretBytes password(String key, Path file) {
        String text = new String(OperatorFile.read(key, file, MAX_PASSWORD_BYTES), StandardCharsets.UTF_8);
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new StartRefused(key + " names a file whose first line is empty; expected the password there");
        }
        return SecretBytes.ofUtf8(line);
    }

    private static StoreUrl url(@Nullable URI url) {
        return StoreUrl.of(checked(url).toString());
    }

    private static <T> T checked(@Nullable T set) {
        return Objects.requireNonNull(set, "the checks let nothing pass that is not set");
    }

    /** The store of a framework, if one is configured. */
    Optional<Connected> of(TeeFramework framework) {
        return Optional.ofNullable(stores.get(framework));
    }

    /** Ends all connections. */
    @Override
    public void close() {
        stores.values().forEach(connected -> connected.client().close());
    }
}
