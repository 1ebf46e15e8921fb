package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/** Whatever the bytes are, the readers answer, and what they accept is true and has one form. */
class ProofFuzzTest {
    /** The account that the seeds of {@link #answer} are about: two slots that are set, one that is not. */
    static final ProofRequest REQUEST =
            new ProofRequest(TestState.address(0), List.of(Word.of(3), Word.of(80), Word.of(1000)));

    private static final Bytes32 ROOT = TestState.standard().root();

    @FuzzTest(maxDuration = "5m")
    void rlp(byte[] input) {
        try {
            assertThat(RlpEncoder.encode(again(Rlp.read(input, 8)))).isEqualTo(input);
        } catch (Rlp.Malformed e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }

    /** The first byte is the length of the key, then come the key and the nodes, each behind a byte of length. */
    @FuzzTest(maxDuration = "5m")
    void trie(byte[] input) {
        List<byte[]> parts = parts(input);
        if (parts.size() < 2) {
            return;
        }
        List<byte[]> nodes = parts.subList(1, parts.size());
        Bytes32 root = Bytes32.of(Hash.sha3(nodes.getFirst()));
        switch (TrieProof.verify(root, parts.getFirst(), nodes)) {
            case TrieProof.Present(byte[] value) -> {
                assertThat(value).isNotEmpty();
                assertBroken(root, parts.getFirst(), nodes);
            }
            case TrieProof.Absent() -> assertBroken(root, parts.getFirst(), nodes);
            case TrieProof.Broken(String why) -> assertThat(why).isNotBlank();
        }
    }

    /** A node may send what it likes: under the right root it proves the truth or nothing. */
    @FuzzTest(maxDuration = "5m")
    void answer(byte[] json) {
        try {
            AccountState state = new StateProof(ROOT).verify(REQUEST, ProofAnswer.read(json));
            assertThat(state.codeHash()).contains(TestState.CODE_HASH);
            assertThat(state.word(Word.of(3))).isEqualTo(Word.of(TestState.standardValue(3)));
            assertThat(state.word(Word.of(80))).isEqualTo(Word.of(TestState.standardValue(80)));
            assertThat(state.word(Word.of(1000))).isEqualTo(Word.of(BigInteger.ZERO));
        } catch (Unproven e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    /** What proves something proves nothing with one node more, or with its root altered. */
    private static void assertBroken(Bytes32 root, byte[] key, List<byte[]> nodes) {
        List<byte[]> more = new ArrayList<>(nodes);
        more.add(new byte[] {(byte) 0xff});
        assertThat(TrieProof.verify(root, key, more)).isInstanceOf(TrieProof.Broken.class);
        assertThat(TrieProof.verify(Word.plus(root, 1), key, nodes)).isInstanceOf(TrieProof.Broken.class);
    }

    private static RlpType again(Rlp.Item item) {
        return switch (item) {
            case Rlp.Text(byte[] value) -> RlpString.create(value);
            case Rlp.Sequence list ->
                new RlpList(list.items().stream().map(ProofFuzzTest::again).toList());
        };
    }

    private static List<byte[]> parts(byte[] input) {
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        while (at < input.length) {
            int end = Math.min(input.length, at + 1 + Byte.toUnsignedInt(input[at]));
            parts.add(Arrays.copyOfRange(input, at + 1, end));
            at = end;
        }
        return parts;
    }
}
