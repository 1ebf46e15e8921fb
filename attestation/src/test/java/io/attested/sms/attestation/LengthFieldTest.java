package io.attested.sms.attestation;

import static io.attested.sms.attestation.Fixtures.DOMAIN;
import static io.attested.sms.attestation.Fixtures.ENCLAVE;
import static io.attested.sms.attestation.Fixtures.INTEL;
import static io.attested.sms.attestation.Fixtures.NOW;
import static io.attested.sms.attestation.Fixtures.REPORT_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.Verdict.Rejected;
import io.attested.sms.attestation.Verdict.Verified;
import io.attested.sms.attestation.collateral.Collateral;
import io.attested.sms.attestation.simulated.QuoteDraft;
import io.attested.sms.attestation.simulated.QuoteForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each length field of each layout at the ends of its range and of Java's: refused as malformed, next to nothing copied. */
class LengthFieldTest {
    private static final int REPORT = 384;
    private static final int TDX_1_0 = 584;
    private static final int TDX_1_5 = 648;
    private static final int SIGNATURE = 64;
    private static final byte[] AUTHENTICATION = {1, 2, 3, 4};

    private static final Collateral SGX_COLLATERAL = INTEL.collateral();
    private static final Collateral TDX_COLLATERAL = INTEL.tdxCollateral();

    private final QuoteVerifier verifier = new QuoteVerifier(INTEL.trustRoot());

    /**
     * One length in one layout.
     *
     * @param octets 2 or 4
     */
    record Field(QuoteForm form, String name, int offset, int octets) {
        @Override
        public String toString() {
            return form + " " + name;
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void theEndsOfTheRangeAreRefused(Field field) {
        byte[] quote = quote(field.form);
        assertThat(verifier.verify(quote, collateral(field.form), NOW)).isInstanceOf(Verified.class);
        long right = read(quote, field);
        for (long length : lengths(field, right)) {
            byte[] changed = quote.clone();
            write(changed, field, length);
            Allocation<Verdict> verdict = Allocation.of(() -> verifier.verify(changed, collateral(field.form), NOW));
            assertThat(verdict.answer())
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.reason())
                                    .as("length %d: %s", length, rejected.detail())
                                    .isEqualTo(RejectionReason.MALFORMED_QUOTE));
            assertThat(verdict.bytes()).as("length %d", length).isLessThan(256 * 1024);
        }
    }

    private static List<Long> lengths(Field field, long right) {
        List<Long> lengths = field.octets == 2
                ? new ArrayList<>(List.of(0L, 0x7fffL, 0x8000L, 0xffffL))
                : new ArrayList<>(List.of(0L, 0x7fff_ffffL, 0x8000_0000L, 0x8000_0001L, 0xffff_ffffL));
        lengths.addAll(List.of(right - 1, right + 1));
        return lengths;
    }

    static Stream<Field> fields() {
        return Arrays.stream(QuoteForm.values()).flatMap(LengthFieldTest::fields);
    }

    private static Stream<Field> fields(QuoteForm form) {
        List<Field> fields = new ArrayList<>();
        int report = form.reportOffset();
        if (report != 48) {
            fields.add(new Field(form, "size of the body", 50, 4));
        }
        int position = report + reportLength(form);
        fields.add(new Field(form, "length of the signature data", position, 4));
        position += 4 + 2 * SIGNATURE;
        if (form != QuoteForm.SGX_V3) {
            fields.add(new Field(form, "length of the wrapper", position + 2, 4));
            position += 2 + 4;
        }
        position += REPORT + SIGNATURE;
        fields.add(new Field(form, "length of the authentication data", position, 2));
        position += 2 + AUTHENTICATION.length + 2;
        fields.add(new Field(form, "length of the certification data", position, 4));
        return fields.stream();
    }

    private static int reportLength(QuoteForm form) {
        return switch (form) {
            case SGX_V3, SGX_V4, SGX_V5 -> REPORT;
            case TDX_V4, TDX_V5_1_0 -> TDX_1_0;
            case TDX_V5_1_5 -> TDX_1_5;
        };
    }

    private static boolean isSgx(QuoteForm form) {
        return reportLength(form) == REPORT;
    }

    private static byte[] quote(QuoteForm form) {
        QuoteDraft draft = isSgx(form)
                ? ENCLAVE.draft(form, REPORT_DATA)
                : DOMAIN.withForm(form).draft(REPORT_DATA);
        return draft.authenticationData(AUTHENTICATION).sign();
    }

    private static Collateral collateral(QuoteForm form) {
        return isSgx(form) ? SGX_COLLATERAL : TDX_COLLATERAL;
    }

    private static long read(byte[] quote, Field field) {
        ByteBuffer bytes = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
        return field.octets == 2
                ? Short.toUnsignedLong(bytes.getShort(field.offset))
                : Integer.toUnsignedLong(bytes.getInt(field.offset));
    }

    private static void write(byte[] quote, Field field, long length) {
        ByteBuffer bytes = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
        if (field.octets == 2) {
            bytes.putShort(field.offset, (short) length);
        } else {
            bytes.putInt(field.offset, (int) length);
        }
    }
}
