package io.attested.sms.bench.conformance;

import io.attested.sms.bench.testbed.Framework;
import io.attested.sms.bench.testbed.ScenarioFile;
import io.attested.sms.contracts.testbed.Wallet;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a check is played: the service, what is on its chain, and a fresh name for everything, so that a run can be repeated
 * on the same service for ever. Safe for several threads.
 */
public final class Scene implements AutoCloseable {
    private static final int RANDOM_BYTES = 32;

    private final Service service;
    private final Optional<ScenarioFile> scenario;
    private final Admin admin;
    private final SecureRandom random;
    private final Map<URI, Service> others = new ConcurrentHashMap<>();
    private final Pool apps;
    private final Pool datasets;

    /**
     * @param service the one under test
     * @param scenario of its chain
     * @param admin what is known of its admin interface
     */
    public Scene(Service service, Optional<ScenarioFile> scenario, Admin admin, SecureRandom random) {
        this.service = service;
        this.scenario = scenario;
        this.admin = admin;
        this.random = random;
        this.apps = new Pool(scenario.map(file -> file.pools().apps()).orElse(List.of()));
        this.datasets = new Pool(scenario.map(file -> file.pools().datasets()).orElse(List.of()));
    }

    /**
     * What is known of the admin interface.
     *
     * @param key of {@code X-API-KEY}
     * @param storage the folder of its backups, absolute
     * @param restores whether backups may be restored
     * @param outOfService whether its switch keeps the service closed
     */
    public record Admin(Optional<String> key, Optional<String> storage, boolean restores, boolean outOfService) {
        /** Nothing. */
        public static final Admin UNKNOWN = new Admin(Optional.empty(), Optional.empty(), false, false);

        /** As a scenario has it. */
        public static Admin of(ScenarioFile.Admin known, boolean outOfService) {
            return new Admin(Optional.of(known.key()), Optional.of(known.storage()), known.restores(), outOfService);
        }

        private boolean has(boolean leave) {
            return leave && key.isPresent() && storage.isPresent();
        }

        @Override
        public String toString() {
            return "Admin";
        }
    }

    /** The service under test. */
    public Service service() {
        return service;
    }

    /** The service at another address, for instance its listener for another framework. */
    public Service at(URI url) {
        return others.computeIfAbsent(url, service::beside);
    }

    /** The service's listener for this framework; skips the check when the scenario names none. */
    public Service at(Framework framework) {
        URI url = scenario().listeners().get(framework);
        if (url == null) {
            throw Unmet.lacking("the scenario has no listener for " + framework);
        }
        return at(url);
    }

    /** Requests answered so far, at all addresses. */
    public long exchanges() {
        return service.exchanges()
                + others.values().stream().mapToLong(Service::exchanges).sum();
    }

    /** Sends to the service under test. */
    public Seen send(Request request) {
        return service.send(request);
    }

    /** Sends a step that is not judged itself; when it is answered otherwise than expected, the check ends here. */
    public Answer given(Request request, Expected expected) {
        return given(service.send(request), expected);
    }

    /** The same of an answer that is there already. */
    public Answer given(Seen seen, Expected expected) {
        if (seen instanceof Answer answer && expected.holds().test(answer)) {
            return answer;
        }
        throw Unmet.step(expected, seen);
    }

    /** What is on the chain; skips the check when it is not known. */
    public ScenarioFile scenario() {
        return scenario.orElseThrow(() -> Unmet.lacking("needs " + Need.CHAIN.words()));
    }

    /** The key of the admin interface; skips the check when it is not known. */
    public String adminKey() {
        return admin.key().orElseThrow(() -> Unmet.lacking("needs " + Need.ADMIN_KEY.words()));
    }

    /** The folder the admin interface keeps backups in, as the service names it; skips the check when it is not known. */
    public String adminStorage() {
        return admin.storage().orElseThrow(() -> Unmet.lacking("needs " + Need.ADMIN_STORAGE.words()));
    }

    boolean has(Need need) {
        return switch (need) {
            case NOTHING -> true;
            case CHAIN -> scenario.isPresent();
            case ADMIN_KEY -> admin.key().isPresent();
            case ADMIN_STORAGE -> admin.has(true);
            case RESTORE -> admin.has(admin.restores());
            case OUT_OF_SERVICE -> admin.has(admin.outOfService());
        };
    }

    /** Somebody nobody knows. */
    public Actor actor() {
        return new Actor(Wallet.random(random));
    }

    /** The holder of a role in the scenario. */
    public Actor actor(String role) {
        return new Actor(scenario().wallet(role));
    }

    /** A name nobody used: a letter and 20 hex digits. */
    public String name() {
        return "n" + hex().substring(0, 20);
    }

    /** 64 random hex digits. */
    public String hex() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** An address without a key or a contract. */
    public String nobody() {
        return "0x" + hex().substring(0, 40);
    }

    /** An app of the scenario whose secret nobody pushed. */
    public Owned app() {
        return owned(apps.take(this, address -> Request.head("/apps/" + address + "/secrets"), "app"));
    }

    /** A dataset of the scenario whose key nobody pushed. */
    public Owned dataset() {
        return owned(datasets.take(this, address -> Request.head("/secrets/web3?secretAddress=" + address), "dataset"));
    }

    /** An app whose secret nobody pushed, for a check that leaves it so; the same one may be given again. */
    public Owned untouchedApp() {
        return owned(apps.show(this, address -> Request.head("/apps/" + address + "/secrets"), "app"));
    }

    /** A dataset whose key nobody pushed, for a check that leaves it so; the same one may be given again. */
    public Owned untouchedDataset() {
        return owned(datasets.show(this, address -> Request.head("/secrets/web3?secretAddress=" + address), "dataset"));
    }

    private Owned owned(ScenarioFile.Asset asset) {
        return new Owned(asset.address(), new Actor(scenario().walletOf(asset.owner())));
    }

    /** An asset on the chain, and who owns it there. */
    public record Owned(String address, Actor owner) {}

    @Override
    public void close() {
        service.close();
        others.values().forEach(Service::close);
    }
}
