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
        return mayContain(Entry.of(address));
    }

    /** Whether a log of this block may have the topic. */
    public boolean mayContain(Bytes32 topic) {
        return mayContain(Entry.of(topic));
    }

    /** A fresh copy of the 256 bytes. */
    public byte[] bytes() {
        return bits.clone();
    }

    /** Whether a log of this block may have the entry. */
    public boolean mayContain(Entry entry) {
        for (int position : entry.positions) {
            if ((bits[LENGTH - 1 - position / 8] & (1 << (position % 8))) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The three bits of one address or topic, worked out once for many filters. */
    public static final class Entry {
        private final int[] positions;

        private Entry(int[] positions) {
            this.positions = positions;
        }

        /** Of an address. */
        public static Entry of(Address address) {
            return of(address.bytes());
        }

        /** Of a topic. */
        public static Entry of(Bytes32 topic) {
            return of(topic.bytes());
        }

        private static Entry of(byte[] bytes) {
            byte[] hash = Hash.sha3(bytes);
            int[] positions = new int[BITS_OF_AN_ENTRY];
            for (int i = 0; i < BITS_OF_AN_ENTRY; i++) {
                positions[i] = ((hash[2 * i] & 0x07) << 8) | (hash[2 * i + 1] & 0xff);
            }
            return new Entry(positions);
        }

        /**
         * Sets the bits in a filter.
         *
         * @param filter {@value LogsBloom#LENGTH} bytes
         */
        public void addTo(byte[] filter) {
            for (int position : positions) {
                filter[LENGTH - 1 - position / 8] |= (byte) (1 << (position % 8));
            }
        }
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
