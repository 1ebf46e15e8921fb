package io.attested.sms.session.store;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.session.gramine.SpsStore;
import io.attested.sms.session.scone.CasStore;
import io.attested.sms.session.tdx.TdxStore;
import io.attested.sms.standin.CasStandIn;
import io.attested.sms.standin.SpsStandIn;
import io.attested.sms.standin.StoreStandIn;
import io.attested.sms.standin.TdxStoreStandIn;
import io.attested.sms.standin.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The three adapters as an operator configures them, each in front of its stand-in. */
public final class TestStores implements AutoCloseable {
    public static final String LOGIN = "admin";
    public static final String PASSWORD = "not admin: é";
    public static final TlsIdentity OWN = TlsIdentity.named("sms");

    private static final PinnedClient.Deadlines DEADLINES =
            new PinnedClient.Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(20));

    private final CasStandIn cas = CasStandIn.start();
    private final SpsStandIn sps = SpsStandIn.start(LOGIN, PASSWORD);
    private final TdxStoreStandIn storage = TdxStoreStandIn.start();
    private final PinnedClient toCas;
    private final PinnedClient toSps;
    private final PinnedClient toStorage;

    public TestStores(Path folder) {
        ClientKey own = ClientKey.read(
                OWN.writeKeyStore(folder.resolve("own.p12"), "a password"),
                TlsIdentity.writePassword(folder.resolve("own.password"), "a password"));
        this.toCas = PinnedClient.of(pins(cas, folder), Optional.of(own), DEADLINES);
        this.toSps = PinnedClient.of(pins(sps, folder), Optional.empty(), DEADLINES);
        this.toStorage = PinnedClient.of(pins(storage, folder), Optional.of(own), DEADLINES);
    }

    private static PinnedKeys pins(StoreStandIn store, Path folder) {
        return PinnedKeys.read(store.identity().writeCertificate(folder.resolve("pin.pem")));
    }

    public CasStandIn cas() {
        return cas;
    }

    public SpsStandIn sps() {
        return sps;
    }

    public TdxStoreStandIn storage() {
        return storage;
    }

    /** Posts to {@link #cas} and names this attestation server, which is not asked. */
    public CasStore casStore(Optional<String> attestationServer) {
        CasStore.Attestation attestation = new CasStore.Attestation(
                List.of("hyperthreading", "outdated-tcb"), List.of("INTEL-SA-00657"), CasStore.Mode.MAA);
        return casStore(attestation, attestationServer);
    }

    public CasStore casStore(CasStore.Attestation attestation, Optional<String> attestationServer) {
        return new CasStore(
                new CasStore.Settings(StoreUrl.of(cas.url().toString()), "cas.example:18765", attestation),
                toCas,
                () -> attestationServer);
    }

    public SpsStore spsStore() {
        return spsStore(PASSWORD);
    }

    public SpsStore spsStore(String password) {
        return new SpsStore(
                new SpsStore.Settings(
                        StoreUrl.of(sps.url().toString()), "sps.example:4433", LOGIN, SecretBytes.ofUtf8(password)),
                toSps);
    }

    public TdxStore tdxStore() {
        return new TdxStore(
                new TdxStore.Settings(StoreUrl.of(storage.url().toString()), "https://storage.example/attest"),
                toStorage);
    }

    @Override
    public void close() {
        toCas.close();
        toSps.close();
        toStorage.close();
        cas.close();
        sps.close();
        storage.close();
    }
}
