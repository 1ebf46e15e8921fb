package io.attested.sms.task.ipfs;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Multibase;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The name of a block by its SHA-256: CID version 0 (base58btc, always dag-pb) or version 1 (base32 with its prefix
 * {@code b}; raw or dag-pb). Other versions, bases, codecs and hashes are none here. Source: multiformats' CID, multihash
 * and multibase specifications.
 *
 * @param version 0 or 1
 * @param sha256 32 bytes
 */
record Cid(int version, Codec codec, ByteString sha256) {
    static final int DIGEST_LENGTH = 32;

    private static final int V0_LENGTH = 46;
    private static final int LONGEST = 64;
    private static final int SHA2_256 = 0x12;

    Cid {
        if (sha256.length() != DIGEST_LENGTH || version < 0 || version > 1 || version == 0 && codec != Codec.DAG_PB) {
            throw new IllegalArgumentException("no CID of version 0 or 1 with SHA-256");
        }
    }

    /** How a block's bytes are read. */
    enum Codec {
        /** They are the content. */
        RAW(0x55),
        /** They are a node with data and links. */
        DAG_PB(0x70);

        private final int code;

        Codec(int code) {
            this.code = code;
        }

        private static Optional<Codec> of(int code) {
            return Arrays.stream(values()).filter(codec -> codec.code == code).findFirst();
        }
    }

    /** Reads the text form. */
    static Optional<Cid> parse(String text) {
        if (text.length() == V0_LENGTH && text.startsWith("Qm")) {
            return base58(text).flatMap(Cid::ofBytes);
        }
        if (text.length() > 1 && text.length() <= LONGEST && text.charAt(0) == 'b') {
            return base32(text.substring(1)).flatMap(Cid::ofBytes).filter(cid -> cid.version() == 1);
        }
        return Optional.empty();
    }

    /** Reads the binary form. */
    static Optional<Cid> ofBytes(byte[] bytes) {
        if (bytes.length == 2 + DIGEST_LENGTH && bytes[0] == SHA2_256 && bytes[1] == DIGEST_LENGTH) {
            return Optional.of(new Cid(0, Codec.DAG_PB, ByteString.copyOf(bytes, 2, DIGEST_LENGTH)));
        }
        boolean sha256 =
                bytes.length == 4 + DIGEST_LENGTH && bytes[0] == 1 && bytes[2] == SHA2_256 && bytes[3] == DIGEST_LENGTH;
        return sha256
                ? Codec.of(bytes[1]).map(codec -> new Cid(1, codec, ByteString.copyOf(bytes, 4, DIGEST_LENGTH)))
                : Optional.empty();
    }

    /** The name of a block. */
    static Cid of(int version, Codec codec, byte[] block) {
        return new Cid(version, codec, ByteString.copyOf(block).sha256());
    }

    /** Whether these bytes are the block. */
    boolean names(byte[] block) {
        return ByteString.copyOf(block).sha256().equals(sha256);
    }

    /** The binary form. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (version == 1) {
            out.write(1);
            out.write(codec.code);
        }
        out.write(SHA2_256);
        out.write(DIGEST_LENGTH);
        out.writeBytes(sha256.toByteArray());
        return out.toByteArray();
    }

    /** The text form. */
    @Override
    public String toString() {
        return version == 0 ? Multibase.base58(bytes()) : "b" + Multibase.base32(bytes());
    }

    private static Optional<byte[]> base58(String text) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = Multibase.BASE58.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            value = value.multiply(BigInteger.valueOf(Multibase.BASE58.length()))
                    .add(BigInteger.valueOf(digit));
        }
        return Optional.of(value.toByteArray());
    }

    /** No padding; the bits left over must be zero, so that a CID has one text only. */
    private static Optional<byte[]> base32(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Multibase.BASE32.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            buffer = buffer << 5 | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out.write(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return buffer == 0 && bits < 5 ? Optional.of(out.toByteArray()) : Optional.empty();
    }
}
