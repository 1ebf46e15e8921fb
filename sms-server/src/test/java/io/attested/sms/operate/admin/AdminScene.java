package io.attested.sms.operate.admin;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.operate.admin.jdbc.JdbcStoreImage;
import io.attested.sms.operate.store.StoreStamp;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import io.attested.sms.secret.AccountSecretName;
import io.attested.sms.secret.SecretId;
import io.attested.sms.secret.SecretVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** An open store with its backups in a folder beside it. */
public final class AdminScene implements AutoCloseable {
    private final Path folder;
    private final Path location;
    private final OpenStore store;
    private final OutOfService service = new OutOfService(true, false);
    private final StoreStamp stamp;

    private AdminScene(Path folder, Path location, StoreStamp stamp) {
        this.folder = folder;
        this.location = location;
        this.stamp = stamp;
        this.store = TestStore.open(folder, TestStore.database(folder), stamp, TestStore.MEASUREMENTS);
    }

    /** A store in {@code folder}; its backups go to a folder beside it. */
    public static AdminScene open(Path folder) {
        return open(folder, folder.resolve("backup"), TestStore.STAMP);
    }

    /** The same with another place for backups, and another stamp. */
    public static AdminScene open(Path folder, Path location, StoreStamp stamp) {
        try {
            Files.createDirectories(location.resolve("work"));
            return new AdminScene(folder, location, stamp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts this scene's root key where the store of another folder looks for it. */
    public void giveRootKeyTo(Path other) {
        try {
            Files.createDirectories(other.resolve("key"));
            Files.copy(
                    folder.resolve("key/root.key"),
                    other.resolve("key/root.key"),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public OpenStore store() {
        return store;
    }

    public OutOfService service() {
        return service;
    }

    public JdbcStoreImage image() {
        return new JdbcStoreImage(store, stamp, TestStore.CLOCK, new SecureRandom());
    }

    public Backups backups() {
        return backups(image());
    }

    /** The same over another store. */
    public Backups backups(StoreImage image) {
        return backups(image, new StorageRoom(location, 0, OptionalLong.empty()));
    }

    /** The same with so much room. */
    public Backups backups(StoreImage image, StorageRoom room) {
        return new Backups(Optional.of(room), image, TestStore.rootKey(folder), service, new SecureRandom());
    }

    public Path location() {
        return location;
    }

    public Path work() {
        return location.resolve("work");
    }

    public static String id(Path path) {
        return HexFormat.of().formatHex(path.toString().getBytes(StandardCharsets.US_ASCII));
    }

    public AdminOutcome restore() {
        return backups().restore(id(work()), Backups.NAME);
    }

    public SecretVault vault() {
        return TestStore.vault(store);
    }

    public static SecretId.AccountSecret id(long owner, String name) {
        return new SecretId.AccountSecret(TestStore.address(owner), new AccountSecretName(name));
    }

    public void push(SecretId id, String value) {
        vault().push(TestStore.push(id, id.asset(), value));
    }

    public void replace(SecretId id, String value) {
        vault().replace(TestStore.push(id, id.asset(), value));
    }

    public Optional<String> value(SecretId id) {
        return vault().open(id, id.asset())
                .map(secret -> secret.text(RawSecretAccess.to("compare it with what a test pushed")));
    }

    /** As damage would, past the log. */
    public void sql(String statement) {
        store.database().jdbc().sql(statement).update();
    }

    public long count(String table) {
        return store.database()
                .jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        store.close();
    }
}
