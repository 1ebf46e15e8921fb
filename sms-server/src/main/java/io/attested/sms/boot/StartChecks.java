package io.attested.sms.boot;

import io.attested.sms.operate.store.Realm;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Rules between settings that must hold before anything is opened. */
final class StartChecks {
    private StartChecks() {}

    /**
     * Checks the settings.
     *
     * @param serverAddress the address the listeners are told to bind to, if any
     * @throws StartRefused when one of them contradicts the realm
     */
    static void check(SmsSettings settings, Optional<InetAddress> serverAddress) {
        ChainTerms.of(settings);
        if (settings.realm() == Realm.PRODUCTION) {
            checkProduction(settings);
        } else {
            serverAddress.filter(address -> !address.isLoopbackAddress()).ifPresent(address -> {
                throw new StartRefused("server.address is not a loopback address, but sms.realm is dev, which trusts"
                        + " simulated enclaves and listens on loopback only; remove server.address or use the"
                        + " production realm");
            });
        }
        if (settings.iexec().writesPerMinute() < 1) {
            throw new StartRefused("sms.iexec.writes-per-minute is not positive; nobody could push");
        }
        if (settings.release().perTaskAndHour() < 1) {
            throw new StartRefused("sms.release.per-task-and-hour is not positive; no enclave could get its secrets");
        }
        checkCollateral(settings.attestation().collateral());
        Set<Integer> ports = new HashSet<>();
        settings.iexec().listeners().forEach(listener -> {
            if (!ports.add(listener.port())) {
                throw new StartRefused("sms.iexec.listeners names port " + listener.port()
                        + " twice; each framework needs a port of its own");
            }
        });
    }

    private static void checkCollateral(SmsSettings.Attestation.Collateral collateral) {
        if (!Set.of(SmsSettings.Attestation.Collateral.NONE, SmsSettings.Attestation.Collateral.PCS)
                        .contains(collateral.source())
                && !isBaseUrl(collateral.source())) {
            throw new StartRefused(
                    "sms.attestation.collateral.source is neither none nor pcs nor the base URL of a PCCS"
                            + " such as https://pccs.example:8081");
        }
        if (collateral.platformsPerHour() < 1) {
            throw new StartRefused("sms.attestation.collateral.platforms-per-hour is " + collateral.platformsPerHour()
                    + ", expected 1 or more");
        }
        if (!collateral.timeout().isPositive()) {
            throw new StartRefused("sms.attestation.collateral.timeout is " + collateral.timeout()
                    + ", expected a positive duration such as 5s");
        }
    }

    private static boolean isBaseUrl(String text) {
        try {
            URI url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void checkProduction(SmsSettings settings) {
        if (settings.attestation().trustRoot() != null) {
            throw new StartRefused("sms.attestation.trust-root is set, but only the dev realm trusts another root than"
                    + " Intel's; remove it");
        }
        if (!settings.attestation().collateral().isOwn()) {
            throw new StartRefused(
                    "sms.attestation.collateral.source is none and there is no bundle, so an enclave's host"
                            + " would choose the collateral it is judged by; set the source to pcs or a PCCS's URL, or set"
                            + " sms.attestation.collateral.bundle");
        }
    }
}
