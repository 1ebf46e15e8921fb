package io.attested.sms.keyring.jdbc;

import io.attested.sms.keyring.KeyPurpose;
import io.attested.sms.keyring.WrappedKeys;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code wrapped_keys}. */
public final class WrappedKeyTable implements WrappedKeys {
    private final JdbcClient jdbc;

    public WrappedKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<KeyPurpose, byte[]> all() {
        Map<KeyPurpose, byte[]> wrapped = new EnumMap<>(KeyPurpose.class);
        jdbc.sql("select purpose, wrapped from wrapped_keys").query(row -> {
            wrapped.put(KeyPurpose.valueOf(row.getString("purpose")), row.getBytes("wrapped"));
        });
        return wrapped;
    }

    @Override
    public void insertAll(Map<KeyPurpose, byte[]> wrapped) {
        wrapped.forEach((purpose, record) -> jdbc.sql("insert into wrapped_keys (purpose, wrapped) values (?, ?)")
                .params(purpose.name(), record)
                .update());
    }
}
