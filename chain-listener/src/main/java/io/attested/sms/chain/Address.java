package io.attested.sms.chain;

import java.util.Optional;
import org.web3j.crypto.Keys;

/**
 * An Ethereum address: 20 bytes.
 *
 * @param value {@code 0x} and 40 lower-case hexadecimal digits, the only form that is ever held
 */
public record Address(String value) {
    /** Length in bytes. */
    public static final int LENGTH = 20;

    /** The address nobody holds. */
    public static final Address ZERO = of(new byte[LENGTH]);

    /** @throws IllegalArgumentException when {@code value} is not in the canonical form */
    public Address {
        Hex.requireCanonical(value, LENGTH);
    }

    /**
     * Reads {@code 0x} and 40 digits of either case. The EIP-55 checksum is not verified: clients send both forms.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat the text
     */
    public static Address parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("expected an address: 0x and 40 hexadecimal digits"));
    }

    /** As {@link #parse}, empty instead of an exception. */
    public static Optional<Address> tryParse(String text) {
        return Hex.canonical(text, LENGTH).map(Address::new);
    }

    /** @throws IllegalArgumentException unless {@code bytes} has 20 bytes */
    public static Address of(byte[] bytes) {
        return new Address(Hex.of(bytes, LENGTH));
    }

    /** A fresh copy of the 20 bytes. */
    public byte[] bytes() {
        return Hex.bytes(value);
    }

    /** The mixed-case form of EIP-55. */
    public String checksummed() {
        return Keys.toChecksumAddress(value);
    }

    /** Whether this is {@link #ZERO}. */
    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public String toString() {
        return value;
    }
}
