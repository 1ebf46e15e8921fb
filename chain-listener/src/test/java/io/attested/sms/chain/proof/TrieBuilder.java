package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/** Builds whole tries from scratch, slowly, and proofs of their keys. */
final class TrieBuilder {
    private final Map<Nibbles, byte[]> entries = new LinkedHashMap<>();
    private final boolean repeatEmbedded;

    private TrieBuilder(boolean repeatEmbedded) {
        this.repeatEmbedded = repeatEmbedded;
    }

    /** Proofs list a node shorter than 32 bytes within its parent only. */
    static TrieBuilder likeGeth() {
        return new TrieBuilder(false);
    }

    /** Proofs list such a node once more by itself. */
    static TrieBuilder likeReth() {
        return new TrieBuilder(true);
    }

    TrieBuilder put(byte[] key, byte[] value) {
        entries.keySet().removeIf(Nibbles.of(key)::same);
        entries.put(Nibbles.of(key), value.clone());
        return this;
    }

    Bytes32 root() {
        if (entries.isEmpty()) {
            return TrieProof.EMPTY_ROOT;
        }
        return Bytes32.of(Hash.sha3(RlpEncoder.encode(node(entries, Optional.empty(), true, new LinkedList<>()))));
    }

    List<byte[]> proof(byte[] key) {
        LinkedList<byte[]> proof = new LinkedList<>();
        if (!entries.isEmpty()) {
            node(entries, Optional.of(Nibbles.of(key)), true, proof);
        }
        return new ArrayList<>(proof);
    }

    /** @param rest what is left of the proof's key, empty off its path */
    private RlpType node(Map<Nibbles, byte[]> below, Optional<Nibbles> rest, boolean top, LinkedList<byte[]> proof) {
        RlpType node = below.size() == 1 ? leaf(below) : inner(below, rest, proof);
        byte[] encoded = RlpEncoder.encode(node);
        if (rest.isPresent() && (top || encoded.length >= 32 || repeatEmbedded)) {
            proof.addFirst(encoded);
        }
        return node;
    }

    private static RlpType leaf(Map<Nibbles, byte[]> one) {
        Map.Entry<Nibbles, byte[]> entry = one.entrySet().iterator().next();
        return new RlpList(compact(entry.getKey(), true), RlpString.create(entry.getValue()));
    }

    private RlpType inner(Map<Nibbles, byte[]> below, Optional<Nibbles> rest, LinkedList<byte[]> proof) {
        int shared = shared(below);
        if (shared == 0) {
            return branch(below, rest, proof);
        }
        Nibbles any = below.keySet().iterator().next();
        Nibbles prefix = new Nibbles(Arrays.copyOf(any.digits(), shared));
        Map<Nibbles, byte[]> shorter = new LinkedHashMap<>();
        below.forEach((key, value) -> shorter.put(key.after(shared), value));
        Optional<Nibbles> onward = rest.filter(key -> key.startsWith(prefix)).map(key -> key.after(shared));
        return new RlpList(compact(prefix, false), reference(node(shorter, onward, false, proof)));
    }

    private RlpType branch(Map<Nibbles, byte[]> below, Optional<Nibbles> rest, LinkedList<byte[]> proof) {
        List<RlpType> members = new ArrayList<>();
        for (int digit = 0; digit < 16; digit++) {
            int mine = digit;
            Map<Nibbles, byte[]> child = new LinkedHashMap<>();
            below.forEach((key, value) -> {
                if (key.length() > 0 && key.first() == mine) {
                    child.put(key.after(1), value);
                }
            });
            Optional<Nibbles> onward =
                    rest.filter(key -> key.length() > 0 && key.first() == mine).map(key -> key.after(1));
            members.add(child.isEmpty() ? RlpString.create(new byte[0]) : reference(node(child, onward, false, proof)));
        }
        byte[] value = below.entrySet().stream()
                .filter(entry -> entry.getKey().length() == 0)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new byte[0]);
        members.add(RlpString.create(value));
        return new RlpList(members);
    }

    private static RlpType reference(RlpType node) {
        byte[] encoded = RlpEncoder.encode(node);
        return encoded.length < 32 ? node : RlpString.create(Hash.sha3(encoded));
    }

    private static RlpString compact(Nibbles path, boolean leaf) {
        int odd = path.length() % 2;
        byte[] encoded = new byte[path.length() / 2 + 1];
        encoded[0] = (byte) ((leaf ? 0x20 : 0) | (odd == 1 ? 0x10 | path.first() : 0));
        for (int i = odd; i < path.length(); i += 2) {
            encoded[1 + i / 2] = (byte) (path.digits()[i] << 4 | path.digits()[i + 1]);
        }
        return RlpString.create(encoded);
    }

    private static int shared(Map<Nibbles, byte[]> below) {
        Nibbles first = below.keySet().iterator().next();
        int shared = first.length();
        for (Nibbles key : below.keySet()) {
            int same = 0;
            while (same < Math.min(shared, key.length()) && key.digits()[same] == first.digits()[same]) {
                same++;
            }
            shared = same;
        }
        return shared;
    }
}
