package io.attested.sms.worker.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.ethereum.TestWallets;
import io.attested.sms.worker.ethereum.Wallet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against headers that the published iExec SDK sent. */
class SecretTargetTest {
    private static final Wallet OWNER = TestWallets.of("11");

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(
                        new SecretTarget.OfAccount(OWNER.address(), "iexec-result-dropbox-token"),
                        "my-token",
                        "0xb0aaddb8c4e41b75c963de3e2d4a74cee028467cdba324a7423f0ef1e11e40e0",
                        "0x3fe5f60e569a92fa4454480e1549240bc1feeb64e7f996e4415b87750700ab190895ff14c07b765af1e19b1ee5f45044"
                                + "ef6d605f1802b6f512b321429c2e70d81c"),
                Arguments.of(
                        new SecretTarget.OfRequester(OWNER.address(), "my-secret"),
                        "hello \u00e9",
                        "0x15fd52a5eca91d90d129d30e25c44f230406fdaef3f9e7a3169bd16b8b4ad9cb",
                        "0x24a43f3ef52c417ef9ffcc40ae24c2be5d3ef813396a6957b0330049b3d0d94351b5e3ba29966df07100575f8e02e1cd"
                                + "9d76ed3e9ce9b6fbf27b8c9c01d9ed6d1c"),
                Arguments.of(
                        new SecretTarget.OfDataset(address("0x52908400098527886E0F7030069857D2E4169EE7")),
                        "dGVzdC1kYXRhc2V0LWtleQ==",
                        "0xf2c7965f9cdeeb6c326fb111a4edaa7799eca75709be824272004df75191952d",
                        "0x17ad9bc7283600c14e03b4112694ea5224c290c7c8cfaa8830c67380bec4e70b0d5928f1ab5b0fcdcbea76ea8688de86"
                                + "ea36b5a938a2ed89e857c7a10e286ac11b"),
                Arguments.of(
                        new SecretTarget.OfApp(address("0x8617E340B3D01FA5F11F306F4090FD50E238070D")),
                        "app-secret",
                        "0x5d4439b910970e0f995acc34ac0041b0a7bd84e3d20a48542e800e027456cb87",
                        "0x4f11f25724eb03061cd8acb4114dae4d12f20e29f957c84d5691a752ddcc307c3e713cd1ea82e2974a90b806605c8fcb"
                                + "7adb1c661065483c7ec85c20a4bcb9ff1c"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void challengeAndSignatureAreThoseOfTheSdk(SecretTarget target, String value, String challenge, String signature) {
        assertThat(target.challenge(value.getBytes(UTF_8))).hasToString(challenge);
        assertThat(OWNER.signMessage(target.challenge(value.getBytes(UTF_8)))).hasToString(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "\u00e9", "a\n"})
    void requesterSecretWhenTheNameIsOutsideTheAlphabetThenRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretTarget.OfRequester(OWNER.address(), name));
    }

    private static EthereumAddress address(String text) {
        return EthereumAddress.parse(text).orElseThrow();
    }
}
