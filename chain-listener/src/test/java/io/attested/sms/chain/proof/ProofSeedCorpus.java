package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes the seeds of {@link ProofFuzzTest} into {@code src/test/resources}: run it with that folder as its argument after
 * {@link TestState} has changed. What a fuzzer found stays beside them and is replayed by every build.
 */
final class ProofSeedCorpus {
    private final Path root;

    private ProofSeedCorpus(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        new ProofSeedCorpus(Path.of(arguments[0]).resolve("io/attested/sms/chain/proof/ProofFuzzTestInputs")).write();
    }

    private void write() throws IOException {
        rlp();
        trie();
        answers();
    }

    private void rlp() throws IOException {
        seed("rlp", "byte", "7f");
        seed("rlp", "empty", "80");
        seed("rlp", "long-string", "b838" + "aa".repeat(56));
        seed("rlp", "lists-of-lists", "c7c0c1c0c3c0c1c0");
        seed("rlp", "long-list", "f838" + "80".repeat(56));
        seed("rlp", "length-of-64-bits", "bfffffffffffffffff");
        seed("rlp", "length-with-leading-zero", "b90038" + "aa".repeat(56));
        seed("rlp", "prefix-too-many", "8100");
    }

    private void trie() throws IOException {
        TrieBuilder embedded = TrieBuilder.likeGeth();
        TrieBuilder repeated = TrieBuilder.likeReth();
        TrieBuilder large = TrieBuilder.likeGeth();
        for (int i = 0; i < 4; i++) {
            byte[] key = {0x11, (byte) (0x20 + i)};
            embedded.put(key, new byte[] {(byte) (i + 1)});
            repeated.put(key, new byte[] {(byte) (i + 1)});
            large.put(key, Bytes32.parse("0x" + "0" + i + "ab".repeat(31)).bytes());
        }
        byte[] present = {0x11, 0x22};
        seed("trie", "embedded-present", embedded, present);
        seed("trie", "embedded-absent", embedded, new byte[] {0x11, 0x2a});
        seed("trie", "embedded-diverging", embedded, new byte[] {0x31, 0x22});
        seed("trie", "repeated-present", repeated, present);
        seed("trie", "hashed-present", large, present);
        seed("trie", "hashed-diverging", large, new byte[] {0x12, 0x22});
        seed("trie", "one-leaf", TrieBuilder.likeGeth().put(present, present), present);
    }

    private void answers() throws IOException {
        byte[] good = TestState.standard().answer(ProofFuzzTest.REQUEST);
        seed("answer", "good", good);
        seed("answer", "truncated", Arrays.copyOf(good, good.length / 2));
        String text = new String(good, StandardCharsets.UTF_8);
        seed("answer", "upper-case", text.replace("ab", "AB").getBytes(StandardCharsets.UTF_8));
        seed(
                "answer",
                "short-keys",
                text.replaceAll("\"key\":\"0x0+", "\"key\":\"0x").getBytes(StandardCharsets.UTF_8));
        seed("answer", "null", "null".getBytes(StandardCharsets.UTF_8));
        seed("answer", "empty-lists", "{\"accountProof\":[],\"storageProof\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    private void seed(String target, String name, TrieBuilder trie, byte[] key) throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        List<byte[]> proof = trie.proof(key);
        input.write(key.length);
        input.writeBytes(key);
        for (byte[] node : proof) {
            input.write(node.length);
            input.writeBytes(node);
        }
        seed(target, name, input.toByteArray());
    }

    private void seed(String target, String name, String hex) throws IOException {
        seed(target, name, HexFormat.of().parseHex(hex));
    }

    private void seed(String target, String name, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(root.resolve(target));
        Files.write(folder.resolve(name), bytes);
    }
}
