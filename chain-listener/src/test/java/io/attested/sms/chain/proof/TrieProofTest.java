package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.crypto.Hash;

class TrieProofTest {
    private static final int ROUNDS = 400;

    private final Random random = new Random(20260101);

    @Test
    void rootOfTheBuilderIsThatOfTheEthereumTestSuite() {
        TrieBuilder trie = TrieBuilder.likeGeth()
                .put(ascii("do"), ascii("verb"))
                .put(ascii("dog"), ascii("puppy"))
                .put(ascii("doge"), ascii("coin"))
                .put(ascii("horse"), ascii("stallion"));

        assertThat(trie.root()).hasToString("0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84");
        assertThat(value(trie, ascii("dog"))).isEqualTo(ascii("puppy"));
        assertThat(verify(trie, ascii("cat"))).isInstanceOf(TrieProof.Absent.class);
    }

    @Test
    void everyKeyOfARandomTrieIsProvenAndEveryOtherIsProvenAbsent() {
        for (int round = 0; round < ROUNDS; round++) {
            Set<String> keys = new TreeSet<>();
            TrieBuilder trie = randomTrie(keys);
            for (String key : keys) {
                assertThat(verify(trie, HexFormat.of().parseHex(key)))
                        .isInstanceOfSatisfying(
                                TrieProof.Present.class,
                                present -> assertThat(present.value()).isEqualTo(valueOf(key)));
            }
            for (int i = 0; i < 10; i++) {
                byte[] other = randomKey();
                if (!keys.contains(HexFormat.of().formatHex(other))) {
                    assertThat(verify(trie, other)).isInstanceOf(TrieProof.Absent.class);
                }
            }
        }
    }

    @Test
    void aProofWithANodeMoreOrLessOrInAnotherOrderIsBroken() {
        for (int round = 0; round < ROUNDS; round++) {
            TrieBuilder trie = randomTrie(new TreeSet<>());
            byte[] key = randomKey();
            List<byte[]> proof = trie.proof(key);
            for (int i = 0; i < proof.size(); i++) {
                List<byte[]> fewer = new ArrayList<>(proof);
                byte[] removed = fewer.remove(i);
                if (removed.length >= 32 || i == 0) {
                    assertBroken(trie, key, fewer);
                }
                List<byte[]> more = new ArrayList<>(proof);
                more.add(i, removed);
                assertBroken(trie, key, more);
                List<byte[]> surplus = new ArrayList<>(proof);
                surplus.add(removed);
                assertBroken(trie, key, surplus);
            }
            if (proof.size() > 1) {
                assertBroken(trie, key, proof.reversed());
            }
        }
    }

    @Test
    void aProofWithAnyByteAlteredIsBroken() {
        for (int round = 0; round < 60; round++) {
            TrieBuilder trie = randomTrie(new TreeSet<>());
            byte[] key = randomKey();
            List<byte[]> proof = trie.proof(key);
            for (int node = 0; node < proof.size(); node++) {
                for (int at = 0; at < proof.get(node).length; at++) {
                    byte[] altered = proof.get(node).clone();
                    altered[at] ^= (byte) (1 << random.nextInt(8));
                    List<byte[]> other = new ArrayList<>(proof);
                    other.set(node, altered);
                    assertBroken(trie, key, other);
                }
            }
        }
    }

    @Test
    void aProofOfOneKeyProvesNoOther() {
        TrieBuilder trie = TrieBuilder.likeGeth();
        for (int i = 0; i < 64; i++) {
            trie.put(Hash.sha3(new byte[] {(byte) i}), new byte[] {1});
        }
        List<byte[]> proof = trie.proof(Hash.sha3(new byte[] {7}));
        for (int i = 0; i < 64; i++) {
            TrieProof.Outcome outcome = TrieProof.verify(trie.root(), Hash.sha3(new byte[] {(byte) i}), proof);
            assertThat(outcome).isInstanceOf(i == 7 ? TrieProof.Present.class : TrieProof.Broken.class);
        }
    }

    @Test
    void aNodeShorterThan32BytesBehindItsHashIsBroken() {
        byte[] leaf = HexFormat.of().parseHex("c22001");
        byte[] branch =
                HexFormat.of().parseHex("f1a0" + HexFormat.of().formatHex(Hash.sha3(leaf)) + "80".repeat(15) + "01");

        TrieProof.Outcome outcome =
                TrieProof.verify(Bytes32.of(Hash.sha3(branch)), new byte[] {0x00}, List.of(branch, leaf));

        assertThat(outcome).isEqualTo(new TrieProof.Broken("a node shorter than 32 bytes is referred to by its hash"));
    }

    @Test
    void anExtensionThatLeadsToALeafIsBroken() {
        byte[] extension = HexFormat.of().parseHex("c411c22001");

        assertThat(TrieProof.verify(Bytes32.of(Hash.sha3(extension)), new byte[] {0x10}, List.of(extension)))
                .isEqualTo(new TrieProof.Broken("an extension leads to a node that is no branch"));
    }

    @Test
    void theEmptyTrieHoldsNothingAndItsProofHasNoNodes() {
        byte[] key = new byte[32];

        assertThat(TrieProof.verify(TrieProof.EMPTY_ROOT, key, List.of())).isInstanceOf(TrieProof.Absent.class);
        assertThat(TrieProof.verify(TrieProof.EMPTY_ROOT, key, List.of(new byte[] {(byte) 0x80})))
                .isInstanceOf(TrieProof.Absent.class);
        assertThat(TrieProof.verify(TrieProof.EMPTY_ROOT, key, List.of(new byte[] {(byte) 0xc0})))
                .isInstanceOf(TrieProof.Broken.class);
        assertThat(TrieProof.verify(Bytes32.ZERO, key, List.of())).isInstanceOf(TrieProof.Broken.class);
    }

    /** Roots under which a forger controls the one node: it has the right hash and still must be a node. */
    @ParameterizedTest
    @CsvSource({
        "83616263, a node is not an RLP list",
        "c0, a node has neither 2 nor 17 members",
        "c3010203, a node has neither 2 nor 17 members",
        "c22001ff, bytes after the RLP value",
        "c28001, a node's path is empty",
        "c24001, a node's path has a flag or padding that is not canonical",
        "c22101, a node's path has a flag or padding that is not canonical",
        "c22080, a leaf or extension holds nothing",
        "c220c0, a node holds a list where bytes are due",
        "c20001, an extension has an empty path",
        "d180808080808080808080808080808080" + "80, a branch has fewer than two members",
        "d1018080808080808080808080808080" + "80c0, a node holds a list where bytes are due",
        "c21101, " + "a reference is neither a hash nor a node shorter than 32 bytes",
        "e311a1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, "
                + "a reference is neither a hash nor a node shorter than 32 bytes",
        "e211e08080808080808080808080808080808080808080808080808080808080808080, "
                + "a reference is neither a hash nor a node shorter than 32 bytes",
        "d10380808080808080808080808080808001, " + "a reference is neither a hash nor a node shorter than 32 bytes"
    })
    void aNodeThatIsNotCanonicalIsBrokenEvenWithTheRightHash(String node, String why) {
        byte[] encoded = HexFormat.of().parseHex(node);

        TrieProof.Outcome outcome =
                TrieProof.verify(Bytes32.of(Hash.sha3(encoded)), new byte[] {0x10}, List.of(encoded));

        assertThat(outcome).isEqualTo(new TrieProof.Broken(why));
    }

    private TrieBuilder randomTrie(Set<String> keys) {
        TrieBuilder trie = random.nextBoolean() ? TrieBuilder.likeGeth() : TrieBuilder.likeReth();
        int size = 1 + random.nextInt(20);
        for (int i = 0; i < size; i++) {
            byte[] key = randomKey();
            String name = HexFormat.of().formatHex(key);
            keys.add(name);
            trie.put(key, valueOf(name));
        }
        return trie;
    }

    /** Few digits, so that keys share paths, end within others and leave tiny nodes. */
    private byte[] randomKey() {
        byte[] key = new byte[1 + random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(3) << 4 | random.nextInt(3));
        }
        return key;
    }

    /** Short for half of the keys, so that some nodes are embedded and some are not. */
    private static byte[] valueOf(String key) {
        byte[] hash = Hash.sha3(ascii(key));
        return Arrays.copyOf(hash, hash[0] < 0 ? 1 + (hash[1] & 3) : 32);
    }

    private static TrieProof.Outcome verify(TrieBuilder trie, byte[] key) {
        return TrieProof.verify(trie.root(), key, trie.proof(key));
    }

    private static byte[] value(TrieBuilder trie, byte[] key) {
        return ((TrieProof.Present) verify(trie, key)).value();
    }

    private static void assertBroken(TrieBuilder trie, byte[] key, List<byte[]> nodes) {
        assertThat(TrieProof.verify(trie.root(), key, nodes)).isInstanceOf(TrieProof.Broken.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
