package io.attested.sms.keyring.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.keyring.RootKeyRefused;
import io.attested.sms.keyring.RootKeyRefused.Reason;
import io.attested.sms.operate.store.ServiceUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeyFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("keys/root.key");
    }

    private RootKeyFile file() {
        return new RootKeyFile(path, new SecureRandom(), ServiceUser.currentId());
    }

    private static void assertRefused(Reason reason, ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        RootKeyRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining("root.key")
                .hasMessageContaining("expected");
    }

    private void mode(Path changed, String permissions) throws IOException {
        Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void forEmptyStoreWhenNothingIsThereThenCreatesAKeyForItsOwnerOnly() throws IOException {
        SecretBytes key = file().forEmptyStore();
        assertThat(key.length()).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
        assertThat(file().forExistingStore()).isEqualTo(key);
    }

    @Test
    void forEmptyStoreWhenAnEarlierStartLeftAKeyThenTheSame() {
        SecretBytes key = file().forEmptyStore();
        assertThat(file().forEmptyStore()).isEqualTo(key);
    }

    @Test
    void forEmptyStoreWhenTwoFilesThenTwoKeys() {
        RootKeyFile other =
                new RootKeyFile(folder.resolve("keys/other.key"), new SecureRandom(), ServiceUser.currentId());
        assertThat(file().forEmptyStore()).isNotEqualTo(other.forEmptyStore());
    }

    @Test
    void forExistingStoreWhenMissingThenRefusedAndNothingIsCreated() {
        assertRefused(Reason.MISSING, () -> file().forExistingStore());
        assertThat(path).doesNotExist();
    }

    @Test
    void whenASymbolicLinkThenRefused() throws IOException {
        file().forEmptyStore();
        Path elsewhere = Files.move(path, folder.resolve("keys/elsewhere.key"));
        Files.createSymbolicLink(path, elsewhere);
        assertRefused(Reason.SYMBOLIC_LINK, () -> file().forExistingStore());
        assertRefused(Reason.SYMBOLIC_LINK, () -> file().forEmptyStore());
    }

    @Test
    void forEmptyStoreWhenADanglingLinkThenRefusedAndItsTargetIsNotCreated() throws IOException {
        Files.createDirectory(folder.resolve("keys"));
        Files.createSymbolicLink(path, folder.resolve("keys/target"));
        assertRefused(Reason.SYMBOLIC_LINK, () -> file().forEmptyStore());
        assertThat(folder.resolve("keys/target")).doesNotExist();
    }

    @Test
    void whenAFolderThenRefused() throws IOException {
        Files.createDirectories(path);
        assertRefused(Reason.NOT_A_FILE, () -> file().forExistingStore());
    }

    @Test
    void whenOfAnotherUserThenRefused() {
        file().forEmptyStore();
        RootKeyFile asAnother = new RootKeyFile(path, new SecureRandom(), ServiceUser.currentId() + 1);
        assertRefused(Reason.FOREIGN_OWNER, asAnother::forExistingStore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwx------", "rw-rw-rw-"})
    void whenPermissionsAreWiderThenRefused(String permissions) throws IOException {
        file().forEmptyStore();
        mode(path, permissions);
        assertRefused(Reason.WIDE_PERMISSIONS, () -> file().forExistingStore());
    }

    @Test
    void whenPermissionsAreNarrowerThenAccepted() throws IOException {
        SecretBytes key = file().forEmptyStore();
        mode(path, "r--------");
        assertThat(file().forExistingStore()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx-w----", "rwxrwx---", "rwx----w-"})
    void whenOthersMayReplaceTheFileThenRefused(String folderPermissions) throws IOException {
        file().forEmptyStore();
        mode(folder.resolve("keys"), folderPermissions);
        assertRefused(Reason.WIDE_PERMISSIONS, () -> file().forExistingStore());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 46, 48, 4096})
    void whenTheLengthIsWrongThenRefused(int length) throws IOException {
        file().forEmptyStore();
        Files.write(path, Arrays.copyOf(Files.readAllBytes(path), length));
        assertRefused(Reason.MALFORMED, () -> file().forExistingStore());
        assertRefused(Reason.MALFORMED, () -> file().forEmptyStore());
    }

    @Test
    void whenTheFirstLineIsAnotherThenRefused() throws IOException {
        file().forEmptyStore();
        byte[] content = Files.readAllBytes(path);
        content[13] = '2';
        Files.write(path, content);
        assertRefused(Reason.MALFORMED, () -> file().forExistingStore());
    }

    @Test
    void forEmptyStoreWhenTheFolderCannotBeCreatedThenRefused() throws IOException {
        Files.createFile(folder.resolve("keys"));
        assertRefused(Reason.UNREADABLE, () -> file().forEmptyStore());
    }
}
