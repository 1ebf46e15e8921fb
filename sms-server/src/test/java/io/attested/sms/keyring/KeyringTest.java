package io.attested.sms.keyring;

import static io.attested.sms.operate.store.TestStore.address;
import static io.attested.sms.operate.store.TestStore.bytes32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.RawSecretAccess;
import io.attested.sms.attestation.seal.SealedBytes;
import io.attested.sms.attestation.seal.SecretBytes;
import io.attested.sms.attestation.seal.ServiceSignature;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyringTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretBytes ROOT = ServiceSignature.newSeed(RANDOM);
    private static final KeyScope SCOPE = new KeyScope("dev", 65535, address(0xb0b));
    private static final AssociatedData PLACE = new AssociatedData("account-secret", address(1), address(2), "name", 3);

    private final Keyring.Generated generated = Keyring.generate(ROOT, SCOPE, RANDOM);
    private final Keyring keyring = generated.keyring();

    static Stream<AssociatedData> otherPlaces() {
        return Stream.of(
                new AssociatedData("dataset-key", address(1), address(2), "name", 3),
                new AssociatedData("account-secret", address(9), address(2), "name", 3),
                new AssociatedData("account-secret", address(1), address(9), "name", 3),
                new AssociatedData("account-secret", address(2), address(1), "name", 3),
                new AssociatedData("account-secret", address(1), address(2), "other", 3),
                new AssociatedData("account-secret", address(1), address(2), "name", 4),
                new AssociatedData("account-secre", address(1), address(2), "name", 3));
    }

    static Stream<KeyScope> otherScopes() {
        return Stream.of(
                new KeyScope("production", 65535, address(0xb0b)),
                new KeyScope("dev", 134, address(0xb0b)),
                new KeyScope("dev", 65535, address(0xb0c)));
    }

    @Test
    void openWhenTheSamePlaceThenTheValue() {
        Sealed sealed = keyring.seal(SecretBytes.ofUtf8("value"), PLACE);
        assertThat(keyring.open(sealed, PLACE)).isEqualTo(SecretBytes.ofUtf8("value"));
        assertThat(sealed.ciphertext()).hasSize(12 + 5 + 16);
    }

    @Test
    void sealWhenTheSameValueTwiceThenNothingRepeats() {
        Sealed first = keyring.seal(SecretBytes.ofUtf8("value"), PLACE);
        Sealed second = keyring.seal(SecretBytes.ofUtf8("value"), PLACE);
        assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
        assertThat(first.wrappedKey()).isNotEqualTo(second.wrappedKey());
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void openWhenAnotherPlaceThenTampered(AssociatedData other) {
        Sealed sealed = keyring.seal(SecretBytes.ofUtf8("value"), PLACE);
        assertThatThrownBy(() -> keyring.open(sealed, other)).isInstanceOf(TamperedRecord.class);
    }

    @Test
    void openWhenAnyBitIsFlippedThenTampered() {
        Sealed sealed = keyring.seal(SecretBytes.ofUtf8("v"), PLACE);
        for (int bit = 0; bit < sealed.ciphertext().length * 8; bit++) {
            Sealed altered = new Sealed(sealed.wrappedKey(), flipped(sealed.ciphertext(), bit));
            assertThatThrownBy(() -> keyring.open(altered, PLACE)).isInstanceOf(TamperedRecord.class);
        }
        for (int bit = 0; bit < sealed.wrappedKey().length * 8; bit++) {
            Sealed altered = new Sealed(flipped(sealed.wrappedKey(), bit), sealed.ciphertext());
            assertThatThrownBy(() -> keyring.open(altered, PLACE)).isInstanceOf(TamperedRecord.class);
        }
        assertThatThrownBy(() -> keyring.open(new Sealed(new byte[0], new byte[27]), PLACE))
                .isInstanceOf(TamperedRecord.class);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] altered = bytes.clone();
        altered[bit / 8] ^= (byte) (1 << (bit % 8));
        return altered;
    }

    @Test
    void openWhenTheDataKeyIsAnotherRecordsThenTampered() {
        Sealed one = keyring.seal(SecretBytes.ofUtf8("one"), PLACE);
        Sealed two = keyring.seal(SecretBytes.ofUtf8("two"), PLACE);
        assertThatThrownBy(() -> keyring.open(new Sealed(one.wrappedKey(), two.ciphertext()), PLACE))
                .isInstanceOf(TamperedRecord.class);
    }

    @Test
    void unwrapWhenTheSameRootThenTheSameKeys() {
        Keyring again = Keyring.unwrap(ROOT, SCOPE, generated.wrapped(), RANDOM);
        Sealed sealed = keyring.seal(SecretBytes.ofUtf8("value"), PLACE);
        assertThat(again.open(sealed, PLACE)).isEqualTo(SecretBytes.ofUtf8("value"));
        assertThat(again.serviceKey().publicKey())
                .isEqualTo(keyring.serviceKey().publicKey());
        assertThat(again.mac(MacPurpose.PUSH_REPLAY, new byte[] {1}))
                .isEqualTo(keyring.mac(MacPurpose.PUSH_REPLAY, new byte[] {1}));
    }

    @Test
    void unwrapWhenAnotherRootThenAnotherKey() {
        SecretBytes other = ServiceSignature.newSeed(RANDOM);
        assertThatThrownBy(() -> Keyring.unwrap(other, SCOPE, generated.wrapped(), RANDOM))
                .isInstanceOfSatisfying(
                        RootKeyRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RootKeyRefused.Reason.ANOTHER_KEY));
    }

    @ParameterizedTest
    @MethodSource("otherScopes")
    void unwrapWhenAnotherRealmChainOrHubThenRefused(KeyScope other) {
        assertThatThrownBy(() -> Keyring.unwrap(ROOT, other, generated.wrapped(), RANDOM))
                .isInstanceOf(RootKeyRefused.class);
    }

    @ParameterizedTest
    @EnumSource(value = KeyPurpose.class, mode = EnumSource.Mode.EXCLUDE, names = "KEY_CHECK")
    void unwrapWhenARecordIsMissingOrAnotherPurposesThenTampered(KeyPurpose purpose) {
        Map<KeyPurpose, byte[]> missing = new EnumMap<>(generated.wrapped());
        missing.remove(purpose);
        Map<KeyPurpose, byte[]> swapped = new EnumMap<>(generated.wrapped());
        swapped.put(purpose, Objects.requireNonNull(generated.wrapped().get(KeyPurpose.KEY_CHECK)));
        assertThatThrownBy(() -> Keyring.unwrap(ROOT, SCOPE, missing, RANDOM)).isInstanceOf(TamperedRecord.class);
        assertThatThrownBy(() -> Keyring.unwrap(ROOT, SCOPE, swapped, RANDOM)).isInstanceOf(TamperedRecord.class);
    }

    @Test
    void serviceKeySignsForWhoKnowsItsPublicKey() throws Exception {
        ServiceKey key = keyring.serviceKey();
        SealedBytes envelope = new SealedBytes(new byte[32], new byte[40]);
        byte[] signature = key.signEnvelope(new byte[] {7}, envelope);
        assertThat(ServiceSignature.verifiesEnvelope(key.publicKey().bytes(), new byte[] {7}, envelope, signature))
                .isTrue();
        assertThat(key.verifies("a/1", new byte[] {1}, key.sign("a/1", new byte[] {1})))
                .isTrue();
        assertThat(key.verifies("b/1", new byte[] {1}, key.sign("a/1", new byte[] {1})))
                .isFalse();
        assertThat(key.serviceId().bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(key.publicKey().bytes()));
    }

    @Test
    void macDependsOnPurposeAndData() {
        byte[] data = "data".getBytes(StandardCharsets.US_ASCII);
        assertThat(keyring.mac(MacPurpose.CHALLENGE_TOKEN, data))
                .hasSize(32)
                .isEqualTo(keyring.mac(MacPurpose.CHALLENGE_TOKEN, data))
                .isNotEqualTo(keyring.mac(MacPurpose.PUSH_REPLAY, data))
                .isNotEqualTo(keyring.mac(MacPurpose.CHALLENGE_TOKEN, new byte[4]));
    }

    /** The expected values come from an independent computation of HKDF, secp256k1 and Keccak-256. */
    @Test
    void challengeKeyIsTheSpecifiedDerivation() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        Bytes32 task = Bytes32.parse("0x" + "11".repeat(32));
        TaskChallengeKey key = new ChallengeKeys(SecretBytes.owning(seed)).derive(65535, address(0xb0b), task);
        assertThat(HexFormat.of().formatHex(key.privateKey().copy(RawSecretAccess.to("compare in a test"))))
                .isEqualTo("b83619f58171604cc354e8894528f5f0d285047bb0bf2610fc91186aff68e4a5");
        assertThat(key.address()).hasToString("0x96c877cc9313850ef1bd84e88ad1c446eed2a69c");
    }

    @Test
    void challengeKeyDependsOnChainHubAndTask() {
        TaskChallengeKey key = keyring.challengeKey(1, address(1), bytes32(1));
        assertThat(keyring.challengeKey(1, address(1), bytes32(1))).isEqualTo(key);
        assertThat(keyring.challengeKey(2, address(1), bytes32(1))).isNotEqualTo(key);
        assertThat(keyring.challengeKey(1, address(2), bytes32(1))).isNotEqualTo(key);
        assertThat(keyring.challengeKey(1, address(1), bytes32(2))).isNotEqualTo(key);
        Keyring other = Keyring.generate(ROOT, SCOPE, RANDOM).keyring();
        assertThat(other.challengeKey(1, address(1), bytes32(1))).isNotEqualTo(key);
    }

    @Test
    void privateKeysLieBetweenOneAndTheOrderMinusOne() {
        BigInteger order = CustomNamedCurves.getByName("secp256k1").getN();
        assertThat(ChallengeKeys.isPrivateKey(new byte[32], order)).isFalse();
        assertThat(ChallengeKeys.isPrivateKey(new byte[] {1}, order)).isTrue();
        assertThat(ChallengeKeys.isPrivateKey(order.subtract(BigInteger.ONE).toByteArray(), order))
                .isTrue();
        assertThat(ChallengeKeys.isPrivateKey(order.toByteArray(), order)).isFalse();
        assertThat(ChallengeKeys.isPrivateKey(order.add(BigInteger.ONE).toByteArray(), order))
                .isFalse();
    }

    @Test
    void afterCloseNothingCanBeUsed() {
        keyring.close();
        assertThatThrownBy(() -> keyring.seal(SecretBytes.ofUtf8("v"), PLACE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keyring.serviceKey().sign("a/1", new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingPrintsAKey() {
        Sealed sealed = keyring.seal(SecretBytes.ofUtf8("v"), PLACE);
        assertThat(sealed).hasToString("Sealed[29 bytes]");
        assertThat(keyring.challengeKey(1, address(1), bytes32(1)).toString()).contains("redacted");
    }
}
