package io.attested.sms.boot;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.rpc.Pinning;
import io.attested.sms.operate.store.Realm;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Rules between settings that must hold before anything is opened. */
final class StartChecks {
    private static final Duration STANDARD_HEAD_AGE = Duration.ofMinutes(10);

    static final String SINGLE_NODE = "single-node";

    private StartChecks() {}

    /**
     * Checks the settings.
     *
     * @param serverAddress the address the listeners are told to bind to, if any
     * @throws StartRefused when one of them contradicts the realm
     */
    static void check(SmsSettings settings, Optional<InetAddress> serverAddress) {
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
        if (settings.chain().depth() < 1) {
            throw new StartRefused("sms.chain.depth is 0, which exists in the dev realm only; set the number of blocks"
                    + " after which this chain does not reorganise");
        }
        if (!SINGLE_NODE.equals(settings.chain().trust())) {
            throw new StartRefused("one node could release every secret by lying; if that is what you want, write"
                    + " sms.chain.trust=single-node, then health and every record say so");
        }
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
        if (settings.chain().hubCodeHash() == null) {
            throw new StartRefused("sms.chain.hub-code-hash is not set, so any contract at the hub's address would be"
                    + " believed; set keccak256 of the hub's code");
        }
    }

    /**
     * In production every read must be pinned to its block's hash; a node that cannot do that is refused.
     *
     * @throws StartRefused when the node reads by number only
     */
    static void checkPinning(SmsSettings settings, Pinning pinning) {
        if (settings.realm() == Realm.PRODUCTION && pinning != Pinning.BY_HASH) {
            throw new StartRefused("the node does not read by block hash (EIP-1898), so facts of different blocks could"
                    + " be mixed; use a node that does");
        }
    }

    /** How old a head may be; a local chain of the dev realm may stand still for ever. */
    static Optional<Duration> maxHeadAge(SmsSettings settings) {
        return Optional.ofNullable(settings.chain().maxHeadAge())
                .or(() -> settings.realm() == Realm.PRODUCTION ? Optional.of(STANDARD_HEAD_AGE) : Optional.empty());
    }

    /** The chain's settings in the listener's words. */
    static ChainSettings chain(SmsSettings.Chain chain) {
        Address hub = Address.tryParse(chain.hub())
                .orElseThrow(() -> new StartRefused("sms.chain.hub is not an address (0x and 40 hex digits)"));
        ChainSettings settings = ChainSettings.of(chain.node(), chain.id(), hub)
                .withDepth(chain.depth())
                .withTimeout(chain.timeout());
        return Optional.ofNullable(chain.hubCodeHash())
                .map(text -> Bytes32.tryParse(text)
                        .orElseThrow(
                                () -> new StartRefused("sms.chain.hub-code-hash is not a hash (0x and 64 hex digits)")))
                .map(settings::withHubCodeHash)
                .orElse(settings);
    }
}
