package io.attested.sms.audit.jdbc;

import io.attested.sms.chain.Bytes32;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Nonces that were redeemed, kept until they expire. Both methods run inside {@code AuditLog.commit}; what it committed
 * cannot be redeemed again, not even after a power loss.
 */
public final class RedeemedNonces {
    private final JdbcClient jdbc;

    public RedeemedNonces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Redeems a nonce; false when it was redeemed before. The caller refuses expired nonces first. */
    public boolean redeem(Bytes32 nonce, Instant expiresAt) {
        return jdbc.sql("insert into redeemed_nonces (nonce, expires_at) values (?, ?) on conflict do nothing")
                        .params(nonce.bytes(), expiresAt.toEpochMilli())
                        .update()
                == 1;
    }

    /** Forgets nonces that expired before {@code now}; returns how many. Leave a margin for clocks set back. */
    public int forgetExpired(Instant now) {
        return jdbc.sql("delete from redeemed_nonces where expires_at < ?")
                .param(now.toEpochMilli())
                .update();
    }
}
