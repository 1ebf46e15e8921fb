package io.attested.sms.task.ipfs;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.task.bulk.BulkContents;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Files by their CID from one IPFS gateway, which is not trusted: every block is hashed.
 *
 * <p>A file of several blocks is put together from its verified pieces, within the bound of bytes and a bound of blocks. As
 * many files as the settings allow are read at once. Whoever else asks waits for a turn until its deadline, for the tasks of
 * a deal start together and ask for the same root; {@value #MOST_WAITING} wait at most, so that a slow gateway holds no more
 * requests than these. Files read are remembered.
 */
public final class IpfsGateway implements BulkContents, AutoCloseable {
    private static final long REMEMBERED_BYTES = 32L << 20;
    private static final int DEEPEST = 4;
    private static final int SMALLEST_PIECE = 1 << 10;
    private static final int SPARE_BLOCKS = 16;
    private static final int MOST_WAITING = 256;

    private final GatewaySettings settings;
    private final GatewayHttp http;
    private final GatewayBlocks blocks;
    private final VerifiedFiles files;
    private final Semaphore turns;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final InstantSource clock;

    private IpfsGateway(GatewaySettings settings, GatewayHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.blocks = new GatewayBlocks(http, settings.maxBytes());
        this.files = new VerifiedFiles(Math.max(REMEMBERED_BYTES, settings.maxBytes()));
        this.turns = new Semaphore(settings.parallel(), true);
        this.clock = clock;
    }

    /** A client; nothing is asked yet. */
    public static IpfsGateway open(GatewaySettings settings, InstantSource clock) {
        return new IpfsGateway(settings, new GatewayHttp(settings.gateway(), settings.timeout()), clock);
    }

    @Override
    public Content read(String text, Instant deadline) {
        Optional<Cid> cid = Cid.parse(text);
        if (cid.isEmpty()) {
            return new Content.Unreadable(
                    "not a CID that can be checked here; expected version 0, or version 1 in base32 with SHA-256 and the"
                            + " codec raw or dag-pb");
        }
        Optional<ByteString> known = files.file(cid.get());
        if (known.isPresent()) {
            return new Content.Found(known.get());
        }
        if (!turn(deadline)) {
            return new Content.Unavailable("too many lists are being read already");
        }
        try {
            // Whoever was waited for may have read it.
            Optional<ByteString> meanwhile = files.file(cid.get());
            return new Content.Found(meanwhile.isPresent() ? meanwhile.get() : fetched(cid.get(), deadline));
        } catch (GatewayFailure e) {
            return new Content.Unavailable(e.reason());
        } catch (MalformedBlockException e) {
            return new Content.Unreadable(e.getMessage() == null ? "" : e.getMessage());
        } finally {
            turns.release();
        }
    }

    private ByteString fetched(Cid cid, Instant deadline) throws GatewayFailure, MalformedBlockException {
        ByteString file = new File(deadline).read(cid);
        files.add(cid, file);
        return file;
    }

    private boolean turn(Instant deadline) {
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return turns.tryAcquire(Duration.between(clock.instant(), deadline).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    /** One file being put together. */
    private final class File {
        private final Instant deadline;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int blocksLeft = settings.maxBytes() / SMALLEST_PIECE + SPARE_BLOCKS;

        File(Instant deadline) {
            this.deadline = deadline;
        }

        ByteString read(Cid root) throws GatewayFailure, MalformedBlockException {
            add(root, DEEPEST);
            return ByteString.copyOf(content.toByteArray());
        }

        private void add(Cid cid, int depth) throws GatewayFailure, MalformedBlockException {
            if (depth == 0 || blocksLeft-- == 0) {
                throw new MalformedBlockException("the file is cut into too many pieces");
            }
            byte[] block = blocks.block(cid, left());
            if (cid.codec() == Cid.Codec.RAW) {
                append(block);
                return;
            }
            UnixFsNode node = UnixFsNode.parse(block);
            if (node.fileSize() > settings.maxBytes()) {
                throw tooLarge();
            }
            append(node.data());
            for (Cid link : node.links()) {
                add(link, depth - 1);
            }
        }

        private void append(byte[] piece) throws MalformedBlockException {
            if (piece.length > settings.maxBytes() - content.size()) {
                throw tooLarge();
            }
            content.writeBytes(piece);
        }

        private MalformedBlockException tooLarge() {
            return new MalformedBlockException("the file is larger than " + settings.maxBytes() + " bytes");
        }

        private Duration left() throws GatewayFailure {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                throw new GatewayFailure("no complete answer in time");
            }
            return left.compareTo(settings.timeout()) < 0 ? left : settings.timeout();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
