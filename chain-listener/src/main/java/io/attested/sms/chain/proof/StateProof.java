package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * From the proofs of one account to what they show under a state root.
 *
 * <p>The state trie maps the Keccak of an address to the RLP of (nonce, balance, storage root, code hash), an account's
 * storage trie the Keccak of a slot to the RLP of its word without leading zeros; a word that is zero is absent
 * (anvil 1.7 keeps zeros that were written, which means the same and is accepted). Source:
 * yellow paper, section 4.1.
 */
final class StateProof {
    private static final int MEMBERS_OF_AN_ACCOUNT = 4;
    private static final int STORAGE_ROOT = 2;
    private static final int CODE_HASH = 3;
    private static final int BYTES_OF_A_NONCE = 8;

    private final Bytes32 stateRoot;

    StateProof(Bytes32 stateRoot) {
        this.stateRoot = stateRoot;
    }

    /** @throws Unproven unless the answer has one good proof for the account and for each slot, and no more */
    AccountState verify(ProofRequest request, ProofAnswer answer) throws Unproven {
        if (answer.storage().size() != request.slots().size()
                || !answer.storage().keySet().containsAll(request.slots())) {
            throw new Unproven("the answer is not for the slots that were asked for");
        }
        Optional<byte[]> account =
                lookup(stateRoot, Hash.sha3(request.account().bytes()), answer.account(), "the account");
        Optional<List<Rlp.Item>> members = account.isPresent() ? Optional.of(members(account.get())) : Optional.empty();
        Bytes32 storageRoot = members.isPresent() ? word(members.get().get(STORAGE_ROOT)) : TrieProof.EMPTY_ROOT;
        Map<Bytes32, Bytes32> words = new HashMap<>();
        for (Map.Entry<Bytes32, List<byte[]>> slot : answer.storage().entrySet()) {
            byte[] key = Hash.sha3(slot.getKey().bytes());
            Optional<byte[]> value = lookup(storageRoot, key, slot.getValue(), "slot " + slot.getKey());
            words.put(slot.getKey(), value.isPresent() ? stored(value.get()) : Bytes32.ZERO);
        }
        Optional<Bytes32> codeHash =
                members.isPresent() ? Optional.of(word(members.get().get(CODE_HASH))) : Optional.empty();
        return new AccountState(codeHash, words);
    }

    private static Optional<byte[]> lookup(Bytes32 root, byte[] key, List<byte[]> nodes, String what) throws Unproven {
        return switch (TrieProof.verify(root, key, nodes)) {
            case TrieProof.Present(byte[] value) -> Optional.of(value);
            case TrieProof.Absent() -> Optional.empty();
            case TrieProof.Broken(String why) -> throw new Unproven(what + ": " + why);
        };
    }

    private static List<Rlp.Item> members(byte[] account) throws Unproven {
        if (rlp(account, 1) instanceof Rlp.Sequence list && list.items().size() == MEMBERS_OF_AN_ACCOUNT) {
            number(list.items().get(0), BYTES_OF_A_NONCE);
            number(list.items().get(1), Bytes32.LENGTH);
            return list.items();
        }
        throw new Unproven("the account does not have four members");
    }

    private static Bytes32 stored(byte[] value) throws Unproven {
        return Word.of(number(rlp(value, 0), Bytes32.LENGTH));
    }

    private static BigInteger number(Rlp.Item item, int mostBytes) throws Unproven {
        if (item instanceof Rlp.Text(byte[] value)
                && value.length <= mostBytes
                && (value.length == 0 || value[0] != 0)) {
            return new BigInteger(1, value);
        }
        throw new Unproven("a number is not in its shortest form or too long");
    }

    private static Bytes32 word(Rlp.Item item) throws Unproven {
        if (item instanceof Rlp.Text(byte[] value) && value.length == Bytes32.LENGTH) {
            return Bytes32.of(value);
        }
        throw new Unproven("a hash of the account does not have 32 bytes");
    }

    private static Rlp.Item rlp(byte[] bytes, int depth) throws Unproven {
        try {
            return Rlp.read(bytes, depth);
        } catch (Rlp.Malformed e) {
            throw new Unproven(String.valueOf(e.getMessage()));
        }
    }
}
