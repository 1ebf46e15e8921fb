package io.attested.sms.operate.store.jdbc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.StoreStamp;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code store_stamp} and {@code measurements_seen}, one row each. */
final class StampTable {
    private final JdbcClient jdbc;

    StampTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoreStamp> stamp() {
        return jdbc.sql("select realm, chain_id, hub, trust_root_digest from store_stamp")
                .query((row, number) -> new StoreStamp(
                        Realm.valueOf(row.getString("realm").toUpperCase(Locale.ROOT)),
                        row.getLong("chain_id"),
                        Address.parse(row.getString("hub")),
                        Bytes32.parse(row.getString("trust_root_digest"))))
                .optional();
    }

    void insert(StoreStamp stamp) {
        jdbc.sql("insert into store_stamp (id, realm, chain_id, hub, trust_root_digest) values (1, ?, ?, ?, ?)")
                .params(
                        stamp.realm().word(),
                        stamp.chainId(),
                        stamp.hub().toString(),
                        stamp.trustRootDigest().toString())
                .update();
    }

    /** Whether any other table of a store holds a row. */
    boolean holdsRecords() {
        return jdbc.sql("select (select count(*) from wrapped_keys) + (select count(*) from log_entries)"
                                + " + (select count(*) from log_heads) + (select count(*) from secrets)")
                        .query(Long.class)
                        .single()
                > 0;
    }

    Optional<Bytes32> measurements() {
        return jdbc.sql("select digest from measurements_seen")
                .query(String.class)
                .optional()
                .map(Bytes32::parse);
    }

    void rememberMeasurements(Bytes32 digest) {
        int known = jdbc.sql("update measurements_seen set digest = ?")
                .param(digest.toString())
                .update();
        if (known == 0) {
            jdbc.sql("insert into measurements_seen (id, digest) values (1, ?)")
                    .param(digest.toString())
                    .update();
        }
    }
}
