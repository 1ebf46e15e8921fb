package io.attested.sms.attestation.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.attestation.simulated.SimulatedKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link P256} must do. */
abstract class P256Contract {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** RFC 6979 appendix A.2.5, P-256 with SHA-256, message "sample". */
    private static final ByteString KEY =
            ByteString.ofHex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");

    private static final ByteString SIGNATURE =
            ByteString.ofHex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                    + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    private static final ByteString MESSAGE = ByteString.copyOf("sample".getBytes(StandardCharsets.US_ASCII));

    private final P256 p256;

    P256Contract(P256 p256) {
        this.p256 = p256;
    }

    @Test
    void theRfcsSignatureHolds() {
        assertThat(p256.verifies(KEY, MESSAGE, SIGNATURE)).isTrue();
    }

    @Test
    void anotherMessageKeyOrSignatureDoesNot() {
        ByteString other =
                ByteString.copyOf(SimulatedKey.derive(new byte[32], "other").publicKey());
        assertThat(p256.verifies(KEY, ByteString.ofHex("00"), SIGNATURE)).isFalse();
        assertThat(p256.verifies(other, MESSAGE, SIGNATURE)).isFalse();
        assertThat(p256.verifies(KEY, MESSAGE, flipped(SIGNATURE, 40))).isFalse();
    }

    @Test
    void numbersOutsideTheOrderFail() {
        String r = SIGNATURE.hex().substring(0, 64);
        String s = SIGNATURE.hex().substring(64);
        String zero = "00".repeat(32);
        String order = ORDER.toString(16);
        for (String signature : new String[] {zero + zero, r + zero, zero + s, order + s, r + order, order + order}) {
            assertThat(p256.verifies(KEY, MESSAGE, ByteString.ofHex(signature)))
                    .as(signature)
                    .isFalse();
        }
    }

    @Test
    void keysThatAreNoPointsFail() {
        assertThat(p256.verifies(flipped(KEY, 63), MESSAGE, SIGNATURE)).isFalse();
        assertThat(p256.verifies(ByteString.copyOf(new byte[64]), MESSAGE, SIGNATURE))
                .isFalse();
        assertThat(p256.verifies(ByteString.ofHex("ff".repeat(64)), MESSAGE, SIGNATURE))
                .isFalse();
    }

    @Test
    void otherLengthsFail() {
        assertThat(p256.verifies(KEY.slice(0, 63), MESSAGE, SIGNATURE)).isFalse();
        assertThat(p256.verifies(KEY, MESSAGE, SIGNATURE.slice(0, 63))).isFalse();
    }

    /** Thousands of damaged inputs: an answer each, always false, never an exception. */
    @Test
    void damagedInputsNeverHold() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            ByteString noise = ByteString.copyOf(bytes);
            assertThat(p256.verifies(noise, MESSAGE, SIGNATURE)).isFalse();
            assertThat(p256.verifies(KEY, MESSAGE, noise)).isFalse();
            assertThat(p256.verifies(KEY, noise, SIGNATURE)).isFalse();
        }
    }

    @Test
    void everyBitOfKeyAndSignatureCounts() {
        for (int bit = 0; bit < 512; bit++) {
            assertThat(p256.verifies(bitFlipped(KEY, bit), MESSAGE, SIGNATURE)).isFalse();
            assertThat(p256.verifies(KEY, MESSAGE, bitFlipped(SIGNATURE, bit))).isFalse();
        }
    }

    /** Both s and n-s are signatures (ECDSA is malleable); an adapter that refuses one would refuse real quotes. */
    @Test
    void theOtherSHoldsToo() {
        BigInteger s = new BigInteger(SIGNATURE.slice(32, 32).hex(), 16);
        String other = SIGNATURE.slice(0, 32).hex() + String.format("%064x", ORDER.subtract(s));
        assertThat(p256.verifies(KEY, MESSAGE, ByteString.ofHex(other))).isTrue();
    }

    @Test
    void anEmptyMessageIsAMessage() {
        SimulatedKey key = SimulatedKey.derive(new byte[32], "empty");
        ByteString signature = ByteString.copyOf(key.sign(new byte[0]));
        ByteString publicKey = ByteString.copyOf(key.publicKey());
        assertThat(p256.verifies(publicKey, ByteString.copyOf(new byte[0]), signature))
                .isTrue();
        assertThat(p256.verifies(publicKey, MESSAGE, signature)).isFalse();
    }

    @Test
    void threadsDoNotDisturbOneAnother() {
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .allMatch(i -> p256.verifies(KEY, MESSAGE, SIGNATURE)
                                && !p256.verifies(KEY, MESSAGE, bitFlipped(SIGNATURE, i % 512))))
                .isTrue();
    }

    @Test
    void itSaysWhoComputes() {
        assertThat(p256.provider()).isNotBlank();
    }

    private static ByteString bitFlipped(ByteString bytes, int bit) {
        byte[] copy = bytes.toByteArray();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return ByteString.copyOf(copy);
    }

    private static ByteString flipped(ByteString bytes, int index) {
        byte[] copy = HexFormat.of().parseHex(bytes.hex());
        copy[index] ^= 1;
        return ByteString.copyOf(copy);
    }
}
