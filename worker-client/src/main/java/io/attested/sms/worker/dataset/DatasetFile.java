package io.attested.sms.worker.dataset;

import io.attested.sms.worker.ethereum.Bytes32;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts dataset files in iExec's format: 16 random bytes of IV, then AES-256-CBC with PKCS#7 padding.
 *
 * <p>Files of any size: 64 KiB are in memory at a time. Guarantee: an output appears under its name only when it is
 * complete; it is created with mode 0600 and never replaces an existing file. Not guaranteed by the format: integrity. A
 * changed file may decrypt to other bytes without an error, so a caller who knows the checksum passes it.
 */
public final class DatasetFile {
    private static final int BLOCK = 16;
    private static final int CHUNK = 1 << 16;

    private final SecureRandom random;

    /** Draws the IVs from {@code random}. */
    public DatasetFile(SecureRandom random) {
        this.random = random;
    }

    /**
     * Encrypts {@code in} to the new file {@code out}.
     *
     * @return the SHA-256 of the encrypted file: what is registered on chain as the dataset's checksum
     * @throws java.nio.file.FileAlreadyExistsException when {@code out} exists
     */
    public Bytes32 encrypt(Path in, Path out, DatasetKey key, Progress progress) throws IOException {
        byte[] iv = new byte[BLOCK];
        random.nextBytes(iv);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, iv);
        MessageDigest digest = sha256();
        try (NewFile file = NewFile.besides(out)) {
            try (InputStream plain = Files.newInputStream(in);
                    OutputStream encrypted = file.open()) {
                digest.update(iv);
                encrypted.write(iv);
                pump(plain, Files.size(in), progress, (chunk, length) -> {
                    emit(cipher.update(chunk, 0, length), digest, encrypted);
                });
                emit(cipher.doFinal(), digest, encrypted);
            } catch (IllegalBlockSizeException | BadPaddingException e) {
                throw new IllegalStateException("encryption pads every length", e);
            }
            file.keep();
        }
        return Bytes32.of(digest.digest());
    }

    /**
     * Decrypts {@code in} to the new file {@code out}.
     *
     * @param checksum when present, compared with the SHA-256 of {@code in} before anything is decrypted; the file is then
     *     hashed again while it is read, so that a change in between is seen too
     * @throws java.nio.file.FileAlreadyExistsException when {@code out} exists
     */
    public Decryption decrypt(Path in, Path out, DatasetKey key, Optional<Bytes32> checksum, Progress progress)
            throws IOException {
        long length = Files.size(in);
        if (checksum.isPresent()) {
            Bytes32 found = sha256Of(in);
            if (!found.equals(checksum.get())) {
                return new Decryption.ChecksumDiffers(found);
            }
        }
        if (length < 2 * BLOCK || length % BLOCK != 0) {
            return new Decryption.NotADataset(length);
        }
        try (NewFile file = NewFile.besides(out)) {
            Bytes32 read = decryptInto(file, in, key, progress);
            if (checksum.isPresent() && !read.equals(checksum.get())) {
                return new Decryption.ChecksumDiffers(read);
            }
            long plaintext = file.keep();
            return new Decryption.Decrypted(plaintext);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return new Decryption.KeyDoesNotFit();
        }
    }

    /** The SHA-256 of a file. */
    public static Bytes32 sha256Of(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                digest.update(chunk, 0, length);
            }
        }
        return Bytes32.of(digest.digest());
    }

    private static Bytes32 decryptInto(NewFile file, Path in, DatasetKey key, Progress progress)
            throws IOException, BadPaddingException, IllegalBlockSizeException {
        MessageDigest digest = sha256();
        try (InputStream encrypted = Files.newInputStream(in);
                OutputStream plain = file.open()) {
            byte[] iv = encrypted.readNBytes(BLOCK);
            digest.update(iv);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(iv, BLOCK));
            pump(encrypted, Files.size(in) - BLOCK, progress, (chunk, length) -> {
                digest.update(chunk, 0, length);
                write(cipher.update(chunk, 0, length), plain);
            });
            write(cipher.doFinal(), plain);
        }
        return Bytes32.of(digest.digest());
    }

    private static void pump(InputStream in, long total, Progress progress, Sink sink) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        try {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                sink.accept(chunk, length);
                done += length;
                progress.reached(done, total);
            }
        } finally {
            Arrays.fill(chunk, (byte) 0);
        }
    }

    // Cipher.update returns null when it has no whole block to give yet.
    private static void emit(byte @org.jspecify.annotations.Nullable [] piece, MessageDigest digest, OutputStream out)
            throws IOException {
        if (piece != null) {
            digest.update(piece);
            out.write(piece);
        }
    }

    private static void write(byte @org.jspecify.annotations.Nullable [] piece, OutputStream out) throws IOException {
        if (piece != null) {
            out.write(piece);
            Arrays.fill(piece, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, DatasetKey key, byte[] iv) {
        byte[] raw = key.raw();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(raw, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-CBC", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private interface Sink {
        void accept(byte[] chunk, int length) throws IOException;
    }
}
