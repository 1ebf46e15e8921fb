package io.attested.sms.scenario;

import io.attested.sms.attestation.TrustRoot;
import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.file.RootKeyFile;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.ServiceUser;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.jdbc.DurableStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.operate.store.jdbc.StoreOpening;
import io.attested.sms.secret.PushBudget;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The store of a dev-realm {@link RunningServer} with Intel's root, opened without the service. */
final class StoreOnDisk {
    static final String PLAIN = "retry:";

    private StoreOnDisk() {}

    /**
     * Opens it.
     *
     * @param folder the service's {@code sms.store.folder}, which holds the root key too
     * @param rootKey the root key
     * @param scheme H2's file system
     */
    static OpenStore open(Path folder, Path rootKey, String hub, String scheme) {
        long user = ServiceUser.currentId();
        StoreStamp stamp = new StoreStamp(
                Realm.DEV,
                65535,
                Address.parse(hub),
                Bytes32.of(TrustRoot.intel().sha256()));
        DurableStore database = DurableStore.open(folder, user, scheme);
        return new StoreOpening(
                        stamp,
                        digestOfNoMeasurements(),
                        new RootKeyFile(rootKey, new SecureRandom(), user),
                        InstantSource.system(),
                        new SecureRandom())
                .open(database);
    }

    static SecretVault vault(OpenStore store) {
        return new SecretVault(
                store.keyring(),
                store.secrets(),
                store.log(),
                InstantSource.system(),
                new PushBudget(PushBudget.NAMES_PER_OWNER, 0, () -> Long.MAX_VALUE),
                digestOfNoMeasurements());
    }

    /** The value of a wallet's secret. */
    static Optional<String> value(SecretVault vault, SecretId id) {
        return vault.open(id, id.asset())
                .map(secret -> secret.text(RawSecretAccess.to("compare it with what a test pushed")));
    }

    private static Bytes32 digestOfNoMeasurements() {
        try {
            return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
