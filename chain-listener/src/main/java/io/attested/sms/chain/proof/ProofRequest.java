package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.List;

/**
 * One question {@value #METHOD} (EIP-1186): an account and slots of its storage.
 *
 * @param account whose account
 * @param slots which slots, none twice, at most {@value #MOST_SLOTS}; may be empty
 */
public record ProofRequest(Address account, List<Bytes32> slots) {
    /** The method's name. */
    public static final String METHOD = "eth_getProof";

    /** Slots in one question: geth refuses more than 1,024, Erigon more than 1,000. */
    public static final int MOST_SLOTS = 1000;

    /** Copies the slots. */
    public ProofRequest {
        slots = List.copyOf(slots);
    }

    /** @param block how the block is named, as a JSON value: an object of EIP-1898 with the hash */
    public List<Object> params(Object block) {
        return List.of(account.value(), slots.stream().map(Bytes32::value).toList(), block);
    }
}
