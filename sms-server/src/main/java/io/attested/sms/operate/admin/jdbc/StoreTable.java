package io.attested.sms.operate.admin.jdbc;

import static io.attested.sms.operate.admin.jdbc.StoreTable.Type.BYTES;
import static io.attested.sms.operate.admin.jdbc.StoreTable.Type.NUMBER;
import static io.attested.sms.operate.admin.jdbc.StoreTable.Type.TEXT;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every table of a store but its stamp, which stands in front, in the order in which they lie in a backup. Constants and
 * columns are part of the backup's form.
 */
enum StoreTable {
    WRAPPED_KEYS("purpose", column("purpose", TEXT), column("wrapped", BYTES)),
    MEASUREMENTS_SEEN("id", column("id", NUMBER), column("digest", TEXT)),
    POLICY_SEEN("id", column("id", NUMBER), column("digest", TEXT)),
    CHAIN_CHECKPOINT(
            "id",
            column("id", NUMBER),
            column("chain_id", NUMBER),
            column("hub", TEXT),
            column("block_number", NUMBER),
            column("block_hash", TEXT)),
    /** Before the entries they cover, so that a reader knows which entries to expect a head at. */
    LOG_HEADS("sequence", column("sequence", NUMBER), column("hash", BYTES), column("signature", BYTES)),
    LOG_ENTRIES("sequence", column("sequence", NUMBER), column("entry", BYTES), column("hash", BYTES)),
    REDEEMED_NONCES("nonce", column("nonce", BYTES), column("expires_at", NUMBER)),
    SECRETS(
            "kind, asset, name, owner",
            column("kind", TEXT),
            column("asset", TEXT),
            column("name", TEXT),
            column("owner", TEXT),
            column("version", NUMBER),
            column("mark", BYTES),
            column("measurements_digest", TEXT),
            column("wrapped_key", BYTES),
            column("ciphertext", BYTES),
            column("pushed_at", NUMBER)),
    OWNERS_SEEN("asset", column("asset", TEXT), column("owner", TEXT)),
    ACCEPTED_CHALLENGES("mark", column("mark", BYTES)),
    IMPORTED_CHALLENGE_KEYS(
            "chain_task_id",
            column("chain_task_id", TEXT),
            column("address", TEXT),
            column("deadline", NUMBER),
            column("wrapped_key", BYTES),
            column("ciphertext", BYTES));

    /** Of a column's values. */
    enum Type {
        TEXT,
        NUMBER,
        BYTES
    }

    record Column(String name, Type type) {}

    private final String order;
    private final List<Column> columns;

    StoreTable(String order, Column... columns) {
        this.order = order;
        this.columns = List.of(columns);
    }

    private static Column column(String name, Type type) {
        return new Column(name, type);
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Column> columns() {
        return columns;
    }

    String select() {
        return "select " + names() + " from " + table() + " order by " + order;
    }

    /** Leaves alone what is there. */
    String insertMissing() {
        return "insert into " + table() + " (" + names() + ") values ("
                + Stream.generate(() -> "?").limit(columns.size()).collect(Collectors.joining(", "))
                + ") on conflict do nothing";
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
