package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Hash;

/** Accounts and storage in states built here, where a forger may write what no chain would. */
class StateProofTest {
    private static final Address ACCOUNT = TestState.address(0);
    private static final byte[] NOTHING = new byte[0];

    @Test
    void everySlotOfAnAccountHasItsValueAndAnyOtherIsZero() throws Unproven {
        TestState state = TestState.standard();
        for (int slot = 0; slot < 100; slot++) {
            AccountState account = verify(state, ACCOUNT, Word.of(slot));
            assertThat(account.codeHash()).contains(TestState.CODE_HASH);
            assertThat(account.word(Word.of(slot)))
                    .isEqualTo(Word.of(slot < 90 ? TestState.standardValue(slot) : BigInteger.ZERO));
        }
    }

    @Test
    void theSeedOfTheFuzzTestIsStillAGoodAnswer() throws IOException, Unproven {
        try (InputStream seed = StateProofTest.class.getResourceAsStream("ProofFuzzTestInputs/answer/good")) {
            assertThat(seed).as("run ProofSeedCorpus").isNotNull();
            AccountState account = new StateProof(TestState.standard().root())
                    .verify(ProofFuzzTest.REQUEST, ProofAnswer.read(seed.readAllBytes()));
            assertThat(account.word(Word.of(3))).isEqualTo(Word.of(TestState.standardValue(3)));
        }
    }

    @Test
    void anAccountWithoutStorageAndNoAccountAtAllHoldNothing() throws Unproven {
        TestState state = TestState.standard();

        AccountState plain = verify(state, TestState.address(5), Word.of(0));
        AccountState absent = verify(state, TestState.address(500), Word.of(0));

        assertThat(plain.codeHash()).contains(TestState.CODE_HASH);
        assertThat(plain.word(Word.of(0)).isZero()).isTrue();
        assertThat(absent.codeHash()).isEmpty();
        assertThat(absent.word(Word.of(0)).isZero()).isTrue();
        assertThatThrownBy(() -> absent.word(Word.of(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStorageOfOneAccountIsNotThatOfAnother() {
        TestState state = TestState.standard();
        ProofRequest request = new ProofRequest(TestState.address(5), List.of(Word.of(3)));
        String own = new String(state.answer(request), StandardCharsets.UTF_8);
        String others =
                new String(state.answer(new ProofRequest(ACCOUNT, List.of(Word.of(3)))), StandardCharsets.UTF_8);
        String mixed = own.substring(0, own.indexOf("\"storageProof\""))
                + others.substring(others.indexOf("\"storageProof\""));

        assertThatThrownBy(() -> new StateProof(state.root())
                        .verify(request, ProofAnswer.read(mixed.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Unproven.class)
                .hasMessageEndingWith("nodes of a trie that is empty");
    }

    @Test
    void aWordOf32BytesAndAZeroThatWasKeptAreRead() throws Unproven {
        Bytes32 full = Bytes32.parse("0x" + "ff".repeat(32));

        assertThat(stored("a0" + "ff".repeat(32))).isEqualTo(full);
        assertThat(stored("80")).isEqualTo(Bytes32.ZERO);
        assertThat(stored("01")).isEqualTo(Word.of(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // zero as a byte
                "820001", // a leading zero
                "a101" + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // 33 bytes
                "c101", // a list
                "8101", // not canonical
                "0101" // two values
            })
    void aWordInAnyOtherFormIsRefused(String value) {
        assertThatThrownBy(() -> stored(value)).isInstanceOf(Unproven.class);
    }

    @ParameterizedTest
    @CsvSource({
        "01, the account does not have four members",
        "c20101, the account does not have four members",
        "f8440080ROOTCODE, a number is not in its shortest form or too long",
        "f84680820001ROOTCODE, a number is not in its shortest form or too long",
        "f84d8901020304050607080980ROOTCODE, a number is not in its shortest form or too long",
        "f84480c0ROOTCODE, RLP lists nest too deep",
        "f84380809f000000000000000000000000000000000000000000000000000000000000ffCODE, "
                + "a hash of the account does not have 32 bytes",
        "f8438080ROOT9f000000000000000000000000000000000000000000000000000000000000ff, "
                + "a hash of the account does not have 32 bytes",
        "f8458080ROOTCODE80, the account does not have four members",
        "f8448080ROOTCODE80, bytes after the RLP value",
        "f8438080ROOTCODE, an RLP length runs past the end"
    })
    void anAccountInAnyOtherFormIsRefused(String account, String why) {
        String rlp = account.replace("ROOT", "a0" + TrieProof.EMPTY_ROOT.value().substring(2))
                .replace("CODE", "a0" + TestState.CODE_HASH.value().substring(2));
        TestState state = new TestState()
                .put(ACCOUNT, TrieBuilder.likeGeth(), HexFormat.of().parseHex(rlp));

        assertThatThrownBy(() -> verify(state, ACCOUNT, Word.of(0)))
                .isInstanceOf(Unproven.class)
                .hasMessage(why);
    }

    @Test
    void theSameAccountInTheRightFormIsAccepted() throws Unproven {
        String rlp = "f8448080a0" + TrieProof.EMPTY_ROOT.value().substring(2) + "a0"
                + TestState.CODE_HASH.value().substring(2);
        TestState state = new TestState()
                .put(ACCOUNT, TrieBuilder.likeGeth(), HexFormat.of().parseHex(rlp));

        assertThat(verify(state, ACCOUNT, Word.of(0)).codeHash()).contains(TestState.CODE_HASH);
    }

    private static Bytes32 stored(String rlp) throws Unproven {
        TrieBuilder storage = TrieBuilder.likeGeth()
                .put(Hash.sha3(Word.of(7).bytes()), HexFormat.of().parseHex(rlp));
        return verify(new TestState().put(ACCOUNT, storage, NOTHING, NOTHING), ACCOUNT, Word.of(7))
                .word(Word.of(7));
    }

    private static AccountState verify(TestState state, Address account, Bytes32 slot) throws Unproven {
        ProofRequest request = new ProofRequest(account, List.of(slot));
        return new StateProof(state.root()).verify(request, ProofAnswer.read(state.answer(request)));
    }
}
