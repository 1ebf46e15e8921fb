package io.attested.sms.release;

import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Bytes32;
import java.time.Instant;

/** Redeems nonces in the log's durable transaction, without an entry of their own: grant or refusal will be one. */
public final class LoggedNonces implements NonceBook {
    private final AuditLog log;
    private final NonceBook table;

    /** @param table marks a nonce within a transaction that is already open */
    public LoggedNonces(AuditLog log, NonceBook table) {
        this.log = log;
        this.table = table;
    }

    @Override
    public boolean redeem(Bytes32 nonce, Instant expiresAt) {
        return log.commit(() -> Recorded.silently(table.redeem(nonce, expiresAt)))
                .outcome();
    }
}
