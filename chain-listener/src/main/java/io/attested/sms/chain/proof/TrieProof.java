package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;

/**
 * Follows a key through the nodes of a Merkle-Patricia proof, from a root that is trusted to a value or to its absence.
 *
 * <p>The nodes come in the order of the path, root first, and each must be used. A node shorter than 32 bytes stands
 * within its parent; geth lists it there only, reth once more by itself, and both are accepted. Source: yellow paper,
 * appendix D; EIP-1186.
 */
final class TrieProof {
    /** Root of a trie without entries: keccak256 of the RLP of the empty string. */
    static final Bytes32 EMPTY_ROOT = new Bytes32("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

    private static final byte[] EMPTY_TRIE = {(byte) 0x80};

    private final List<byte[]> nodes;
    private int used;

    private TrieProof(List<byte[]> nodes) {
        this.nodes = nodes;
    }

    /** What a proof shows. */
    sealed interface Outcome {}

    /** The key has this value, never empty. */
    record Present(byte[] value) implements Outcome {}

    /** The trie has no value under the key. */
    record Absent() implements Outcome {}

    /** The nodes prove nothing. */
    record Broken(String why) implements Outcome {}

    /**
     * @param root the trie's root
     * @param key the key as the trie knows it (for Ethereum's state the Keccak of the address or slot)
     * @param nodes RLP of each node, root first; empty for the empty trie
     */
    static Outcome verify(Bytes32 root, byte[] key, List<byte[]> nodes) {
        if (root.equals(EMPTY_ROOT)) {
            boolean nothing = nodes.isEmpty() || nodes.size() == 1 && Arrays.equals(nodes.getFirst(), EMPTY_TRIE);
            return nothing ? new Absent() : new Broken("nodes of a trie that is empty");
        }
        TrieProof proof = new TrieProof(nodes);
        try {
            Outcome outcome = proof.follow(proof.hashed(root.bytes()), Nibbles.of(key));
            return proof.used == nodes.size() ? outcome : new Broken("nodes that are not on the key's path");
        } catch (Rlp.Malformed e) {
            return new Broken(String.valueOf(e.getMessage()));
        }
    }

    /** Each turn uses up a part of the key, so it ends. */
    private Outcome follow(TrieNode root, Nibbles key) throws Rlp.Malformed {
        TrieNode node = root;
        Nibbles rest = key;
        while (true) {
            switch (node) {
                case TrieNode.Leaf leaf -> {
                    return leaf.path().same(rest) ? new Present(leaf.value()) : new Absent();
                }
                case TrieNode.Extension extension -> {
                    if (!rest.startsWith(extension.path())) {
                        return new Absent();
                    }
                    rest = rest.after(extension.path().length());
                    node = branch(extension.reference());
                }
                case TrieNode.Branch branch -> {
                    if (rest.length() == 0) {
                        return branch.value().length == 0 ? new Absent() : new Present(branch.value());
                    }
                    Rlp.Item reference = branch.references().get(rest.first());
                    if (reference instanceof Rlp.Text text && text.isEmpty()) {
                        return new Absent();
                    }
                    rest = rest.after(1);
                    node = referenced(reference);
                }
            }
        }
    }

    private TrieNode branch(Rlp.Item reference) throws Rlp.Malformed {
        TrieNode node = referenced(reference);
        if (node instanceof TrieNode.Branch) {
            return node;
        }
        throw new Rlp.Malformed("an extension leads to a node that is no branch");
    }

    private TrieNode referenced(Rlp.Item reference) throws Rlp.Malformed {
        return switch (reference) {
            case Rlp.Sequence node -> embedded(node);
            case Rlp.Text hash -> {
                TrieNode node = hashed(hash.value());
                if (nodes.get(used - 1).length < Bytes32.LENGTH) {
                    throw new Rlp.Malformed("a node shorter than 32 bytes is referred to by its hash");
                }
                yield node;
            }
        };
    }

    private TrieNode embedded(Rlp.Sequence node) throws Rlp.Malformed {
        if (used < nodes.size() && Arrays.equals(nodes.get(used), node.encoded())) {
            used++;
        }
        return TrieNode.of(node);
    }

    private TrieNode hashed(byte[] hash) throws Rlp.Malformed {
        if (used == nodes.size()) {
            throw new Rlp.Malformed("a node of the key's path is missing");
        }
        byte[] node = nodes.get(used++);
        if (!Arrays.equals(Hash.sha3(node), hash)) {
            throw new Rlp.Malformed("a node does not have the hash it is referred to by");
        }
        return TrieNode.read(node);
    }
}
