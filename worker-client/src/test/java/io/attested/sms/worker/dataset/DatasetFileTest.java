package io.attested.sms.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.worker.ethereum.Bytes32;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFileTest {
    private static final String SDK_PLAINTEXT = "temperature;city\n21.5;Lyon\n19.0;Brest\n";

    private final DatasetFile files = new DatasetFile(new SecureRandom());
    private final DatasetKey key = DatasetKey.random(new SecureRandom());

    @TempDir
    Path folder;

    private Path plain;
    private Path encrypted;
    private Path decrypted;

    @BeforeEach
    void paths() {
        plain = folder.resolve("plain");
        encrypted = folder.resolve("encrypted");
        decrypted = folder.resolve("decrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk8", "sdk9"})
    void decryptReadsWhatTheSdkWrote(String sdk) throws IOException {
        Files.write(encrypted, resource(sdk + ".enc.bin"));
        DatasetKey sdkKey =
                DatasetKey.parse(SecretBytes.owning(resource(sdk + ".key"))).orElseThrow();
        Bytes32 checksum = Bytes32.parse(
                        new String(resource(sdk + ".sha256"), java.nio.charset.StandardCharsets.US_ASCII))
                .orElseThrow();
        assertThat(files.decrypt(encrypted, decrypted, sdkKey, Optional.of(checksum), Progress.SILENT))
                .isEqualTo(new Decryption.Decrypted(SDK_PLAINTEXT.length()));
        assertThat(decrypted).hasContent(SDK_PLAINTEXT);
    }

    @Test
    void encryptGivesTheBytesOfOpenssl() throws IOException {
        Files.writeString(plain, "fixed");
        DatasetKey fixed = DatasetKey.parse(SecretBytes.owning(
                        java.util.Base64.getEncoder().encode(HexFormat.of().parseHex("11".repeat(32)))))
                .orElseThrow();
        new DatasetFile(new FixedRandom((byte) 0x22)).encrypt(plain, encrypted, fixed, Progress.SILENT);
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(encrypted)))
                .isEqualTo("22".repeat(16) + "140e8cffa171890880378dbdab56781b");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 300_000})
    void decryptIsTheInverseOfEncryptForEveryLength(int length) throws IOException {
        byte[] content = new byte[length];
        new SecureRandom().nextBytes(content);
        Files.write(plain, content);
        Bytes32 checksum = files.encrypt(plain, encrypted, key, Progress.SILENT);
        assertThat(DatasetFile.sha256Of(encrypted)).isEqualTo(checksum);
        assertThat(files.decrypt(encrypted, decrypted, key, Optional.of(checksum), Progress.SILENT))
                .isEqualTo(new Decryption.Decrypted(length));
        assertThat(decrypted).hasBinaryContent(content);
    }

    @Test
    void decryptWhenTheKeyIsAnotherThenRefusedAndNothingIsWritten() throws IOException {
        encryptSample();
        // One wrong key in 256 gives a padding that looks right by chance; three in a row do not.
        long refused = java.util.stream.IntStream.range(0, 3)
                .filter(i -> tryOtherKey() instanceof Decryption.KeyDoesNotFit)
                .count();
        assertThat(refused).isPositive();
    }

    @Test
    void decryptWhenALastBlockIsChangedThenNoFileAndNoTemporaryFileIsLeft() throws IOException {
        encryptSample();
        DatasetKey fixed =
                DatasetKey.parse(SecretBytes.ofUtf8("A".repeat(43) + "=")).orElseThrow();
        Path other = folder.resolve("other");
        Files.delete(encrypted);
        new DatasetFile(new FixedRandom((byte) 1)).encrypt(plain, encrypted, fixed, Progress.SILENT);
        byte[] bytes = Files.readAllBytes(encrypted);
        // The last plaintext byte is the padding's length: 1 to 16. Flipping its top bit makes it invalid for certain.
        bytes[bytes.length - 17] ^= (byte) 0x80;
        Files.write(encrypted, bytes);
        assertThat(files.decrypt(encrypted, other, fixed, Optional.empty(), Progress.SILENT))
                .isEqualTo(new Decryption.KeyDoesNotFit());
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(plain) && !path.equals(encrypted));
    }

    @Test
    void decryptWhenTheChecksumDiffersThenNothingIsDecrypted() throws IOException {
        Bytes32 checksum = encryptSample();
        byte[] bytes = Files.readAllBytes(encrypted);
        bytes[20] ^= 1;
        Files.write(encrypted, bytes);
        assertThat(files.decrypt(encrypted, decrypted, key, Optional.of(checksum), Progress.SILENT))
                .isEqualTo(new Decryption.ChecksumDiffers(DatasetFile.sha256Of(encrypted)));
        assertThat(decrypted).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 31, 33, 47})
    void decryptWhenTheLengthIsImpossibleThenNotADataset(int length) throws IOException {
        Files.write(encrypted, new byte[length]);
        assertThat(files.decrypt(encrypted, decrypted, key, Optional.empty(), Progress.SILENT))
                .isEqualTo(new Decryption.NotADataset(length));
    }

    @Test
    void outputsNeverReplaceAFile() throws IOException {
        encryptSample();
        Files.writeString(decrypted, "precious");
        assertThatThrownBy(() -> files.decrypt(encrypted, decrypted, key, Optional.empty(), Progress.SILENT))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.encrypt(plain, decrypted, key, Progress.SILENT))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(decrypted).hasContent("precious");
    }

    @Test
    void keyFileIsExclusiveAndForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("key");
        KeyFile.create(file, key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.read(file).orElseThrow().text()).isEqualTo(key.text());
        assertThatThrownBy(() -> KeyFile.create(file, key)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64 at all", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ=="})
    void keyWhenItIsNotBase64Of32BytesThenNothing(String text) {
        assertThat(DatasetKey.parse(SecretBytes.ofUtf8(text))).isEmpty();
    }

    @Test
    void progressReachesTheEnd() throws IOException {
        Files.write(plain, new byte[200_000]);
        AtomicLong last = new AtomicLong();
        files.encrypt(plain, encrypted, key, (done, total) -> {
            assertThat(total).isEqualTo(200_000);
            assertThat(done).isGreaterThan(last.getAndSet(done));
        });
        assertThat(last).hasValue(200_000);
    }

    private Bytes32 encryptSample() throws IOException {
        Files.writeString(plain, "some content of a dataset that has more than one block");
        return files.encrypt(plain, encrypted, key, Progress.SILENT);
    }

    private Decryption tryOtherKey() {
        try {
            Files.deleteIfExists(decrypted);
            return files.decrypt(
                    encrypted, decrypted, DatasetKey.random(new SecureRandom()), Optional.empty(), Progress.SILENT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DatasetFileTest.class.getResourceAsStream("/dataset/" + name)) {
            return in.readAllBytes();
        }
    }

    /** Random bytes that are all the same. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte octet;

        FixedRandom(byte octet) {
            this.octet = octet;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, octet);
        }
    }
}
