package io.attested.sms.release.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.http.InputFault;

/** Bodies of the native API: whatever arrives is a request or an {@link InputFault}. */
class NativeRequestsFuzzTest {
    @FuzzTest
    void ask(byte[] body) {
        try {
            assertThat(NativeRequests.ask(body).ask().deadline().getEpochSecond())
                    .isNotNegative();
        } catch (InputFault fault) {
            assertThat(fault.getMessage()).isNotBlank();
        }
    }

    @FuzzTest
    void redeem(byte[] body) {
        try {
            assertThat(NativeRequests.redeem(body).quote()).isNotNull();
        } catch (InputFault fault) {
            assertThat(fault.getMessage()).isNotBlank();
        }
    }
}
