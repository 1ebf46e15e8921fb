package io.attested.sms.chain.lens;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The multiaddr field of an asset as text.
 *
 * <p>The SDK writes {@code /ipfs/…} as a binary multiaddress (protocol code 421, then the length and bytes of a CID) and
 * everything else as text. CID version 0 prints in base58, version 1 in base32 with its prefix {@code b}.
 * Sources: multiformats' multiaddr and CID specifications.
 */
final class Multiaddress {
    /** Code 421 as an unsigned varint. */
    private static final byte[] IPFS = {(byte) 0xa5, 0x03};

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LONGEST_CID = 127;
    private static final int CID_V0_LENGTH = 34;

    private Multiaddress() {}

    /** The text of a binary {@code /ipfs/} multiaddress, otherwise the bytes as UTF-8 with faults replaced. */
    static String text(byte[] bytes) {
        return ipfs(bytes).orElseGet(() -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<String> ipfs(byte[] bytes) {
        if (bytes.length < 4 || bytes[0] != IPFS[0] || bytes[1] != IPFS[1]) {
            return Optional.empty();
        }
        int length = bytes[2];
        if (length < 1 || length > LONGEST_CID || bytes.length != 3 + length) {
            return Optional.empty();
        }
        return cid(Arrays.copyOfRange(bytes, 3, bytes.length)).map(cid -> "/ipfs/" + cid);
    }

    private static Optional<String> cid(byte[] cid) {
        if (cid.length == CID_V0_LENGTH && cid[0] == 0x12 && cid[1] == 0x20) {
            return Optional.of(base58(cid));
        }
        return cid[0] == 1 ? Optional.of("b" + base32(cid)) : Optional.empty();
    }

    private static String base58(byte[] bytes) {
        BigInteger base = BigInteger.valueOf(BASE58.length());
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(base)) {
            digits.append(BASE58.charAt(rest.mod(base).intValue()));
        }
        return digits.reverse().toString();
    }

    private static String base32(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte next : bytes) {
            buffer = buffer << 8 | next & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                digits.append(BASE32.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            digits.append(BASE32.charAt(buffer << 5 - bits & 31));
        }
        return digits.toString();
    }
}
