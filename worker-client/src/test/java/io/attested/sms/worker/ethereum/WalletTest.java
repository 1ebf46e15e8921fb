package io.attested.sms.worker.ethereum;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.attestation.seal.SecretBytes;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against signatures made with ethers 6 for the same keys. */
class WalletTest {
    private static final Bytes32 MESSAGE =
            new Bytes32("0x20ee8f1366f06926e9e8771d8fb9007a8537c8dfdb6a3f8c2cfd64db19d2ec90");

    @ParameterizedTest
    @CsvSource({
        "11,0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a",
        "22,0x1563915e194d8cfba1943570603f7606a3115508",
        "33,0x5cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb"
    })
    void addressIsThatOfThePrivateKey(String octet, String address) {
        assertThat(TestWallets.of(octet).address()).hasToString(address);
    }

    @Test
    void signMessageGivesTheBytesOfEthers() {
        assertThat(TestWallets.of("22").signMessage(MESSAGE))
                .hasToString("0x0d4f06d134804401aa920fc49eb36d9c9ced1e1366c3c713a881a562e78cffe1"
                        + "0e436d76db6baf65236e859b7772452e4ec5d3f6524d4e43159b9c579332c6a11b");
    }

    @Test
    void signAskGivesTheBytesOfEthers() {
        Wallet wallet = TestWallets.of("11");
        Ask ask = new Ask(
                new Bytes32("0x" + "aa".repeat(32)),
                Ask.APP_STAGE,
                wallet.address(),
                new EthereumAddress("0x5cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb"),
                1_795_000_000L);
        AskDomain domain = new AskDomain(
                65535,
                new EthereumAddress("0x3eca1b216a7df1c7689aeb259ffb83adfb894e7f"),
                new Bytes32("0xbb391415c05e39d77ca17381d3be3f7d0cd5e5332e5a579311adaa0aa62106e9"));
        assertThat(ask.digest(domain))
                .hasToString("0x21967edcaba9bcee7cd6bca6e83649d40c7e5ea6b44a4032cd4bf97353a5674a");
        assertThat(wallet.signAsk(ask, domain))
                .hasToString(
                        "0x61fdfcffaa45b09d3d3cd5befe39cab7e79e73057ae4d17fe1b0fe46e0e50e7f45b8856a90e6f3beb3602a13c1af4a89e1e7b1c4c340195685ba297d009bbd291c");
    }

    @Test
    void signerOfRecoversTheSigner() {
        Wallet wallet = TestWallets.of("33");
        EthereumSignature signature = wallet.signMessage(MESSAGE);
        assertThat(signature.signerOf(Wallet.messageDigest(MESSAGE))).contains(wallet.address());
    }

    @Test
    void signerOfWhenTheDigestDiffersThenSomebodyElse() {
        Wallet wallet = TestWallets.of("33");
        EthereumSignature signature = wallet.signMessage(MESSAGE);
        assertThat(signature.signerOf(MESSAGE)).isPresent().get().isNotEqualTo(wallet.address());
    }

    @Test
    void signerOfWhenSIsHighThenNothing() {
        byte[] bytes = TestWallets.of("33").signMessage(MESSAGE).bytes();
        BigInteger s = new BigInteger(1, java.util.Arrays.copyOfRange(bytes, 32, 64));
        System.arraycopy(Secp256k1.scalar(Secp256k1.ORDER.subtract(s)), 0, bytes, 32, 32);
        bytes[64] = (byte) (bytes[64] == 27 ? 28 : 27);
        assertThat(signature(bytes).signerOf(Wallet.messageDigest(MESSAGE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 26, 29, 255})
    void signerOfWhenVIsNeither27Nor28ThenNothing(int v) {
        byte[] bytes = TestWallets.of("33").signMessage(MESSAGE).bytes();
        bytes[64] = (byte) v;
        assertThat(signature(bytes).signerOf(Wallet.messageDigest(MESSAGE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "ff"})
    void signerOfWhenROrSIsOutOfRangeThenNothing(String octet) {
        String filler = octet.repeat(32);
        String good = "11".repeat(32);
        assertThat(new EthereumSignature("0x" + filler + good + "1b").signerOf(MESSAGE))
                .isEmpty();
        assertThat(new EthereumSignature("0x" + good + filler + "1b").signerOf(MESSAGE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "11",
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
                "zz11111111111111111111111111111111111111111111111111111111111111",
                "111111111111111111111111111111111111111111111111111111111111111111"
            })
    void parseWhenItIsNoPrivateKeyThenNothing(String text) {
        assertThat(Wallet.parse(SecretBytes.ofUtf8(text))).isEmpty();
    }

    @Test
    void parseIgnoresSurroundingWhiteSpaceAndPrefix() {
        assertThat(Wallet.parse(SecretBytes.ofUtf8("  0x" + "11".repeat(32) + "\n")))
                .map(Wallet::address)
                .contains(TestWallets.of("11").address());
    }

    @Test
    void toStringShowsTheAddressOnly() {
        assertThat(TestWallets.of("11")).hasToString("Wallet[0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a]");
    }

    private static EthereumSignature signature(byte[] bytes) {
        return new EthereumSignature("0x" + HexFormat.of().formatHex(bytes));
    }
}
