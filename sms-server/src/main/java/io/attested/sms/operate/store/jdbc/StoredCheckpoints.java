package io.attested.sms.operate.store.jdbc;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.follow.Checkpoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the follower of the chain left off: the table {@code chain_checkpoint}, one row.
 *
 * <p>Only the first checkpoint of a run, then one each {@link #PAUSE}, and on closing the last one are written: a chain
 * settles a block every few seconds, and the database's file grows with each write for ever. After a crash the follower
 * starts from an older block and delivers some changes again, as its port allows. A row of another chain or hub is
 * ignored, and replaced.
 */
public final class StoredCheckpoints implements Checkpoints, AutoCloseable {
    /** Time between two writes. */
    public static final Duration PAUSE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final AuditLog log;
    private final long chainId;
    private final Address hub;
    private final InstantSource clock;
    private Optional<Checkpoint> unwritten = Optional.empty();
    private Instant nextWrite = Instant.MIN;

    /** Writes go through the log, the only way to change the store. */
    public StoredCheckpoints(JdbcClient jdbc, AuditLog log, long chainId, Address hub, InstantSource clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.chainId = chainId;
        this.hub = hub;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Checkpoint> load() {
        return unwritten.or(() -> jdbc.sql(
                        "select block_number, block_hash from chain_checkpoint where chain_id = ? and hub = ?")
                .params(chainId, hub.value())
                .query((row, number) ->
                        new Checkpoint(row.getLong("block_number"), Bytes32.parse(row.getString("block_hash"))))
                .optional());
    }

    @Override
    public synchronized void save(Checkpoint checkpoint) {
        unwritten = Optional.of(checkpoint);
        if (!clock.instant().isBefore(nextWrite)) {
            write();
        }
    }

    /** Writes what is not written yet; the store must still be open. */
    @Override
    public synchronized void close() {
        if (unwritten.isPresent()) {
            write();
        }
    }

    private void write() {
        Checkpoint checkpoint = unwritten.orElseThrow();
        log.commit(() -> {
            // In two statements that every database knows, within the log's transaction.
            jdbc.sql("delete from chain_checkpoint where id = 1").update();
            jdbc.sql("insert into chain_checkpoint (id, chain_id, hub, block_number, block_hash)"
                            + " values (1, ?, ?, ?, ?)")
                    .params(
                            chainId,
                            hub.value(),
                            checkpoint.number(),
                            checkpoint.hash().value())
                    .update();
            return Recorded.silently(checkpoint);
        });
        unwritten = Optional.empty();
        nextWrite = clock.instant().plus(PAUSE);
    }
}
