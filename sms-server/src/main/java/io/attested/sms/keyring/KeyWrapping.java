package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Wraps the records of the key hierarchy under the root key; associated data is purpose, realm, chain id and hub. */
final class KeyWrapping {
    private static final String DOMAIN = "sms-wrapped-key/1";
    private static final int KEY_LENGTH = 32;

    private final SecretBytes root;
    private final KeyScope scope;

    KeyWrapping(SecretBytes root, KeyScope scope) {
        this.root = root;
        this.scope = scope;
    }

    static Map<KeyPurpose, SecretBytes> generate(SecureRandom random) {
        Map<KeyPurpose, SecretBytes> keys = new EnumMap<>(KeyPurpose.class);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            byte[] key = new byte[KEY_LENGTH];
            random.nextBytes(key);
            keys.put(purpose, SecretBytes.owning(key));
        }
        return keys;
    }

    Map<KeyPurpose, byte[]> wrap(Map<KeyPurpose, SecretBytes> keys, SecureRandom random) {
        AesGcm cipher = new AesGcm(random);
        Map<KeyPurpose, byte[]> wrapped = new EnumMap<>(KeyPurpose.class);
        byte[] rootKey = root.copy(RawSecretAccess.to("wrap the key hierarchy"));
        keys.forEach((purpose, key) -> {
            byte[] raw = key.copy(RawSecretAccess.to("wrap under the root key"));
            wrapped.put(purpose, cipher.seal(rootKey, raw, associatedData(purpose)));
            Arrays.fill(raw, (byte) 0);
        });
        Arrays.fill(rootKey, (byte) 0);
        return wrapped;
    }

    Map<KeyPurpose, SecretBytes> unwrap(Map<KeyPurpose, byte[]> wrapped) {
        Map<KeyPurpose, SecretBytes> keys = new EnumMap<>(KeyPurpose.class);
        keys.put(KeyPurpose.KEY_CHECK, unwrapOne(wrapped, KeyPurpose.KEY_CHECK).orElseThrow(KeyWrapping::anotherKey));
        for (KeyPurpose purpose : KeyPurpose.values()) {
            keys.computeIfAbsent(
                    purpose,
                    missing ->
                            unwrapOne(wrapped, missing).orElseThrow(() -> new TamperedRecord("key record " + missing)));
        }
        return keys;
    }

    private Optional<SecretBytes> unwrapOne(Map<KeyPurpose, byte[]> wrapped, KeyPurpose purpose) {
        byte[] record = wrapped.getOrDefault(purpose, new byte[0]);
        byte[] rootKey = root.copy(RawSecretAccess.to("unwrap the key hierarchy"));
        try {
            return AesGcm.open(rootKey, record, associatedData(purpose))
                    .filter(key -> key.length == KEY_LENGTH)
                    .map(SecretBytes::owning);
        } finally {
            Arrays.fill(rootKey, (byte) 0);
        }
    }

    private byte[] associatedData(KeyPurpose purpose) {
        return new LengthPrefixed(DOMAIN).add(purpose.name()).add(scope).bytes();
    }

    private static RootKeyRefused anotherKey() {
        return new RootKeyRefused(
                RootKeyRefused.Reason.ANOTHER_KEY,
                "the root key is not the one this store was created with (its key-check record does not open);"
                        + " expected the key of the same store; put that key back, or point the service at the store"
                        + " this key belongs to");
    }
}
