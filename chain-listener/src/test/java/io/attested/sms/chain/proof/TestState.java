package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;

/** A whole state built here: accounts with storage, its root, and what a node would answer. */
final class TestState {
    /** Some account's code. */
    static final Bytes32 CODE_HASH = Bytes32.parse("0x" + "c0".repeat(32));

    private final TrieBuilder accounts = TrieBuilder.likeReth();
    private final Map<Address, TrieBuilder> storages = new LinkedHashMap<>();

    /** Ninety accounts, the first with ninety slots; always the same. */
    static TestState standard() {
        Random random = new Random(20260103);
        TestState state = new TestState();
        TrieBuilder storage = TrieBuilder.likeGeth();
        for (int slot = 0; slot < 90; slot++) {
            storage.put(Hash.sha3(Word.of(slot).bytes()), word(standardValue(slot)));
        }
        state.put(address(0), storage, new byte[] {1}, new byte[] {2, 3});
        for (int i = 1; i < 90; i++) {
            byte[] balance = new byte[1 + random.nextInt(12)];
            random.nextBytes(balance);
            balance[0] = 1;
            state.put(address(i), TrieBuilder.likeGeth(), new byte[0], balance);
        }
        return state;
    }

    /** What the first account of the standard state holds in one of its slots. */
    static BigInteger standardValue(int slot) {
        return BigInteger.valueOf(slot + 1).shiftLeft(slot);
    }

    static Address address(int number) {
        return Address.of(Arrays.copyOf(Hash.sha3(Word.of(number).bytes()), Address.LENGTH));
    }

    static byte[] word(BigInteger value) {
        return RlpEncoder.encode(RlpString.create(value));
    }

    TestState put(Address address, TrieBuilder storage, byte[] nonce, byte[] balance) {
        return put(
                address,
                storage,
                RlpEncoder.encode(new RlpList(
                        RlpString.create(nonce),
                        RlpString.create(balance),
                        RlpString.create(storage.root().bytes()),
                        RlpString.create(CODE_HASH.bytes()))));
    }

    /** @param account what stands in the trie, RLP of an account or not */
    TestState put(Address address, TrieBuilder storage, byte[] account) {
        accounts.put(Hash.sha3(address.bytes()), account);
        storages.put(address, storage);
        return this;
    }

    Bytes32 root() {
        return accounts.root();
    }

    byte[] answer(ProofRequest request) {
        TrieBuilder storage = storages.getOrDefault(request.account(), TrieBuilder.likeGeth());
        List<String> slots = new ArrayList<>();
        for (Bytes32 slot : request.slots()) {
            slots.add("{\"key\":\"" + slot + "\",\"value\":\"0x0\",\"proof\":"
                    + nodes(storage.proof(Hash.sha3(slot.bytes()))) + "}");
        }
        return ("{\"address\":\"" + request.account() + "\",\"accountProof\":"
                        + nodes(accounts.proof(Hash.sha3(request.account().bytes()))) + ",\"storageProof\":["
                        + String.join(",", slots) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String nodes(List<byte[]> proof) {
        return proof.stream()
                .map(node -> "\"0x" + HexFormat.of().formatHex(node) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
