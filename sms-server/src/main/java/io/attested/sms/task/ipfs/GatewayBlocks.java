package io.attested.sms.task.ipfs;

import java.time.Duration;
import java.util.Optional;

/**
 * Blocks from a gateway, each hashed before it is given. A gateway that serves no raw blocks is read all the same: the plain
 * answer is the block of a raw CID, and the block of a small file is made again from its content.
 */
final class GatewayBlocks {
    private static final String RAW = "application/vnd.ipld.raw";

    /** What {@code ipfs add} puts into one block. */
    private static final int CHUNK = 256 << 10;

    /** Room for a node's own fields around its content. */
    private static final int OVERHEAD = 1 << 10;

    private final GatewayHttp http;
    private final int mostBytes;

    /** @param mostBytes of a file */
    GatewayBlocks(GatewayHttp http, int mostBytes) {
        this.http = http;
        this.mostBytes = mostBytes;
    }

    /** The block that {@code cid} names. */
    byte[] block(Cid cid, Duration limit) throws GatewayFailure {
        long deadline = System.nanoTime() + limit.toNanos();
        GatewayHttp.Answer raw = http.get("/ipfs/" + cid + "?format=raw", RAW, mostBytes + OVERHEAD, limit);
        if (raw.status() == 200) {
            return verified(cid, raw.body())
                    .orElseThrow(() -> new GatewayFailure(
                            "the gateway gave other bytes than the CID names" + hint(cid, raw.body())));
        }
        if (!refusesRaw(raw.status())) {
            throw status(raw.status());
        }
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        GatewayHttp.Answer plain = http.get("/ipfs/" + cid, "*/*", mostBytes, left);
        if (plain.status() != 200) {
            throw status(plain.status());
        }
        return verified(cid, plain.body())
                .orElseThrow(() -> new GatewayFailure("the gateway serves no raw blocks, and its plain answer is not a"
                        + " file of one block that the CID names" + hint(cid, plain.body())));
    }

    /** Where it may not be the gateway's fault alone: the plain content of several blocks cannot be compared with a CID. */
    private static String hint(Cid cid, byte[] answer) {
        return cid.codec() == Cid.Codec.RAW || answer.length <= CHUNK
                ? ""
                : "; a file of more than 256 KiB can only be read through a gateway that serves raw blocks"
                        + " (?format=raw)";
    }

    /** The answer itself, or the block that {@code ipfs add} makes of it. */
    private static Optional<byte[]> verified(Cid cid, byte[] answer) {
        if (cid.names(answer)) {
            return Optional.of(answer);
        }
        if (cid.codec() == Cid.Codec.RAW || answer.length > CHUNK) {
            return Optional.empty();
        }
        byte[] sized = UnixFsNode.single(answer, true);
        if (cid.names(sized)) {
            return Optional.of(sized);
        }
        byte[] unsized = UnixFsNode.single(answer, false);
        return cid.names(unsized) ? Optional.of(unsized) : Optional.empty();
    }

    /** Not acceptable, not implemented and the like: the same without a wish for a form may be served. */
    private static boolean refusesRaw(int status) {
        return status == 400 || status == 405 || status == 406 || status == 415 || status == 501;
    }

    private static GatewayFailure status(int status) {
        return new GatewayFailure("the gateway answered with HTTP status " + status);
    }
}
