package io.attested.sms.attestation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes are, the parser answers, and what it parsed survives being written. */
class PolicyFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void parse(byte[] json) {
        switch (EvidencePolicy.parse(json)) {
            case PolicyParsing.Malformed malformed ->
                assertThat(malformed.detail()).isNotBlank();
            case PolicyParsing.Parsed parsed -> {
                byte[] written = parsed.policy().toJson();
                // What stood there in few bytes may need more when it is written out.
                if (written.length <= EvidencePolicy.MAX_JSON_LENGTH) {
                    assertThat(EvidencePolicy.parse(written)).isEqualTo(parsed);
                }
            }
        }
    }
}
