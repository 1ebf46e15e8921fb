package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static io.attested.sms.attestation.Fixtures.filled;
import static io.attested.sms.attestation.Fixtures.remembering;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No byte of a quote is ignored, and no length is believed. */
class MutatedQuoteTest {
    private static final int SIGNATURE_LENGTH = 432;
    private static final int AUTHENTICATION_LENGTH = 436 + 64 + 64 + 384 + 64;

    private final QuoteVerifier verifier = remembering(INTEL.trustRoot());
    private final Collateral collateral = INTEL.collateral();
    private final byte[] quote =
            ENCLAVE.draft(REPORT_DATA).authenticationData(new byte[4]).sign();

    @BeforeEach
    void theWholeQuoteIsVerified() {
        assertThat(verifier.verify(quote, collateral, NOW)).isInstanceOf(Verified.class);
    }

    @Test
    void aFlippedBitAtAnyOffsetIsRefused() {
        assertThat(IntStream.range(0, quote.length).parallel().filter(offset -> {
                    byte[] mutated = quote.clone();
                    mutated[offset] ^= (byte) (1 << offset % 8);
                    return verifier.verify(mutated, collateral, NOW) instanceof Verified;
                }))
                .isEmpty();
    }

    @Test
    void everyBitOfHeaderLengthsAndCertificationHeadIsRefused() {
        List<Integer> offsets = new ArrayList<>();
        for (int offset = 0; offset < 48; offset++) {
            offsets.add(offset);
        }
        for (int i = 0; i < 4; i++) {
            offsets.add(SIGNATURE_LENGTH + i);
        }
        for (int i = 0; i < 2 + 4 + 2 + 4; i++) {
            offsets.add(AUTHENTICATION_LENGTH + i);
        }
        for (int offset : offsets) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] mutated = quote.clone();
                mutated[offset] ^= (byte) (1 << bit);
                assertThat(verifier.verify(mutated, collateral, NOW))
                        .as("bit %d of byte %d", bit, offset)
                        .isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void noTruncationIsAccepted() {
        for (int length = 0; length < quote.length; length += length < 1100 ? 1 : 97) {
            byte[] cut = Arrays.copyOf(quote, length);
            assertThat(verifier.verify(cut, collateral, NOW))
                    .as("%d bytes", length)
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void noOtherLengthIsAccepted() {
        Random random = new Random(1);
        byte[] padded = Arrays.copyOf(quote, quote.length + 100);
        assertThat(verifier.verify(padded, collateral, NOW)).isInstanceOf(Verified.class);
        for (int round = 0; round < 2000; round++) {
            byte[] mutated = padded.clone();
            ByteBuffer fields = ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN);
            switch (round % 3) {
                case 0 -> fields.putInt(SIGNATURE_LENGTH, other(random, fields.getInt(SIGNATURE_LENGTH)));
                case 1 ->
                    fields.putShort(
                            AUTHENTICATION_LENGTH, (short) other(random, fields.getShort(AUTHENTICATION_LENGTH)));
                default ->
                    fields.putInt(AUTHENTICATION_LENGTH + 8, other(random, fields.getInt(AUTHENTICATION_LENGTH + 8)));
            }
            assertThat(verifier.verify(mutated, collateral, NOW))
                    .as("round %d", round)
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(6000)];
            random.nextBytes(bytes);
            assertThat(verifier.verify(bytes, collateral, NOW)).isInstanceOf(Rejected.class);
        }
        assertThat(verifier.verify(filled(64 * 1024, 0xff), collateral, NOW)).isInstanceOf(Rejected.class);
    }

    /** Another value than {@code length}, near it or anywhere. */
    private static int other(Random random, int length) {
        int value = random.nextBoolean() ? length + random.nextInt(201) - 100 : random.nextInt();
        return (value & 0xffff) == (length & 0xffff) ? length + 1 : value;
    }
}
