package io.attested.sms.attestation.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.attestation.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors were computed outside, by SHA-384 over bytes written by hand. */
class TdxLaunchTest {
    private static final byte[] CHECKSUM = filled(32, 0x11);
    private static final byte[] SERVICE_KEY = filled(32, 0x22);

    @Test
    void digestIsSha384OfLengthTypeLengthPayload() throws Exception {
        byte[] bytes = HexFormat.of().parseHex("07" + "736d732d617070" + "00000020" + "11".repeat(32));
        assertThat(LaunchEvent.app(CHECKSUM).digest().toByteArray())
                .isEqualTo(MessageDigest.getInstance("SHA-384").digest(bytes));
        assertThat(LaunchEvent.app(CHECKSUM).digest())
                .isEqualTo(
                        hex(
                                "88dac026aa2ca6869456f9895bdf2ac091a26b5ac54f9d4d68b80ea173f4cc6df122b05d619f399aa1925c11f2a89075"));
        assertThat(LaunchEvent.launch(SERVICE_KEY).digest())
                .isEqualTo(
                        hex(
                                "b950554574c027fbe973527d90507cb326d2b1fe4c911dc181a1f2a207d773df65e924b46ff193292edc692369926042"));
        assertThat(LaunchEvent.ready().digest())
                .isEqualTo(
                        hex(
                                "a28f957b2a90fd6ebe49448e1f627a72adbd670d0cbf4a800e9ccb9f399af53563d30997b127232964c30d34cd283a0c"));
    }

    @Test
    void registerIsExtendedByEachEventFromZeros() {
        List<LaunchEvent> events = TdxLaunch.events(CHECKSUM, SERVICE_KEY);
        assertThat(TdxLaunch.replay(List.of())).isEqualTo(ByteString.copyOf(new byte[48]));
        assertThat(TdxLaunch.replay(events.subList(0, 1)))
                .isEqualTo(
                        hex(
                                "2033605d12842293701d64a2eb9dc8c3f29ed23ca815c075aa7a2f1d489aea507298eb7d846229499a7c01fe709dbdfc"));
        assertThat(TdxLaunch.replay(events.subList(0, 2)))
                .isEqualTo(
                        hex(
                                "fc32fb3a3a089344b6bb9078774dba14f87b5efb11667805383fddf966ecf12c88c94e3805b55c6add32597bfee0dee4"));
        assertThat(TdxLaunch.ready(CHECKSUM, SERVICE_KEY))
                .isEqualTo(TdxLaunch.replay(events))
                .isEqualTo(
                        hex(
                                "7b3755dba52aa0a22fc2b0411f37ace7ab34804fc40ecc86dd9281a3dcc81363403dc8a0f0ff4fd4e4f421aaf89f9e5e"));
    }

    @Test
    void startedIsOneEventAfterReady() {
        assertThat(TdxLaunch.started(CHECKSUM, SERVICE_KEY))
                .isEqualTo(
                        hex(
                                "263e19437ced97dece20bfc45826e816f6417511a2aa39f0031220e4f9e4fac2b8146e902081dce35a8b6b7ae007c9c4"));
    }

    @Test
    void everyPartOfALaunchCounts() {
        ByteString right = TdxLaunch.ready(CHECKSUM, SERVICE_KEY);
        assertThat(TdxLaunch.ready(filled(32, 0x12), SERVICE_KEY)).isNotEqualTo(right);
        assertThat(TdxLaunch.ready(CHECKSUM, filled(32, 0x23))).isNotEqualTo(right);
        assertThat(TdxLaunch.replay(TdxLaunch.events(CHECKSUM, SERVICE_KEY).reversed()))
                .isNotEqualTo(right);
    }

    @Test
    void movingBytesBetweenTypeAndPayloadGivesAnotherEvent() {
        byte[] joined = new byte[33];
        joined[0] = 'p';
        System.arraycopy(CHECKSUM, 0, joined, 1, 32);
        assertThat(new LaunchEvent("sms-ap", ByteString.copyOf(joined)).digest())
                .isNotEqualTo(LaunchEvent.app(CHECKSUM).digest());
        assertThat(new LaunchEvent("sms-ready", ByteString.copyOf(new byte[1])).digest())
                .isNotEqualTo(LaunchEvent.ready().digest());
    }

    @Test
    void otherLengthsAndAZeroChecksumAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TdxLaunch.events(new byte[32], SERVICE_KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> TdxLaunch.events(filled(31, 1), SERVICE_KEY));
        assertThatIllegalArgumentException().isThrownBy(() -> TdxLaunch.events(CHECKSUM, filled(33, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TdxLaunch.extended(ByteString.copyOf(new byte[47]), LaunchEvent.ready()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sms app", "sms-äpp", "sms-app\0"})
    void typeIsPrintableAscii(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LaunchEvent(type, ByteString.copyOf(new byte[0])));
    }

    @Test
    void typeFitsItsLengthByte() {
        ByteString none = ByteString.copyOf(new byte[0]);
        assertThat(new LaunchEvent("x".repeat(255), none).digest().length()).isEqualTo(48);
        assertThatIllegalArgumentException().isThrownBy(() -> new LaunchEvent("x".repeat(256), none));
    }

    private static ByteString hex(String digits) {
        return ByteString.ofHex(digits);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
