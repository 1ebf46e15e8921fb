package io.attested.sms.attestation.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes are, the parser answers, and what it parsed survives being written. */
class CollateralFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void parse(byte[] json) {
        switch (Collateral.parse(json)) {
            case CollateralParsing.Malformed malformed ->
                assertThat(malformed.rejection().detail()).isNotBlank();
            case CollateralParsing.Parsed parsed -> {
                byte[] written = parsed.collateral().toJson();
                // A number of characters may need more bytes when written with escapes.
                if (written.length <= Collateral.MAX_JSON_LENGTH) {
                    assertThat(Collateral.parse(written)).isEqualTo(parsed);
                }
            }
        }
    }
}
