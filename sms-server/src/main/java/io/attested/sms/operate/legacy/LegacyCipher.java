package io.attested.sms.operate.legacy;

import io.attested.sms.attestation.seal.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The original's cipher, contract section 6.3: AES-128 in ECB mode with PKCS#5 padding, base64. It authenticates nothing:
 * that a value decrypts says little, so content that is no UTF-8 text counts as not decrypted.
 */
public final class LegacyCipher {
    private static final int KEY_LENGTH = 16;

    private final SecretKeySpec key;

    private LegacyCipher(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The key in the original's key file.
     *
     * @throws LegacyUnreadable unless it is base64 of 16 bytes
     */
    public static LegacyCipher of(byte[] keyFile) throws LegacyUnreadable {
        byte[] key = new byte[0];
        try {
            key = Base64.getDecoder().decode(trimmed(keyFile));
            if (key.length != KEY_LENGTH) {
                throw noKey();
            }
            return new LegacyCipher(new SecretKeySpec(key, "AES"));
        } catch (IllegalArgumentException e) {
            throw noKey();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] trimmed(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] <= ' ' && content[end - 1] >= 0) {
            end--;
        }
        return Arrays.copyOf(content, end);
    }

    private static LegacyUnreadable noKey() {
        return new LegacyUnreadable(
                LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                "the key file does not hold a key of the original; expected base64 of 16 bytes (24 characters)");
    }

    /** The value, which the caller closes; nothing when it does not decrypt to text. */
    Optional<SecretBytes> decrypt(String base64) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            byte[] plain = cipher.doFinal(Base64.getDecoder().decode(base64));
            if (!isText(plain)) {
                Arrays.fill(plain, (byte) 0);
                return Optional.empty();
            }
            return Optional.of(SecretBytes.owning(plain));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isText(byte[] plain) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(plain);
            Arrays.fill(StandardCharsets.UTF_8.newDecoder().decode(bytes).array(), '\0');
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
