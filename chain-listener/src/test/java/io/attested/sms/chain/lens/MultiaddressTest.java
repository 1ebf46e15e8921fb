package io.attested.sms.chain.lens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddressTest {
    private static final String MULTIHASH = "1220c3c4733ec8affd06cf9e9ff50ffc6bcd2ec85a6170004bb709669c31de94391a";

    @ParameterizedTest
    @CsvSource({
        "a50322" + MULTIHASH + ", /ipfs/QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
        "a503240170" + MULTIHASH + ", /ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
    })
    void textWhenBinaryThenThePath(String hex, String text) {
        assertThat(Multiaddress.text(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.test/data", "/ipfs/QmX", "registry.test/app:1", "", "é"})
    void textWhenTextThenAsWritten(String text) {
        assertThat(Multiaddress.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void textWhenAByteIsMissingOrTooManyThenNotAPath() {
        byte[] whole = HexFormat.of().parseHex("a50322" + MULTIHASH);
        for (int length = 0; length < whole.length; length++) {
            assertThat(Multiaddress.text(Arrays.copyOf(whole, length))).doesNotStartWith("/ipfs/");
        }
        assertThat(Multiaddress.text(Arrays.copyOf(whole, whole.length + 1))).doesNotStartWith("/ipfs/");
    }
}
