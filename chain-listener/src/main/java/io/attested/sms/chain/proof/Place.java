package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One slot of one account, and the claims about a value of Solidity that is kept there.
 *
 * <p>Source: "Layout of State Variables in Storage" of Solidity's documentation.
 *
 * @param name of the value, as a refusal names it
 * @param account whose storage
 * @param slot where the value, or a long value's length, stands
 */
record Place(String name, Address account, Bytes32 slot) {
    private static final int LONGEST_SHORT = 31;
    private static final byte ONES = (byte) 0xff;
    private static final Bytes32 WHOLE = ones(0, Bytes32.LENGTH);
    private static final Bytes32 ADDRESS = ones(Bytes32.LENGTH - Address.LENGTH, Bytes32.LENGTH);

    /** The member of a struct that lies {@code offset} slots behind its start, which is this place. */
    Place member(String member, int offset) {
        return new Place(name + "." + member, account, Word.plus(slot, offset));
    }

    Claim is(Bytes32 word) {
        return new Claim.Bits(name, account, slot, WHOLE, word);
    }

    Claim is(Address address) {
        return is(Word.of(address));
    }

    Claim is(long number) {
        return is(Word.of(number));
    }

    Claim is(BigInteger number) {
        return is(Word.of(number));
    }

    /** An address in the low 20 bytes of a slot that it shares with other values. */
    Claim isAmongOthers(Address address) {
        return new Claim.Bits(name, account, slot, ADDRESS, Word.of(address));
    }

    /** @param claimed what it means for a person that the slot is not zero */
    Claim isSet(String claimed) {
        return new Claim.NotZero(name, account, slot, claimed);
    }

    /**
     * {@code bytes} or {@code string}: up to 31 bytes stand in the slot with twice their length in its last byte; longer
     * ones elsewhere, with twice their length plus one in the slot. What follows the last byte within its word is no part
     * of the value, and compilers before 0.8.15 left garbage there.
     */
    List<Claim> are(byte[] bytes) {
        if (bytes.length <= LONGEST_SHORT) {
            byte[] word = Arrays.copyOf(bytes, Bytes32.LENGTH);
            word[LONGEST_SHORT] = (byte) (2 * bytes.length);
            byte[] mask = ones(0, bytes.length).bytes();
            mask[LONGEST_SHORT] = ONES;
            return List.of(new Claim.Bits(name, account, slot, Bytes32.of(mask), Bytes32.of(word)));
        }
        List<Claim> claims = new ArrayList<>(List.of(is(2L * bytes.length + 1)));
        Bytes32 first = Word.elements(slot);
        for (int from = 0; from < bytes.length; from += Bytes32.LENGTH) {
            int length = Math.min(Bytes32.LENGTH, bytes.length - from);
            claims.add(new Claim.Bits(
                    name,
                    account,
                    Word.plus(first, from / Bytes32.LENGTH),
                    ones(0, length),
                    Word.leftAligned(Arrays.copyOfRange(bytes, from, from + length))));
        }
        return claims;
    }

    private static Bytes32 ones(int from, int to) {
        byte[] mask = new byte[Bytes32.LENGTH];
        Arrays.fill(mask, from, to, ONES);
        return Bytes32.of(mask);
    }
}
