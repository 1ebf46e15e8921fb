package io.attested.sms.attestation.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.attestation.seal.EnvelopeSealer.InvalidKeyException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpkeX25519Test {
    /** RFC 9180 appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode. */
    private static final byte[] RECIPIENT_SECRET =
            hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");

    private static final byte[] RECIPIENT = hex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    private static final byte[] ENC = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
    private static final byte[] SHARED_SECRET = hex("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc");
    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] AAD = hex("436f756e742d30");
    private static final byte[] PLAINTEXT = hex("4265617574792069732074727574682c20747275746820626561757479");
    private static final byte[] CIPHERTEXT_AES_128 =
            hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a");

    private final HpkeX25519 sealer = new HpkeX25519();

    @Test
    void theRfcsCiphertextOpens() {
        EnvelopeOpener opener = HpkeX25519.openerOf(RECIPIENT_SECRET, RECIPIENT, HPKE.aead_AES_GCM128);
        assertThat(text(opener, new SealedBytes(ENC, CIPHERTEXT_AES_128), INFO, AAD))
                .isEqualTo(new String(PLAINTEXT, StandardCharsets.US_ASCII));
    }

    @Test
    void keyScheduleOfTheTestIsTheRfcs() throws Exception {
        assertThat(KeySchedule.key(SHARED_SECRET, INFO, 1, 16)).isEqualTo(hex("4531685d41d65f03dc48f6b8302c05b0"));
        assertThat(KeySchedule.baseNonce(SHARED_SECRET, INFO, 1)).isEqualTo(hex("56d890e5accaaf011cff4b7d"));
    }

    @Test
    void ciphertextOfAnIndependentAes256SealerOpens() throws Exception {
        // The RFC's encapsulated key and shared secret do not depend on the cipher; the rest is computed by the JDK.
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(KeySchedule.key(SHARED_SECRET, INFO, 2, 32), "AES"),
                new GCMParameterSpec(128, KeySchedule.baseNonce(SHARED_SECRET, INFO, 2)));
        cipher.updateAAD(AAD);
        SealedBytes sealed = new SealedBytes(ENC, cipher.doFinal(PLAINTEXT));
        EnvelopeOpener opener = HpkeX25519.openerOf(RECIPIENT_SECRET, RECIPIENT, HPKE.aead_AES_GCM256);
        assertThat(text(opener, sealed, INFO, AAD)).isEqualTo("Beauty is truth, truth beauty");
    }

    @Test
    void whatIsSealedOpensForItsRecipient() throws Exception {
        try (EnvelopeOpener opener = HpkeX25519.newOpener()) {
            SealedBytes sealed = seal(opener.publicKey(), "secret");
            assertThat(sealed.enc()).hasSize(32);
            assertThat(sealed.ciphertext()).hasSize("secret".length() + 16);
            assertThat(text(opener, sealed, INFO, AAD)).isEqualTo("secret");
        }
    }

    @Test
    void twoEnvelopesOfOneSecretDiffer() throws Exception {
        byte[] recipient = HpkeX25519.newOpener().publicKey();
        assertThat(seal(recipient, "secret").enc())
                .isNotEqualTo(seal(recipient, "secret").enc());
    }

    @Test
    void nothingElseOpens() throws Exception {
        EnvelopeOpener opener = HpkeX25519.newOpener();
        SealedBytes sealed = seal(opener.publicKey(), "secret");
        assertThat(HpkeX25519.newOpener().open(sealed, INFO, AAD)).isEmpty();
        assertThat(opener.open(sealed, AAD, AAD)).isEmpty();
        assertThat(opener.open(sealed, INFO, INFO)).isEmpty();
        assertThat(opener.open(new SealedBytes(flipped(sealed.enc()), sealed.ciphertext()), INFO, AAD))
                .isEmpty();
        assertThat(opener.open(new SealedBytes(sealed.enc(), flipped(sealed.ciphertext())), INFO, AAD))
                .isEmpty();
        assertThat(opener.open(new SealedBytes(new byte[31], sealed.ciphertext()), INFO, AAD))
                .isEmpty();
        assertThat(opener.open(new SealedBytes(new byte[32], sealed.ciphertext()), INFO, AAD))
                .isEmpty();
        assertThat(opener.open(new SealedBytes(sealed.enc(), new byte[0]), INFO, AAD))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void keyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> seal(new byte[length], "secret"))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(length + " bytes, expected 32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void keyOfLowOrderIsRefused(String key) {
        assertThatThrownBy(() -> seal(hex(key), "secret")).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void closedOpenerOpensNothing() throws Exception {
        EnvelopeOpener opener = HpkeX25519.newOpener();
        SealedBytes sealed = seal(opener.publicKey(), "secret");
        opener.close();
        assertThatIllegalStateException().isThrownBy(() -> opener.open(sealed, INFO, AAD));
    }

    private SealedBytes seal(byte[] recipient, String text) throws InvalidKeyException {
        return sealer.seal(recipient, INFO, AAD, SecretBytes.ofUtf8(text));
    }

    private static String text(EnvelopeOpener opener, SealedBytes sealed, byte[] info, byte[] aad) {
        return opener.open(sealed, info, aad).orElseThrow().text(RawSecretAccess.to("compare it in a test"));
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[copy.length / 2] ^= 8;
        return copy;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
