package io.attested.sms.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures of the iExec contract, section 2.6, each with the neighbours that must fail. */
class SignerRecoveryTest {
    private static final Address OWNER = Address.parse("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
    private static final Address POOL = Address.parse("0x1563915e194D8CfBA1943570603F7606A3115508");
    private static final Address ENCLAVE = Address.parse("0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB");
    private static final Bytes32 TASK = Bytes32.parse("0x" + "aa".repeat(32));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> signatures() {
        return Stream.of(
                Arguments.of(
                        "web2",
                        OWNER,
                        IexecDigests.namedSecret(OWNER, "iexec-result-dropbox-token", utf8("my-token"))
                                .bytes(),
                        "0xb0aaddb8c4e41b75c963de3e2d4a74cee028467cdba324a7423f0ef1e11e40e0",
                        "0x3fe5f60e569a92fa4454480e1549240bc1feeb64e7f996e4415b87750700ab190895ff14c07b765af1e19b1ee5f45044ef6d605f1802b6f512b321429c2e70d81c"),
                Arguments.of(
                        "requester",
                        OWNER,
                        IexecDigests.namedSecret(OWNER, "my-secret", utf8("hello é"))
                                .bytes(),
                        "0x15fd52a5eca91d90d129d30e25c44f230406fdaef3f9e7a3169bd16b8b4ad9cb",
                        "0x24a43f3ef52c417ef9ffcc40ae24c2be5d3ef813396a6957b0330049b3d0d94351b5e3ba29966df07100575f8e02e1cd9d76ed3e9ce9b6fbf27b8c9c01d9ed6d1c"),
                Arguments.of(
                        "web3",
                        OWNER,
                        IexecDigests.datasetKey(
                                        Address.parse("0x52908400098527886E0F7030069857D2E4169EE7"),
                                        utf8("dGVzdC1kYXRhc2V0LWtleQ=="))
                                .bytes(),
                        "0xf2c7965f9cdeeb6c326fb111a4edaa7799eca75709be824272004df75191952d",
                        "0x17ad9bc7283600c14e03b4112694ea5224c290c7c8cfaa8830c67380bec4e70b0d5928f1ab5b0fcdcbea76ea8688de86ea36b5a938a2ed89e857c7a10e286ac11b"),
                Arguments.of(
                        "app developer",
                        OWNER,
                        IexecDigests.namedSecret(
                                        Address.parse("0x8617E340B3D01FA5F11F306F4090FD50E238070D"),
                                        "1",
                                        utf8("app-secret"))
                                .bytes(),
                        "0x5d4439b910970e0f995acc34ac0041b0a7bd84e3d20a48542e800e027456cb87",
                        "0x4f11f25724eb03061cd8acb4114dae4d12f20e29f957c84d5691a752ddcc307c3e713cd1ea82e2974a90b806605c8fcb7adb1c661065483c7ec85c20a4bcb9ff1c"),
                Arguments.of(
                        "challenge request",
                        POOL,
                        IexecDigests.authorization(new byte[0], TASK, new byte[0]),
                        "0x20ee8f1366f06926e9e8771d8fb9007a8537c8dfdb6a3f8c2cfd64db19d2ec90",
                        "0x0d4f06d134804401aa920fc49eb36d9c9ced1e1366c3c713a881a562e78cffe10e436d76db6baf65236e859b7772452e4ec5d3f6524d4e43159b9c579332c6a11b"),
                Arguments.of(
                        "authorisation by the pool",
                        POOL,
                        IexecDigests.authorization(OWNER.bytes(), TASK, ENCLAVE.bytes()),
                        "0x3d5ea3b226951dc0b2a2d49ac2ebb161b81087c2d846a1fef15de286ee59bbd9",
                        "0x96db1689a71b655b3b2b5b71a6c5a30e208c36b5bb27709b96a3c479b1f91eb440add6e2cc7b3078e582da7c0486ab00fd2f8676d3a976c6d0f9db0631324aca1c"),
                Arguments.of(
                        "authorisation by the worker",
                        OWNER,
                        IexecDigests.authorization(OWNER.bytes(), TASK, ENCLAVE.bytes()),
                        "0x3d5ea3b226951dc0b2a2d49ac2ebb161b81087c2d846a1fef15de286ee59bbd9",
                        "0x524eb08f0803548b7d1567986677dca7cc8c4531e6ab6b281acccd1d5edcd89975b727acd31660dff25f0fc0bc8d826a5742be7af1255425266e26b5a4075d4a1c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void recoversWhoSigned(String name, Address signer, byte[] digest, String expectedDigest, String signature) {
        assertThat(Bytes32.of(digest)).hasToString(expectedDigest);
        assertThat(isSigned(signer, digest, signature)).isTrue();
        assertThat(isSigned(signer, digest, signature.substring(2)))
                .as("without 0x")
                .isTrue();
        assertThat(isSigned(signer, digest, highTwin(signature)))
                .as("the high-s twin")
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void refusesWhatIsNoSignatureOfThisWallet(
            String name, Address signer, byte[] digest, String expectedDigest, String signature) {
        byte[] otherDigest = digest.clone();
        otherDigest[0] ^= 1;
        assertThat(isSigned(signer, otherDigest, signature))
                .as("another digest")
                .isFalse();
        assertThat(isSigned(ENCLAVE, digest, signature)).as("another wallet").isFalse();
        assertThat(isSigned(Address.ZERO, digest, signature))
                .as("the zero address")
                .isFalse();
        assertThat(isSigned(signer, digest, flipV(signature))).as("the other v").isFalse();
        assertThat(isSigned(signer, digest, "")).as("nothing").isFalse();
        assertThat(isSigned(signer, digest, signature + "00"))
                .as("one byte more")
                .isFalse();
        assertThat(isSigned(signer, digest, signature.substring(0, 130)))
                .as("one byte less")
                .isFalse();
        assertThat(isSigned(signer, digest, signature.replace('0', 'g')))
                .as("no hex")
                .isFalse();
        String body = signature.substring(2, 130);
        assertThat(isSigned(signer, digest, "00".repeat(32) + body.substring(64) + "1b"))
                .as("r is zero")
                .isFalse();
        assertThat(isSigned(signer, digest, body.substring(0, 64) + "00".repeat(32) + "1b"))
                .as("s is zero")
                .isFalse();
        assertThat(isSigned(signer, digest, body.substring(0, 64) + "ff".repeat(32) + "1b"))
                .as("s over n")
                .isFalse();
        for (String v : new String[] {"00", "01", "1d", "1f", "22", "ff"}) {
            assertThat(isSigned(signer, digest, body + v)).as("v " + v).isFalse();
        }
    }

    @Test
    void twoSpellingsOfOneSignatureAreOneValue() {
        String signature = (String) signatures().findFirst().orElseThrow().get()[4];

        assertThat(WalletSignature.parse(highTwin(signature))).isEqualTo(WalletSignature.parse(signature));
    }

    private static boolean isSigned(Address signer, byte[] digest, String signature) {
        Optional<WalletSignature> parsed = WalletSignature.parse(signature);
        return SignerRecovery.isSignedBy(signer, IexecDigests.personalMessage(digest), parsed);
    }

    private static String flipV(String signature) {
        return signature.substring(0, 130) + (signature.endsWith("1b") ? "1c" : "1b");
    }

    private static String highTwin(String signature) {
        var s = new java.math.BigInteger(signature.substring(66, 130), 16);
        String high = String.format("%064x", WalletSignature.CURVE.getN().subtract(s));
        return signature.substring(0, 66) + high + (signature.endsWith("1b") ? "1c" : "1b");
    }
}
