package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.Hash;

/** Words of 32 bytes as the EVM's storage knows them: values, keys, and the arithmetic of Solidity's layout. */
final class Word {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private Word() {}

    /** @throws IllegalArgumentException for a negative number */
    static Bytes32 of(long value) {
        return of(BigInteger.valueOf(value));
    }

    /** @throws IllegalArgumentException unless the number fits into 256 bits */
    static Bytes32 of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("expected a number of 0 to 256 bits");
        }
        byte[] bytes = value.toByteArray();
        return rightAligned(bytes.length > Bytes32.LENGTH ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    static Bytes32 of(Address address) {
        return rightAligned(address.bytes());
    }

    /** @param bytes at most 32, in the low end of the word */
    static Bytes32 rightAligned(byte[] bytes) {
        byte[] word = new byte[Bytes32.LENGTH];
        System.arraycopy(bytes, 0, word, word.length - bytes.length, bytes.length);
        return Bytes32.of(word);
    }

    /** @param bytes at most 32, in the high end of the word */
    static Bytes32 leftAligned(byte[] bytes) {
        return Bytes32.of(Arrays.copyOf(bytes, Bytes32.LENGTH));
    }

    static Bytes32 plus(Bytes32 word, long count) {
        return plus(word, BigInteger.valueOf(count));
    }

    /** The sum as the EVM has it, wrapping around. */
    static Bytes32 plus(Bytes32 word, BigInteger count) {
        return of(new BigInteger(1, word.bytes()).add(count).mod(MODULUS));
    }

    /** Both words, bit by bit. */
    static Bytes32 and(Bytes32 word, Bytes32 mask) {
        byte[] bytes = word.bytes();
        byte[] others = mask.bytes();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= others[i];
        }
        return Bytes32.of(bytes);
    }

    /** Where an array or a long string at {@code slot} keeps its first element. */
    static Bytes32 elements(Bytes32 slot) {
        return Bytes32.of(Hash.sha3(slot.bytes()));
    }

    /** Where the mapping at {@code slot} keeps the value of {@code key}, a key of one word. */
    static Bytes32 entry(Bytes32 slot, Bytes32 key) {
        byte[] both = Arrays.copyOf(key.bytes(), 2 * Bytes32.LENGTH);
        System.arraycopy(slot.bytes(), 0, both, Bytes32.LENGTH, Bytes32.LENGTH);
        return Bytes32.of(Hash.sha3(both));
    }
}
