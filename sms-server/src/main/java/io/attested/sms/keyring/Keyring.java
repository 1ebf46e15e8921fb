package io.attested.sms.keyring;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The service's keys in use.
 *
 * <p>The root key (32 bytes) wraps a small set of random records, one for each {@link KeyPurpose}; one of them wraps the
 * data key of each secret. Rotating the root key therefore re-wraps six records and no secret. Safe for use by many
 * threads. The root key is not kept.
 */
public final class Keyring implements AutoCloseable {
    private static final String DATA_KEY = "data-key";
    private static final String VALUE = "value";
    private static final int DATA_KEY_LENGTH = 32;

    private final KeyScope scope;
    private final Map<KeyPurpose, SecretBytes> keys;
    private final SecureRandom random;
    private final AesGcm cipher;
    private final ServiceKey serviceKey;
    private final ImportedChallengeKeys imported;

    private Keyring(
            KeyScope scope, Map<KeyPurpose, SecretBytes> keys, SecureRandom random, ImportedChallengeKeys imported) {
        this.imported = imported;
        this.scope = scope;
        this.keys = keys;
        this.random = random;
        this.cipher = new AesGcm(random);
        this.serviceKey = new ServiceKey(key(keys, KeyPurpose.SERVICE_KEY_SEED));
    }

    /**
     * A new keyring with its records, which the caller makes durable before it acknowledges anything.
     *
     * @param wrapped one record for each purpose, wrapped under the root key
     */
    public record Generated(Keyring keyring, Map<KeyPurpose, byte[]> wrapped) {}

    /** Generates the keys of a new store. The caller keeps and closes {@code root}. */
    public static Generated generate(SecretBytes root, KeyScope scope, SecureRandom random) {
        Map<KeyPurpose, SecretBytes> keys = KeyWrapping.generate(random);
        Map<KeyPurpose, byte[]> wrapped = new KeyWrapping(root, scope).wrap(keys, random);
        return new Generated(new Keyring(scope, keys, random, ImportedChallengeKeys.NONE), wrapped);
    }

    /**
     * Opens the keys of an existing store. The caller keeps and closes {@code root}.
     *
     * @throws RootKeyRefused {@code ANOTHER_KEY} when the key-check record does not open under {@code root}
     * @throws TamperedRecord when it does and another record does not
     */
    public static Keyring unwrap(
            SecretBytes root, KeyScope scope, Map<KeyPurpose, byte[]> wrapped, SecureRandom random) {
        return new Keyring(scope, new KeyWrapping(root, scope).unwrap(wrapped), random, ImportedChallengeKeys.NONE);
    }

    /** Seals a value under a fresh data key. {@code plain} stays the caller's. */
    public Sealed seal(SecretBytes plain, AssociatedData associatedData) {
        byte[] dataKey = new byte[DATA_KEY_LENGTH];
        random.nextBytes(dataKey);
        byte[] wrapping = raw(KeyPurpose.DATA_KEY_WRAPPING);
        byte[] value = plain.copy(RawSecretAccess.to("seal at rest"));
        try {
            return new Sealed(
                    cipher.seal(wrapping, dataKey, associatedData.encode(scope, DATA_KEY)),
                    cipher.seal(dataKey, value, associatedData.encode(scope, VALUE)));
        } finally {
            wipe(dataKey, wrapping, value);
        }
    }

    /**
     * Opens a sealed value; the caller closes it.
     *
     * @throws TamperedRecord when it was not sealed by this keyring as exactly {@code associatedData}
     */
    public SecretBytes open(Sealed sealed, AssociatedData associatedData) {
        byte[] wrapping = raw(KeyPurpose.DATA_KEY_WRAPPING);
        byte[] dataKey = AesGcm.open(wrapping, sealed.wrappedKey(), associatedData.encode(scope, DATA_KEY))
                .filter(key -> key.length == DATA_KEY_LENGTH)
                .orElseThrow(() -> new TamperedRecord(associatedData.kind()));
        try {
            return AesGcm.open(dataKey, sealed.ciphertext(), associatedData.encode(scope, VALUE))
                    .map(SecretBytes::owning)
                    .orElseThrow(() -> new TamperedRecord(associatedData.kind()));
        } finally {
            wipe(wrapping, dataKey);
        }
    }

    /** The key the service is known by. */
    public ServiceKey serviceKey() {
        return serviceKey;
    }

    /** HMAC-SHA-256 (RFC 2104) of {@code data} under the key of {@code purpose}, 32 bytes. */
    public byte[] mac(MacPurpose purpose, byte[] data) {
        byte[] key = raw(purpose.key());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        } finally {
            wipe(key);
        }
    }

    /** The same keys, looking for imported challenge keys there first; closing either closes both. */
    public Keyring withImported(ImportedChallengeKeys others) {
        return new Keyring(scope, keys, random, others);
    }

    /**
     * The challenge key of a task: always the same one for the same task of the same hub and chain. An imported one comes
     * before the derived one.
     *
     * @throws TamperedRecord when the imported one was altered or moved
     */
    public TaskChallengeKey challengeKey(long chainId, Address hub, Bytes32 chainTaskId) {
        return imported.find(chainTaskId)
                .map(row -> new TaskChallengeKey(
                        open(row.key(), challengeRecord(chainTaskId, row.address())), row.address()))
                .orElseGet(() -> derivedChallengeKey(chainId, hub, chainTaskId));
    }

    /**
     * Seals a challenge key of another service for the table of imported ones. {@code privateKey} stays the caller's.
     *
     * @param privateKey 32 bytes big-endian
     * @return nothing when it is no private key of secp256k1
     */
    public Optional<ImportedChallengeKeys.Row> sealChallengeKey(Bytes32 chainTaskId, SecretBytes privateKey) {
        return ChallengeKeys.addressOf(privateKey)
                .map(address -> new ImportedChallengeKeys.Row(
                        address, seal(privateKey, challengeRecord(chainTaskId, address))));
    }

    private static AssociatedData challengeRecord(Bytes32 chainTaskId, Address address) {
        return new AssociatedData("challenge-key", address, address, chainTaskId.toString(), 1);
    }

    private TaskChallengeKey derivedChallengeKey(long chainId, Address hub, Bytes32 chainTaskId) {
        return new ChallengeKeys(key(keys, KeyPurpose.CHALLENGE_KEY_SEED)).derive(chainId, hub, chainTaskId);
    }

    /** Wipes all keys; later use fails. */
    @Override
    public void close() {
        keys.values().forEach(SecretBytes::close);
    }

    private byte[] raw(KeyPurpose purpose) {
        return key(keys, purpose).copy(RawSecretAccess.to("use the key for its purpose"));
    }

    private static SecretBytes key(Map<KeyPurpose, SecretBytes> keys, KeyPurpose purpose) {
        return Objects.requireNonNull(keys.get(purpose), "a keyring has a key for each purpose");
    }

    private static void wipe(byte[]... arrays) {
        for (byte[] array : arrays) {
            Arrays.fill(array, (byte) 0);
        }
    }
}
