package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a stream of any length so that only the root key opens it.
 *
 * <p>Form: {@code "sms-backup/1"}, a line feed, a random salt (32 bytes), then frames: {@code u8} 1 for the last frame and
 * 0 for the others, {@code u32} length, that many bytes of AES-256-GCM. Every frame but the last holds {@value #CHUNK}
 * bytes. The key is HKDF-SHA-256 (RFC 5869) of the root key with the salt and the info {@code "sms-backup/1"}; the nonce
 * of a frame is 3 zero bytes, the flag, and the frame's number as 8 bytes; associated data is the header. So a frame that
 * was altered, left out, repeated, moved or taken from another file does not open, and neither does a file that was cut
 * off or made longer.
 *
 * <p>Guarantee: a read returns authentic bytes only. Not guaranteed: that the end is authentic before it was reached;
 * whoever acts on the content reads it to the end first.
 */
public final class BackupSeal {
    /** Bytes of plaintext in a frame. */
    static final int CHUNK = 64 * 1024;

    private static final byte[] MAGIC = "sms-backup/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "sms-backup/1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 32;
    private static final int TAG_BITS = 128;
    private static final int TAG = TAG_BITS / Byte.SIZE;

    private final SecretKeySpec key;
    private final byte[] header;

    private BackupSeal(SecretKeySpec key, byte[] header) {
        this.key = key;
        this.header = header;
    }

    /** What was sealed at {@code out} when this stream is closed; closing it closes {@code out}. The caller keeps {@code root}. */
    public static OutputStream sealing(SecretBytes root, SecureRandom random, OutputStream out) throws IOException {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        BackupSeal seal = new BackupSeal(
                key(root, salt),
                ByteBuffer.allocate(MAGIC.length + SALT).put(MAGIC).put(salt).array());
        out.write(seal.header);
        return seal.new Sealing(out);
    }

    /** A sealed stream whose header was read: the salt that names it, and its content. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Opened(byte[] salt, InputStream content) {}

    /**
     * Reads the header; the content is opened frame by frame. The caller keeps {@code root} and {@code in}.
     *
     * @throws BackupDamaged when it is no backup, or does not open under this root key; so do reads of the content
     */
    public static Opened opening(SecretBytes root, InputStream in) throws IOException {
        byte[] header = in.readNBytes(MAGIC.length + SALT);
        if (header.length != MAGIC.length + SALT || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BackupDamaged("it does not begin like a backup of this service");
        }
        byte[] salt = Arrays.copyOfRange(header, MAGIC.length, header.length);
        return new Opened(salt, new BackupSeal(key(root, salt), header).new Opening(in));
    }

    private static SecretKeySpec key(SecretBytes root, byte[] salt) {
        byte[] raw = root.copy(RawSecretAccess.to("derive the key of a backup"));
        byte[] derived = new byte[0];
        try {
            derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(raw)
                            .addSalt(salt)
                            .thenExpand(INFO, RootKeySource.KEY_LENGTH));
            return new SecretKeySpec(derived, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256 (JEP 510)", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    private Cipher cipher(int mode, long number, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(12)
                .put(new byte[3])
                .put((byte) (last ? 1 : 0))
                .putLong(number)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher;
    }

    private final class Sealing extends OutputStream {
        private final OutputStream out;
        private final byte[] chunk = new byte[CHUNK];
        private int filled;
        private long number;
        private boolean closed;

        Sealing(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == CHUNK) {
                    flushFrame(false);
                }
                int fits = Math.min(CHUNK - filled, length - done);
                System.arraycopy(bytes, offset + done, chunk, filled, fits);
                filled += fits;
                done += fits;
            }
        }

        private void flushFrame(boolean last) throws IOException {
            try {
                byte[] sealed = cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(chunk, 0, filled);
                out.write(ByteBuffer.allocate(5)
                        .put((byte) (last ? 1 : 0))
                        .putInt(sealed.length)
                        .array());
                out.write(sealed);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has AES-256-GCM", e);
            }
            Arrays.fill(chunk, (byte) 0);
            number++;
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (out) {
                    flushFrame(true);
                }
            }
        }
    }

    private final class Opening extends InputStream {
        private final InputStream in;
        private byte[] chunk = new byte[0];
        private int taken;
        private long number;
        private boolean last;

        Opening(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (taken == chunk.length) {
                if (last) {
                    return -1;
                }
                nextFrame();
            }
            int given = Math.min(length, chunk.length - taken);
            System.arraycopy(chunk, taken, target, offset, given);
            taken += given;
            return given;
        }

        private void nextFrame() throws IOException {
            ByteBuffer head = ByteBuffer.wrap(in.readNBytes(5));
            if (head.remaining() != 5) {
                throw new BackupDamaged("it was cut off");
            }
            byte flag = head.get();
            int length = head.getInt();
            boolean ends = flag == 1;
            if (flag < 0 || flag > 1 || length < TAG || length > CHUNK + TAG || (!ends && length != CHUNK + TAG)) {
                throw new BackupDamaged("frame " + number + " is not one this service writes");
            }
            byte[] sealed = in.readNBytes(length);
            chunk = open(sealed, ends)
                    .orElseThrow(() -> new BackupDamaged("frame " + number
                            + " does not open: it was altered, moved or cut off, or sealed under another root key"));
            taken = 0;
            number++;
            last = ends;
            if (last && in.read() >= 0) {
                throw new BackupDamaged("something stands behind its end");
            }
        }

        private Optional<byte[]> open(byte[] sealed, boolean ends) {
            try {
                return Optional.of(cipher(Cipher.DECRYPT_MODE, number, ends).doFinal(sealed));
            } catch (GeneralSecurityException altered) {
                return Optional.empty();
            }
        }
    }
}
