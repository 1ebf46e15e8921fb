package io.attested.sms.attestation.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whatever the bytes are, the parser answers, and what it parsed is all of the bytes. */
class QuoteFuzzTest {
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
        ByteBuffer data = ByteBuffer.allocate(Quote.MAX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        data.put(signature.signature().toByteArray());
        data.put(signature.attestationKey().toByteArray());
        data.put(signature.qeReport().raw().toByteArray());
        data.put(signature.qeReportSignature().toByteArray());
        data.putShort((short) signature.qeAuthenticationData().length());
        data.put(signature.qeAuthenticationData().toByteArray());
        data.putShort((short) signature.certification().type());
        data.putInt(signature.certification().data().length());
        data.put(signature.certification().data().toByteArray());
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.position());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(quote.signedBytes().toByteArray());
        whole.writeBytes(length.array());
        whole.write(data.array(), 0, data.position());
        return whole.toByteArray();
    }
}
