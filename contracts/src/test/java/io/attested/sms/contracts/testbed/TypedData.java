package io.attested.sms.contracts.testbed;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Hashes of EIP-712, flat structs only: a type, then its members in order as words of 32 bytes.
 *
 * <p>Use once: build, add the members, take the hash.
 */
public final class TypedData {
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    private TypedData() {}

    /** @param type such as {@code Ask(bytes32 chainTaskId,string stage)} */
    public static TypedData of(String type) {
        TypedData data = new TypedData();
        return data.text(type);
    }

    /** Adds an {@code address}. */
    public TypedData address(String address) {
        words.writeBytes(new byte[12]);
        words.writeBytes(Abi.unhex(address));
        return this;
    }

    /** Adds a {@code uint256}, not negative. */
    public TypedData number(long value) {
        byte[] bytes = BigInteger.valueOf(value).toByteArray();
        byte[] word = new byte[32];
        System.arraycopy(bytes, 0, word, 32 - bytes.length, bytes.length);
        words.writeBytes(word);
        return this;
    }

    /** Adds a {@code bytes32}. */
    public TypedData word(byte[] word) {
        words.writeBytes(Arrays.copyOf(word, 32));
        return this;
    }

    /** Adds a {@code string}, by its hash. */
    public TypedData text(String text) {
        words.writeBytes(Wallet.keccak(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** The struct's hash, 32 bytes. */
    public byte[] hash() {
        return Wallet.keccak(words.toByteArray());
    }

    /** The digest to sign under a domain's separator, 32 bytes. */
    public byte[] digest(byte[] domainSeparator) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0x19);
        message.write(0x01);
        message.writeBytes(domainSeparator);
        message.writeBytes(hash());
        return Wallet.keccak(message.toByteArray());
    }
}
