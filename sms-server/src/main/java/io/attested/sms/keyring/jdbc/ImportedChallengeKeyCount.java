package io.attested.sms.keyring.jdbc;

import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the rows of the table {@code imported_challenge_keys}. */
public final class ImportedChallengeKeyCount implements LongSupplier {
    private final JdbcClient jdbc;

    public ImportedChallengeKeyCount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long getAsLong() {
        return jdbc.sql("select count(*) from imported_challenge_keys")
                .query(Long.class)
                .single();
    }
}
