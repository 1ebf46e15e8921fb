package io.attested.sms.contracts.testbed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * The key of a test's wallet as a file of Ethereum's "Web3 Secret Storage", version 3, with a key derivation that costs
 * nothing: whoever knows the password opens it in microseconds instead of a second, and whoever does not can guess as fast.
 */
final class Keystore {
    private static final HexFormat HEX = HexFormat.of();
    private static final int COST = 2;
    private static final int BLOCKS = 8;
    private static final int KEY_LENGTH = 32;

    private Keystore() {}

    /** Members of the file's JSON object. */
    static Map<String, Object> of(Wallet wallet, String password) {
        byte[] salt = new byte[32];
        byte[] vector = new byte[16];
        byte[] key = SCrypt.generate(password.getBytes(StandardCharsets.UTF_8), salt, COST, BLOCKS, 1, KEY_LENGTH);
        byte[] encrypted = encrypted(
                Arrays.copyOf(key, 16), vector, HEX.parseHex(wallet.privateKey().substring(2)));
        byte[] mac = Wallet.keccak(concatenated(Arrays.copyOfRange(key, 16, KEY_LENGTH), encrypted));
        return Map.of(
                "version",
                3,
                "id",
                UUID.nameUUIDFromBytes(encrypted).toString(),
                "address",
                wallet.address().substring(2),
                "Crypto",
                Map.of(
                        "cipher",
                        "aes-128-ctr",
                        "cipherparams",
                        Map.of("iv", HEX.formatHex(vector)),
                        "ciphertext",
                        HEX.formatHex(encrypted),
                        "kdf",
                        "scrypt",
                        "kdfparams",
                        Map.of("salt", HEX.formatHex(salt), "n", COST, "r", BLOCKS, "p", 1, "dklen", KEY_LENGTH),
                        "mac",
                        HEX.formatHex(mac)));
    }

    private static byte[] encrypted(byte[] key, byte[] vector, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new TestbedFailure("AES in counter mode is not there", e);
        }
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
