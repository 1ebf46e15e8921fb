package io.attested.sms.operate.store.jdbc;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.AuditLog;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.Recorded;
import io.attested.sms.chain.Bytes32;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The evidence policy the service ran with last: the table {@code policy_seen}, one row. */
public final class PolicySeen {
    private final JdbcClient jdbc;
    private final AuditLog log;
    private final InstantSource clock;

    public PolicySeen(JdbcClient jdbc, AuditLog log, InstantSource clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Remembers the policy in use; when it is another than the last one, an entry says so. When this returns, both are
     * durable.
     *
     * @param digest SHA-256 of the policy
     */
    public void note(Bytes32 digest) {
        Optional<Bytes32> last = last();
        if (last.equals(Optional.of(digest))) {
            return;
        }
        log.commit(() -> {
            remember(digest);
            return new Recorded<>(
                    digest,
                    last.map(ignored ->
                            AuditEntry.of(Event.POLICY_CHANGED, clock.instant()).with(Field.POLICY_DIGEST, digest)));
        });
    }

    private Optional<Bytes32> last() {
        return jdbc.sql("select digest from policy_seen")
                .query(String.class)
                .optional()
                .map(Bytes32::parse);
    }

    private void remember(Bytes32 digest) {
        int known = jdbc.sql("update policy_seen set digest = ?")
                .param(digest.toString())
                .update();
        if (known == 0) {
            jdbc.sql("insert into policy_seen (id, digest) values (1, ?)")
                    .param(digest.toString())
                    .update();
        }
    }
}
