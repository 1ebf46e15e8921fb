package io.attested.sms.attestation.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

class ServiceSignatureTest {
    /** RFC 8032 section 7.1, test 2. */
    private static final String RFC_SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String RFC_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String RFC_SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private final SecretBytes seed = SecretBytes.owning(hex(RFC_SEED));
    private final byte[] key = ServiceSignature.publicKey(seed);
    private final byte[] quote = {1, 2, 3};
    private final SealedBytes sealed = new SealedBytes(new byte[32], new byte[] {4, 5});

    @Test
    void publicKeyIsTheRfcs() {
        assertThat(key).isEqualTo(hex(RFC_KEY));
    }

    @Test
    void theRfcsSignatureIsThatOfTheLibrary() {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(hex(RFC_SEED), 0));
        signer.update((byte) 0x72);
        assertThat(signer.generateSignature()).isEqualTo(hex(RFC_SIGNATURE));
    }

    @Test
    void signatureIsPlainEd25519OverDomainZeroAndStatement() {
        byte[] statement = {7, 8};
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(hex(RFC_SEED), 0));
        byte[] message = "sms-log/1\0\u0007\u0008".getBytes(StandardCharsets.US_ASCII);
        signer.update(message, 0, message.length);
        assertThat(ServiceSignature.sign(seed, "sms-log/1", statement)).isEqualTo(signer.generateSignature());
    }

    @Test
    void envelopeSignatureHoldsForItsQuoteEnvelopeAndKeyOnly() {
        byte[] signature = ServiceSignature.signEnvelope(seed, quote, sealed);
        assertThat(signature).hasSize(ServiceSignature.LENGTH);
        assertThat(ServiceSignature.verifiesEnvelope(key, quote, sealed, signature))
                .isTrue();

        assertThat(ServiceSignature.verifiesEnvelope(key, new byte[] {1, 2, 4}, sealed, signature))
                .isFalse();
        assertThat(ServiceSignature.verifiesEnvelope(
                        key, quote, new SealedBytes(new byte[32], new byte[] {4, 6}), signature))
                .isFalse();
        byte[] otherKey = ServiceSignature.publicKey(ServiceSignature.newSeed(new SecureRandom()));
        assertThat(ServiceSignature.verifiesEnvelope(otherKey, quote, sealed, signature))
                .isFalse();
        byte[] statement = ServiceSignature.envelopeStatement(quote, sealed);
        assertThat(ServiceSignature.verifies(key, "sms-envelope/2", statement, signature))
                .isFalse();
    }

    @Test
    void malformedKeysAndSignaturesDoNotHold() {
        byte[] signature = ServiceSignature.signEnvelope(seed, quote, sealed);
        assertThat(ServiceSignature.verifiesEnvelope(new byte[31], quote, sealed, signature))
                .isFalse();
        assertThat(ServiceSignature.verifiesEnvelope(hex("ff".repeat(32)), quote, sealed, signature))
                .isFalse();
        assertThat(ServiceSignature.verifiesEnvelope(key, quote, sealed, new byte[64]))
                .isFalse();
        assertThat(ServiceSignature.verifiesEnvelope(key, quote, sealed, new byte[63]))
                .isFalse();
        assertThat(ServiceSignature.verifiesEnvelope(key, quote, sealed, hex("ff".repeat(64))))
                .isFalse();
    }

    @Test
    void keyOfSmallOrderVerifiesNothing() {
        byte[] neutral = hex("01" + "00".repeat(31));
        byte[] forged = hex("01" + "00".repeat(63));
        assertThat(ServiceSignature.verifiesEnvelope(neutral, quote, sealed, forged))
                .isFalse();
    }

    @Test
    void wipedSeedSignsNothing() {
        seed.close();
        assertThatThrownBy(() -> ServiceSignature.signEnvelope(seed, quote, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
