package io.attested.sms.operate.admin;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.keyring.BackupDamaged;
import io.attested.sms.keyring.BackupSeal;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.RootKeySource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, copies, deletes and restores backups, one operation at a time (contract section 1.6).
 *
 * <p>A backup is one file, sealed as {@link BackupSeal} says under a key that only the root key gives, and a header beside
 * it. The root key is read from its source for the time of one operation. Nothing of the store is touched before a backup
 * was compared with its checksum and read to its authentic end.
 */
public final class Backups {
    /** Name of the backup that {@link #backup} makes; the original's. */
    public static final String NAME = "backup.sql";

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final long PATIENCE_MILLIS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Optional<StorageRoom> room;
    private final Optional<StorageFolders> folders;
    private final StoreImage store;
    private final RootKeySource rootKeys;
    private final OutOfService service;
    private final SecureRandom random;

    /** @param room the folder backups may lie in, and how much they may take; without one every operation fails */
    public Backups(
            Optional<StorageRoom> room,
            StoreImage store,
            RootKeySource rootKeys,
            OutOfService service,
            SecureRandom random) {
        this.room = room;
        this.folders = room.map(StorageRoom::location).map(StorageFolders::new);
        this.store = store;
        this.rootKeys = rootKeys;
        this.service = service;
        this.random = random;
    }

    /** Writes a backup of the store into the folder {@code work}, in the place of the one before. */
    public AdminOutcome backup() {
        return alone("backup", () -> {
            requireOwnStore();
            BackupHeader made = new BackupFiles(folders().work(), NAME).replace(this::writeSealed, room());
            LOG.info("backup_written sequence={} bytes={}", made.contents().sequence(), made.bytes());
        });
    }

    private Contents writeSealed(OutputStream out) throws IOException {
        try (SecretBytes root = rootKeys.forExistingStore();
                OutputStream sealing = BackupSeal.sealing(root, random, out)) {
            return store.write(sealing, root);
        }
    }

    /** Copies the backup of the folder {@code work} to a free name in a folder. */
    public AdminOutcome replicate(String storageId, String fileName) {
        return named("replicate", storageId, fileName, target -> {
            BackupFiles source = new BackupFiles(folders().work(), NAME);
            copy(source, target);
        });
    }

    /** Copies a backup to a free name in a folder; without a name of its own it keeps its name. */
    public AdminOutcome copy(String fromId, String fileName, String toId, Optional<String> newName) {
        return named("copy", fromId, fileName, source -> {
            requireText(toId);
            copy(source, files(toId, newName.filter(name -> !name.isBlank()).orElse(fileName)));
        });
    }

    private void copy(BackupFiles source, BackupFiles target) throws IOException, AdminStopped {
        if (!source.complete()) {
            throw AdminStopped.missing();
        }
        source.copyTo(target, room());
        LOG.info("backup_copied");
    }

    /** Deletes both files of a backup. */
    public AdminOutcome delete(String storageId, String fileName) {
        return named("delete", storageId, fileName, files -> {
            if (!files.complete()) {
                files.deleteOrphan();
                throw AdminStopped.failed("one of the backup's two files is not there");
            }
            files.delete();
            LOG.info("backup_deleted");
        });
    }

    /**
     * Restores a backup into the store of this service.
     *
     * <p>Into a store that has gone on since, what is missing is brought back and nothing that was replaced becomes
     * current again; into a store that holds nothing, or only the beginning of the backup, everything is taken, and the
     * service answers nothing until it is started again.
     */
    public AdminOutcome restore(String storageId, String fileName) {
        return named("restore", storageId, fileName, files -> {
            requireOwnStore();
            if (!files.complete()) {
                throw AdminStopped.missing();
            }
            try (FileChannel channel = files.openChecked(files.readHeader());
                    SecretBytes root = rootKeys.forExistingStore();
                    StoreImage.Verified backup = store.verify(new OneFile(channel, root), root)) {
                apply(backup);
            } catch (RestoreRefused refused) {
                throw AdminStopped.failed(String.valueOf(refused.getMessage()));
            }
        });
    }

    /** After a store was replaced, what this process knows of it is of the one before. */
    private void requireOwnStore() throws AdminStopped {
        if (service.awaitsRestart()) {
            throw AdminStopped.failed(
                    "a restore replaced the store, or broke off while it did; start the service again");
        }
    }

    private void apply(StoreImage.Verified backup) throws IOException {
        service.goOffline();
        if (backup.replacesTheStore()) {
            // Before: whatever comes of it, the log is closed then.
            service.awaitRestart();
        }
        String what = backup.apply();
        service.goOnline();
        LOG.warn("store_restored replaced={} what=\"{}\"", backup.replacesTheStore(), what);
    }

    /** The same file at every reading: two readings of different contents would be a verified one and another one. */
    private static final class OneFile implements StoreImage.Source {
        private final FileChannel channel;
        private final SecretBytes root;
        private byte[] salt = new byte[0];

        OneFile(FileChannel channel, SecretBytes root) {
            this.channel = channel;
            this.root = root;
        }

        @Override
        public InputStream open() throws IOException {
            channel.position(0);
            BackupSeal.Opened opened =
                    BackupSeal.opening(root, new BufferedInputStream(Channels.newInputStream(channel)));
            if (salt.length > 0 && !Arrays.equals(salt, opened.salt())) {
                throw new BackupDamaged("the file was replaced while it was read");
            }
            salt = opened.salt();
            return opened.content();
        }
    }

    private interface Operation {
        void run() throws IOException, AdminStopped;
    }

    private interface FilesOperation {
        void run(BackupFiles files) throws IOException, AdminStopped;
    }

    private AdminOutcome named(String word, String storageId, String fileName, FilesOperation operation) {
        try {
            requireText(storageId);
            requireText(fileName);
        } catch (AdminStopped invalid) {
            return invalid.outcome();
        }
        return alone(word, () -> operation.run(files(storageId, fileName)));
    }

    private static void requireText(String text) throws AdminStopped {
        if (text.isBlank()) {
            throw AdminStopped.invalid();
        }
    }

    private BackupFiles files(String storageId, String fileName) throws AdminStopped {
        String name = StorageFolders.fileName(fileName);
        return new BackupFiles(folders().named(storageId), name);
    }

    private StorageFolders folders() throws AdminStopped {
        return folders.orElseThrow(() -> AdminStopped.failed("sms.admin.storage-location is not set"));
    }

    private StorageRoom room() throws AdminStopped {
        return room.orElseThrow(() -> AdminStopped.failed("sms.admin.storage-location is not set"));
    }

    private AdminOutcome alone(String word, Operation operation) {
        try {
            if (!lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return new AdminOutcome.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AdminOutcome.Failed("interrupted");
        }
        try {
            return outcome(operation);
        } finally {
            lock.unlock();
        }
    }

    private static AdminOutcome outcome(Operation operation) {
        try {
            operation.run();
            return new AdminOutcome.Done();
        } catch (AdminStopped stopped) {
            return stopped.outcome();
        } catch (FileAlreadyExistsException taken) {
            return new AdminOutcome.Failed("a file of that name exists; backups are never overwritten by copies");
        } catch (IOException | RootKeyRefused e) {
            return new AdminOutcome.Failed(String.valueOf(e.getMessage()));
        }
    }
}
