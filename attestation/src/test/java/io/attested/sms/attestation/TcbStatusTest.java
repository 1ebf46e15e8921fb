package io.attested.sms.attestation;

import static io.attested.sms.attestation.TcbStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TcbStatusTest {
    @ParameterizedTest
    @CsvSource({
        "UP_TO_DATE, OUT_OF_DATE",
        "SW_HARDENING_NEEDED, OUT_OF_DATE",
        "CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "CONFIGURATION_AND_SW_HARDENING_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "TD_RELAUNCH_ADVISED, OUT_OF_DATE",
        "TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "OUT_OF_DATE, OUT_OF_DATE",
        "OUT_OF_DATE_CONFIGURATION_NEEDED, OUT_OF_DATE_CONFIGURATION_NEEDED",
        "REVOKED, REVOKED"
    })
    void convergesWithAnOutdatedComponent(TcbStatus platform, TcbStatus expected) {
        assertThat(platform.convergedWith(OUT_OF_DATE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aCurrentComponentChangesNothingAndARevokedOneEverything(TcbStatus platform) {
        assertThat(platform.convergedWith(UP_TO_DATE)).isEqualTo(platform);
        assertThat(platform.convergedWith(REVOKED)).isEqualTo(REVOKED);
        assertThat(TcbStatus.ofText(platform.text())).contains(platform);
    }

    @Test
    void noComponentHasAConfigurationStatus() {
        assertThatIllegalArgumentException().isThrownBy(() -> UP_TO_DATE.convergedWith(CONFIGURATION_NEEDED));
    }

    @Test
    void aStatusInAnotherCaseIsUnknown() {
        assertThat(TcbStatus.ofText("uptodate")).isEmpty();
        assertThat(TcbStatus.ofText("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyRelaunchStatusesResultFromAnEvaluationAlone(TcbStatus status) {
        assertThat(status.isPublished()).isEqualTo(!status.text().startsWith("TDRelaunchAdvised"));
    }
}
