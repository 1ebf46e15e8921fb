package io.attested.sms.chain.lens;

import io.attested.sms.chain.Multibase;
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
            return Optional.of(Multibase.base58(cid));
        }
        return cid[0] == 1 ? Optional.of("b" + Multibase.base32(cid)) : Optional.empty();
    }
}
