package io.attested.sms.operate.store;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.RootKeySource;
import io.attested.sms.keyring.file.RootKeyFile;
import io.attested.sms.operate.store.jdbc.DurableStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.operate.store.jdbc.StoreOpening;
import io.attested.sms.secret.Push;
import io.attested.sms.secret.PushBudget;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A real store in a folder, with the realm, clock and budget that a test does not care about. */
public final class TestStore {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);
    public static final Address HUB = address(0xb0b);
    public static final StoreStamp STAMP = new StoreStamp(Realm.DEV, 65535, HUB, bytes32(0x7007));
    public static final Bytes32 MEASUREMENTS = bytes32(0x3ea5);

    private TestStore() {}

    public static Address address(long number) {
        return Address.parse("0x" + String.format("%040x", number));
    }

    public static Bytes32 bytes32(long number) {
        return Bytes32.parse("0x" + String.format("%064x", number));
    }

    public static RootKeySource rootKey(Path folder) {
        return new RootKeyFile(folder.resolve("key/root.key"), new SecureRandom(), ServiceUser.currentId());
    }

    public static DurableStore database(Path folder) {
        return DurableStore.open(folder.resolve("store"), ServiceUser.currentId());
    }

    public static OpenStore open(Path folder) {
        return open(folder, database(folder));
    }

    public static OpenStore open(Path folder, DurableStore database) {
        return open(folder, database, STAMP, MEASUREMENTS);
    }

    public static OpenStore open(Path folder, DurableStore database, StoreStamp stamp, Bytes32 measurements) {
        return new StoreOpening(stamp, measurements, rootKey(folder), CLOCK, new SecureRandom()).open(database);
    }

    public static SecretVault vault(OpenStore store) {
        return vault(store, new PushBudget(PushBudget.NAMES_PER_OWNER, 0, () -> Long.MAX_VALUE));
    }

    public static SecretVault vault(OpenStore store, PushBudget budget) {
        return new SecretVault(store.keyring(), store.secrets(), store.log(), CLOCK, budget, MEASUREMENTS);
    }

    /** A push whose challenge depends on everything a challenge depends on: asset, name and value. */
    public static Push push(SecretId id, Address owner, String value) {
        String signed = id.asset() + "|" + id.name() + "|" + value;
        return new Push(
                id, owner, bytes32(signed.hashCode() & 0xffffffffL), Optional.empty(), SecretBytes.ofUtf8(value));
    }
}
