package io.attested.sms.chain.proof;

import io.attested.sms.chain.Bytes32;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was proven of one account.
 *
 * @param codeHash keccak256 of its code, empty when there is no account
 * @param words the slots that were asked for
 */
record AccountState(Optional<Bytes32> codeHash, Map<Bytes32, Bytes32> words) {
    /** The same account with the words of two questions under one state root. */
    AccountState with(AccountState more) {
        Map<Bytes32, Bytes32> all = new HashMap<>(words);
        all.putAll(more.words);
        return new AccountState(codeHash, all);
    }

    /** @throws IllegalArgumentException for a slot that was not asked for */
    Bytes32 word(Bytes32 slot) {
        Bytes32 word = words.get(slot);
        if (word == null) {
            throw new IllegalArgumentException("the slot was not asked for");
        }
        return word;
    }
}
