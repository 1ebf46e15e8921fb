package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import java.util.Arrays;
import org.web3j.crypto.Hash;

/**
 * The filter of 2048 bits over the addresses and topics of a block's logs (yellow paper, section 4.3.1).
 *
 * <p>What is in the logs is in the filter; what is in the filter may not be in the logs.
 */
public final class LogsBloom {
    /** Length in bytes. */
    public static final int LENGTH = 256;

    private static final int BITS_OF_AN_ENTRY = 3;

    private final byte[] bits;

    private LogsBloom(byte[] bits) {
        this.bits = bits;
    }

    /** @throws IllegalArgumentException unless {@code bits} has {@value #LENGTH} bytes */
    public static LogsBloom of(byte[] bits) {
        if (bits.length != LENGTH) {
            throw new IllegalArgumentException("expected " + LENGTH + " bytes, got " + bits.length);
        }
        return new LogsBloom(bits.clone());
    }

    /** Whether a log of this block may come from the address. */
    public boolean mayContain(Address address) {
        return mayContain(address.bytes());
    }

    /** Whether a log of this block may have the topic. */
    public boolean mayContain(Bytes32 topic) {
        return mayContain(topic.bytes());
    }

    /** A fresh copy of the 256 bytes. */
    public byte[] bytes() {
        return bits.clone();
    }

    private boolean mayContain(byte[] entry) {
        byte[] hash = Hash.sha3(entry);
        for (int i = 0; i < 2 * BITS_OF_AN_ENTRY; i += 2) {
            int bit = ((hash[i] & 0x07) << 8) | (hash[i + 1] & 0xff);
            if ((bits[LENGTH - 1 - bit / 8] & (1 << (bit % 8))) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogsBloom that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "LogsBloom";
    }
}
