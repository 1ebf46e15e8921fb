package io.attested.sms.boot;

import io.attested.sms.operate.store.Realm;
import io.attested.sms.task.Pipelines;
import io.attested.sms.task.TeeFramework;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules between the settings of session publishers; a store is reached over https with a pinned key or not at all. */
final class SessionChecks {
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s:/@]+:[0-9]{1,5}");
    private static final String MAA = "maa";
    private static final String DEBUG_MODE = "debug-mode";

    private SessionChecks() {}

    /**
     * Checks the publishers that are not native.
     *
     * @throws StartRefused when one lacks what it needs
     */
    static void check(SessionSettings settings, Pipelines pipelines) {
        requirePositive("sms.sessions.deadline", settings.deadline());
        if (settings.perTaskAndHour() < 1) {
            throw new StartRefused(
                    "sms.sessions.per-task-and-hour is not positive; no session could be published in a store");
        }
        checkScone(settings.scone(), settings.deadline(), pipelines);
        checkGramine(settings.gramine(), settings.deadline(), pipelines);
        checkTdx(settings.tdx(), settings.deadline(), pipelines);
    }

    /**
     * Checks what a CAS is told to tolerate: in production no debug enclave, whose memory can be read from outside.
     *
     * @throws StartRefused when it is told to let one in
     */
    static void checkTolerated(SessionSettings settings, Realm realm) {
        if (realm == Realm.PRODUCTION
                && settings.scone().tolerate().stream()
                        .anyMatch(option -> option.strip().equalsIgnoreCase(DEBUG_MODE))) {
            throw new StartRefused("sms.sessions.scone.tolerate lets debug enclaves in, whose memory can be read from"
                    + " outside; remove debug-mode, or use sms.realm=dev");
        }
    }

    private static void checkScone(SessionSettings.Scone scone, Duration deadline, Pipelines pipelines) {
        if (isNative("scone", scone.publisher())) {
            return;
        }
        checkStore("scone", scone.url(), scone.serverCertificate(), scone.timeout(), deadline);
        requireHostAndPort("sms.sessions.scone.enclave-address", scone.enclaveAddress());
        requireSet("sms.sessions.scone.client-key-store", scone.clientKeyStore(), "a PKCS#12 file");
        requireSet(
                "sms.sessions.scone.client-key-store-password-file",
                scone.clientKeyStorePasswordFile(),
                "the file that holds its password");
        if (!List.of(MAA, "hardware").contains(scone.attestationMode())) {
            throw new StartRefused("sms.sessions.scone.attestation-mode is neither maa nor hardware");
        }
        if (scone.attestationMode().equals(MAA) && scone.attestationUrls().isEmpty()) {
            throw new StartRefused("sms.sessions.scone.attestation-mode is maa, but sms.sessions.scone.attestation-urls"
                    + " names no attestation server; name one, or set the mode to hardware");
        }
        scone.attestationUrls().forEach(url -> requireHttps("sms.sessions.scone.attestation-urls", url));
        requirePipeline(TeeFramework.SCONE, pipelines);
    }

    private static void checkGramine(SessionSettings.Gramine gramine, Duration deadline, Pipelines pipelines) {
        if (isNative("gramine", gramine.publisher())) {
            return;
        }
        checkStore("gramine", gramine.url(), gramine.serverCertificate(), gramine.timeout(), deadline);
        requireHostAndPort("sms.sessions.gramine.enclave-address", gramine.enclaveAddress());
        String login = gramine.login();
        requireSet("sms.sessions.gramine.login", login, "the user name this service has there");
        if (login != null && (login.isBlank() || login.contains(":"))) {
            throw new StartRefused(
                    "sms.sessions.gramine.login is empty or has a colon, which basic authentication" + " cannot carry");
        }
        requireSet("sms.sessions.gramine.password-file", gramine.passwordFile(), "the file that holds the password");
        requirePipeline(TeeFramework.GRAMINE, pipelines);
    }

    private static void checkTdx(SessionSettings.Tdx tdx, Duration deadline, Pipelines pipelines) {
        if (isNative("tdx", tdx.publisher())) {
            return;
        }
        checkStore("tdx", tdx.url(), tdx.serverCertificate(), tdx.timeout(), deadline);
        String told = tdx.provisioningUrl();
        if (told == null || told.isBlank()) {
            throw missing("sms.sessions.tdx.provisioning-url", "the address that workers' agents ask for sessions");
        }
        if ((tdx.clientKeyStore() == null) != (tdx.clientKeyStorePasswordFile() == null)) {
            throw new StartRefused("sms.sessions.tdx.client-key-store and"
                    + " sms.sessions.tdx.client-key-store-password-file are set together or not at all");
        }
        requirePipeline(TeeFramework.TDX, pipelines);
    }

    private static boolean isNative(String framework, String publisher) {
        if (!List.of(SessionSettings.NATIVE, framework).contains(publisher)) {
            throw new StartRefused("sms.sessions." + framework + ".publisher is neither native nor " + framework
                    + ": a task's session goes to a store of its own framework");
        }
        return publisher.equals(SessionSettings.NATIVE);
    }

    private static void checkStore(
            String framework, @Nullable URI url, @Nullable Object certificate, Duration timeout, Duration deadline) {
        String prefix = "sms.sessions." + framework + ".";
        if (url == null) {
            throw missing(prefix + "url", "the https base URL of the store");
        }
        requireHttps(prefix + "url", url);
        requireSet(prefix + "server-certificate", certificate, "a PEM file; its public key is pinned");
        requirePositive(prefix + "timeout", timeout);
        if (timeout.compareTo(deadline) > 0) {
            throw new StartRefused(
                    prefix + "timeout is " + timeout + ", longer than sms.sessions.deadline " + deadline);
        }
    }

    private static void requireHttps(String key, URI url) {
        boolean usable = "https".equals(url.getScheme())
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        if (!usable) {
            throw new StartRefused(key + " is no https URL with a host and without credentials, query and fragment");
        }
    }

    private static void requireHostAndPort(String key, @Nullable String address) {
        if (address == null) {
            throw missing(key, "host:port as enclaves reach the store");
        }
        if (!HOST_AND_PORT.matcher(address).matches()) {
            throw new StartRefused(key + " is not of the form host:port");
        }
    }

    private static void requireSet(String key, @Nullable Object value, String expected) {
        if (value == null) {
            throw missing(key, expected);
        }
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new StartRefused(key + " is " + value + ", expected a positive duration such as 5s");
        }
    }

    private static void requirePipeline(TeeFramework framework, Pipelines pipelines) {
        if (pipelines.first(framework).isEmpty()) {
            throw new StartRefused("sms.sessions sends sessions of " + framework
                    + " to a store, but the measurements file lists no pipeline of " + framework
                    + "; list one under pipelines");
        }
    }

    private static StartRefused missing(String key, String expected) {
        return new StartRefused(key + " is not set; expected " + expected);
    }
}
