package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;

/** A statement about an account that a proof either bears out or contradicts. */
sealed interface Claim {
    /** What is claimed, in the words of the facts: {@code deal.app.owner}. */
    String name();

    /** Whose account. */
    Address account();

    /** The claimed value, for a person. */
    String claimed();

    /** The value that {@code account} has, for a person. */
    String proven(AccountState account);

    /** Whether {@code account} has the claimed value. */
    boolean holds(AccountState account);

    /** A claim about one word of the account's storage. */
    sealed interface OfSlot extends Claim {
        Bytes32 slot();
    }

    /**
     * The bits of a word that belong to the value.
     *
     * @param mask ones where the value is
     * @param value zero outside the mask
     */
    record Bits(String name, Address account, Bytes32 slot, Bytes32 mask, Bytes32 value) implements OfSlot {
        @Override
        public String claimed() {
            return value.value();
        }

        @Override
        public String proven(AccountState state) {
            return Word.and(state.word(slot), mask).value();
        }

        @Override
        public boolean holds(AccountState state) {
            return Word.and(state.word(slot), mask).equals(value);
        }
    }

    /** Something other than zero: membership in a set whose positions are counted from one. */
    record NotZero(String name, Address account, Bytes32 slot, String claimed) implements OfSlot {
        @Override
        public String proven(AccountState state) {
            return holds(state) ? claimed : "not " + claimed;
        }

        @Override
        public boolean holds(AccountState state) {
            return !state.word(slot).isZero();
        }
    }

    /** The account's code has this Keccak hash. */
    record Code(String name, Address account, Bytes32 codeHash) implements Claim {
        @Override
        public String claimed() {
            return codeHash.value();
        }

        @Override
        public String proven(AccountState state) {
            return state.codeHash().map(Bytes32::value).orElse("no account");
        }

        @Override
        public boolean holds(AccountState state) {
            return state.codeHash().filter(codeHash::equals).isPresent();
        }
    }
}
