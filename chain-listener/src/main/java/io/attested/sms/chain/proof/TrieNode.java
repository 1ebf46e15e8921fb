package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.util.List;

/** A node of a Merkle-Patricia trie in the one form the yellow paper's appendix D gives it. */
sealed interface TrieNode {
    /** Deepest nesting of nodes within a node: each level adds bytes, and an embedded node has fewer than 32. */
    int DEPTH = 16;

    /** Sixteen references, each empty, a hash or a node shorter than 32 bytes, and a value; at least two not empty. */
    record Branch(List<Rlp.Item> references, byte[] value) implements TrieNode {}

    /** A shared path, never empty, and a reference to a branch. */
    record Extension(Nibbles path, Rlp.Item reference) implements TrieNode {}

    /** The rest of a key and its value, never empty. */
    record Leaf(Nibbles path, byte[] value) implements TrieNode {}

    /** @throws Rlp.Malformed for anything that is no node */
    static TrieNode read(byte[] encoded) throws Rlp.Malformed {
        if (Rlp.read(encoded, DEPTH) instanceof Rlp.Sequence node) {
            return of(node);
        }
        throw new Rlp.Malformed("a node is not an RLP list");
    }

    /** @throws Rlp.Malformed for anything that is no node */
    static TrieNode of(Rlp.Sequence node) throws Rlp.Malformed {
        return switch (node.items().size()) {
            case 2 -> pathed(node.items().get(0), node.items().get(1));
            case 17 -> branch(node.items());
            default -> throw new Rlp.Malformed("a node has neither 2 nor 17 members");
        };
    }

    private static TrieNode branch(List<Rlp.Item> items) throws Rlp.Malformed {
        byte[] value = text(items.get(16));
        List<Rlp.Item> references = items.subList(0, 16);
        for (Rlp.Item reference : references) {
            if (!isEmpty(reference)) {
                requireReference(reference);
            }
        }
        long occupied = references.stream().filter(item -> !isEmpty(item)).count() + (value.length > 0 ? 1 : 0);
        if (occupied < 2) {
            throw new Rlp.Malformed("a branch has fewer than two members");
        }
        return new Branch(references, value);
    }

    private static TrieNode pathed(Rlp.Item path, Rlp.Item content) throws Rlp.Malformed {
        Nibbles.Compact compact = Nibbles.compact(text(path));
        if (isEmpty(content)) {
            throw new Rlp.Malformed("a leaf or extension holds nothing");
        }
        if (compact.leaf()) {
            return new Leaf(compact.path(), text(content));
        }
        if (compact.path().length() == 0) {
            throw new Rlp.Malformed("an extension has an empty path");
        }
        requireReference(content);
        return new Extension(compact.path(), content);
    }

    private static void requireReference(Rlp.Item item) throws Rlp.Malformed {
        boolean sound = switch (item) {
            case Rlp.Text hash -> hash.value().length == Bytes32.LENGTH;
            case Rlp.Sequence node -> node.encoded().length < Bytes32.LENGTH;
        };
        if (!sound) {
            throw new Rlp.Malformed("a reference is neither a hash nor a node shorter than 32 bytes");
        }
    }

    private static byte[] text(Rlp.Item item) throws Rlp.Malformed {
        if (item instanceof Rlp.Text text) {
            return text.value();
        }
        throw new Rlp.Malformed("a node holds a list where bytes are due");
    }

    private static boolean isEmpty(Rlp.Item item) {
        return item instanceof Rlp.Text text && text.isEmpty();
    }
}
