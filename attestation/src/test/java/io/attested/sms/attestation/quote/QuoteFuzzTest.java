package io.attested.sms.attestation.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whatever the bytes are, the parser answers, and what it parsed is all of the bytes. */
class QuoteFuzzTest {
    private static final int QE_REPORT_CERTIFICATION = 6;

    @FuzzTest(maxDuration = "10m")
    void parse(byte[] bytes) {
        switch (Quote.parse(bytes)) {
            case QuoteParsing.Malformed malformed ->
                assertThat(malformed.rejection().detail()).isNotBlank();
            case QuoteParsing.Parsed parsed -> {
                byte[] written = written(parsed.quote());
                assertThat(written.length + parsed.quote().trailingBytes()).isEqualTo(bytes.length);
                assertThat(written).isEqualTo(Arrays.copyOf(bytes, written.length));
            }
        }
    }

    private static byte[] written(Quote quote) {
        QuoteSignature signature = quote.signature();
        byte[] certified = certified(signature);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(signature.signature().toByteArray());
        data.writeBytes(signature.attestationKey().toByteArray());
        if (quote.header().version() > 3) {
            data.writeBytes(u16(QE_REPORT_CERTIFICATION));
            data.writeBytes(u32(certified.length));
        }
        data.writeBytes(certified);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(quote.signedBytes().toByteArray());
        whole.writeBytes(u32(data.size()));
        whole.writeBytes(data.toByteArray());
        return whole.toByteArray();
    }

    /** QE report and what follows it, which versions 4 and 5 wrap. */
    private static byte[] certified(QuoteSignature signature) {
        ByteArrayOutputStream certified = new ByteArrayOutputStream();
        certified.writeBytes(signature.qeReport().raw().toByteArray());
        certified.writeBytes(signature.qeReportSignature().toByteArray());
        certified.writeBytes(u16(signature.qeAuthenticationData().length()));
        certified.writeBytes(signature.qeAuthenticationData().toByteArray());
        certified.writeBytes(u16(signature.certification().type()));
        certified.writeBytes(u32(signature.certification().data().length()));
        certified.writeBytes(signature.certification().data().toByteArray());
        return certified.toByteArray();
    }

    private static byte[] u16(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
