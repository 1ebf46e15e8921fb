package io.attested.sms.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.standin.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator configures of a store, right and wrong. */
class StoreFilesTest {
    private static final TlsIdentity FIRST = TlsIdentity.named("first");
    private static final TlsIdentity SECOND = TlsIdentity.named("second");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"https://cas.example", "https://cas.example/", "HTTPS://cas.example", " https://cas.example "})
    void anHttpsAddressIsTaken(String text) {
        assertThat(StoreUrl.of(text).at("/session").getHost()).isEqualTo("cas.example");
        assertThat(StoreUrl.of(text).at("/session").getPath()).isEqualTo("/session");
    }

    @Test
    void aPathOfTheAddressStandsBeforeTheStoresOwn() {
        assertThat(StoreUrl.of("https://cas.example:8081/behind/").at("/session"))
                .hasToString("https://cas.example:8081/behind/session");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cas.example",
                "http://localhost:8081",
                "cas.example:8081",
                "//cas.example",
                "https:/cas",
                "https://",
                "https://cas.example?x=1",
                "https://cas.example#x",
                "https://user:pass@cas.example",
                "ftp://cas.example",
                "",
                "https://cas example"
            })
    void anyOtherAddressIsRefused(String text) {
        assertThatThrownBy(() -> StoreUrl.of(text))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining("https://HOST")
                .hasMessageNotContaining("pass@");
    }

    @Test
    void aPemFileMayPinSeveralKeys() throws IOException {
        Path file = folder.resolve("pins.pem");
        Files.writeString(
                file,
                Files.readString(FIRST.writeCertificate(folder.resolve("1")))
                        + Files.readString(SECOND.writeCertificate(folder.resolve("2"))));

        PinnedKeys pins = PinnedKeys.read(file);
        assertThat(pins.holds(FIRST.keys().getPublic())).isTrue();
        assertThat(pins.holds(SECOND.keys().getPublic())).isTrue();
        assertThat(pins.holds(FIRST.imitated().keys().getPublic())).isFalse();
    }

    @Test
    void aDerFilePinsItsKey() throws IOException, CertificateEncodingException {
        Path file = Files.write(folder.resolve("pin.der"), FIRST.certificate().getEncoded());

        assertThat(PinnedKeys.read(file).holds(FIRST.keys().getPublic())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("pins.pem"), content);

        assertThatThrownBy(() -> PinnedKeys.read(file))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> PinnedKeys.read(folder.resolve("none")))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining("none");
    }

    @Test
    void aKeyStoreIsOpenedByTheFirstLineOfItsPasswordFile() throws IOException {
        Path store = FIRST.writeKeyStore(folder.resolve("own.p12"), "pass word é");
        Path password = Files.writeString(folder.resolve("password"), "pass word é\r\nanother line\n");

        assertThat(ClientKey.read(store, password).managers()).isNotEmpty();
    }

    @Test
    void anotherPasswordIsRefusedWithoutNamingIt() throws IOException {
        Path store = FIRST.writeKeyStore(folder.resolve("own.p12"), "the password");
        Path password = Files.writeString(folder.resolve("password"), "another");

        assertThatThrownBy(() -> ClientKey.read(store, password))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining("own.p12")
                .hasMessageNotContaining("another");
    }

    @Test
    void aKeyStoreWithTwoKeysIsRefused() throws Exception {
        char[] password = "the password".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("1", FIRST.keys().getPrivate(), password, new Certificate[] {FIRST.certificate()});
        store.setKeyEntry("2", SECOND.keys().getPrivate(), password, new Certificate[] {SECOND.certificate()});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        Path file = Files.write(folder.resolve("two.p12"), bytes.toByteArray());
        Path passwordFile = TlsIdentity.writePassword(folder.resolve("password"), "the password");

        assertThatThrownBy(() -> ClientKey.read(file, passwordFile))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining("2 keys");
    }

    @Test
    void aPasswordFileThatIsNotThereIsRefused() {
        Path store = FIRST.writeKeyStore(folder.resolve("own.p12"), "the password");

        assertThatThrownBy(() -> ClientKey.read(store, folder.resolve("none")))
                .isInstanceOf(StoreSettingRefused.class)
                .hasMessageContaining("none");
    }
}
