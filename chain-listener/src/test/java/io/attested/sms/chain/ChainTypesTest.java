package io.attested.sms.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.attested.sms.contracts.Lenses;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTypesTest {
    private static final String LOWER = "0x52908400098527886e0f7030069857d2e4169ee7";

    @Test
    void parseWhenCaseDiffersThenTheSameAddress() {
        assertThat(Address.parse("0x52908400098527886E0F7030069857D2E4169EE7")).isEqualTo(Address.parse(LOWER));
        assertThat(Address.parse(LOWER)).hasToString(LOWER);
        assertThat(Address.of(Address.parse(LOWER).bytes())).isEqualTo(Address.parse(LOWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x27b1fdb04752bbc536007a920d24acb045561c26",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
            })
    void checksummedWhenAddressIsOfEip55ThenItsForm(String checksummed) {
        assertThat(Address.parse(checksummed).checksummed()).isEqualTo(checksummed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "52908400098527886e0f7030069857d2e4169ee7",
                "0X52908400098527886e0f7030069857d2e4169ee7",
                "0x52908400098527886e0f7030069857d2e4169ee",
                "0x52908400098527886e0f7030069857d2e4169ee77",
                "0x52908400098527886e0f7030069857d2e4169eeg",
                " 0x52908400098527886e0f7030069857d2e4169ee",
                "0x٥2908400098527886e0f7030069857d2e4169ee7"
            })
    void parseWhenTextIsNotAnAddressThenRefusedWithoutRepeatingIt(String text) {
        assertThat(Address.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessage("expected an address: 0x and 40 hexadecimal digits");
    }

    @Test
    void constructorWhenTextIsNotCanonicalThenRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("0x52908400098527886E0F7030069857D2E4169EE7"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bytes32("0x" + "AA".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of(new byte[21]));
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes32.of(new byte[31]));
    }

    @Test
    void isZeroOnlyForZero() {
        assertThat(Address.ZERO.isZero()).isTrue();
        assertThat(Address.parse(LOWER).isZero()).isFalse();
        assertThat(Bytes32.parse("0x" + "0".repeat(63) + "1").isZero()).isFalse();
    }

    @Test
    void registeredBytesKeepsEveryByteAndItsOwnCopy() {
        byte[] bytes = {(byte) 0xff, 0x00};
        RegisteredBytes registered = RegisteredBytes.of(bytes);
        bytes[0] = 1;

        assertThat(registered.bytes()).containsExactly(0xff, 0x00);
        assertThat(registered.text()).isEmpty();
        assertThat(registered).isEqualTo(RegisteredBytes.of(new byte[] {(byte) 0xff, 0x00}));
        assertThat(RegisteredBytes.ofText("é").text()).contains("é");
        assertThat(RegisteredBytes.of(new byte[0]).isEmpty()).isTrue();
    }

    @Test
    void settingsWhenAValueIsOutOfRangeThenRefusedWithoutTheUrl() {
        ChainSettings good = ChainSettings.of(URI.create("http://user:pw@127.0.0.1:1"), 1, Address.parse(LOWER));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChainSettings.of(URI.create("ws://user:pw@host"), 1, Address.parse(LOWER)))
                .withMessageNotContaining("pw");
        assertThatIllegalArgumentException().isThrownBy(() -> ChainSettings.of(good.node(), 0, good.hub()));
        assertThatIllegalArgumentException().isThrownBy(() -> ChainSettings.of(good.node(), 1, Address.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withDepth(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withDepth(ChainSettings.MAX_DEPTH + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withMaxAnswerBytes(1023));
        assertThat(good.withDepth(ChainSettings.MAX_DEPTH).depth()).isEqualTo(ChainSettings.MAX_DEPTH);
    }

    @Test
    void statusOfCodeWhenPocoHasNoSuchStatusThenEmpty() {
        assertThat(TaskStatus.ofCode(3)).contains(TaskStatus.COMPLETED);
        assertThat(TaskStatus.ofCode(5)).isEmpty();
        assertThat(TaskStatus.ofCode(-1)).isEmpty();
    }

    @Test
    void provenanceWhenSettledByDepthOrTagThenSaysHowDeep() {
        BlockRef settled = new BlockRef(90, Bytes32.ZERO, Instant.EPOCH);
        BlockRef head = new BlockRef(122, Bytes32.ZERO, Instant.EPOCH);
        SettlementRule finalized = new SettlementRule.Tag(SettlementRule.Name.FINALIZED);

        assertThat(Provenance.ofOneNode(new SettlementRule.Depth(12), settled, head)
                        .depth())
                .isEqualTo(12);
        assertThat(Provenance.ofOneNode(finalized, settled, head).depth()).isEqualTo(32);
        assertThat(finalized.text()).isEqualTo("finalized");
        assertThat(new SettlementRule.Depth(12).text()).isEqualTo("depth 12");
    }

    @Test
    void longestSignatureWhenAskedOfAWalletThenThatOfTheLens() {
        assertThat(WalletLookup.LONGEST_SIGNATURE).isEqualTo(Lenses.LONGEST_SIGNATURE);
    }
}
