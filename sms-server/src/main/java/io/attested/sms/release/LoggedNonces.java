package io.attested.sms.release;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Bytes32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Redeems nonces in the log's durable transaction, without an entry of their own: grant or refusal will be one. Now and
 * then it forgets those that expired an hour ago and more.
 */
public final class LoggedNonces implements NonceBook {
    private final AuditLog log;
    private static final int REDEMPTIONS_BETWEEN_CLEARINGS = 256;
    private static final Duration MARGIN = Duration.ofHours(1);

    private final NonceBook table;
    private final Consumer<Instant> forgetExpired;
    private final InstantSource clock;
    private final AtomicInteger redemptions = new AtomicInteger();

    /**
     * @param table marks a nonce within a transaction that is already open
     * @param forgetExpired forgets, likewise, what expired before an instant
     */
    public LoggedNonces(AuditLog log, NonceBook table, Consumer<Instant> forgetExpired, InstantSource clock) {
        this.log = log;
        this.table = table;
        this.forgetExpired = forgetExpired;
        this.clock = clock;
    }

    @Override
    public boolean redeem(Bytes32 nonce, Instant expiresAt) {
        boolean clear = redemptions.incrementAndGet() % REDEMPTIONS_BETWEEN_CLEARINGS == 0;
        return log.commit(() -> Recorded.silently(redeem(nonce, expiresAt, clear)))
                .outcome();
    }

    private boolean redeem(Bytes32 nonce, Instant expiresAt, boolean clear) {
        if (clear) {
            forgetExpired.accept(clock.instant().minus(MARGIN));
        }
        return table.redeem(nonce, expiresAt);
    }
}
