package io.attested.sms.secret.jdbc;

import io.attested.sms.secret.SecretCounts;
import io.attested.sms.secret.SecretKind;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the rows of the table {@code secrets}. */
public final class SecretTableCounts implements SecretCounts {
    private final JdbcClient jdbc;

    public SecretTableCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<SecretKind, Long> byKind() {
        Map<SecretKind, Long> counts = new EnumMap<>(SecretKind.class);
        for (SecretKind kind : SecretKind.values()) {
            counts.put(
                    kind,
                    jdbc.sql("select count(*) from secrets where kind = ?")
                            .param(kind.word())
                            .query(Long.class)
                            .single());
        }
        return counts;
    }
}
