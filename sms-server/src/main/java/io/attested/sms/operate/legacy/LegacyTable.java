package io.attested.sms.operate.legacy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The original's tables and the columns that are read of them, contract section 6.2. */
public enum LegacyTable {
    ACCOUNT_SECRETS("web2secret", "address", "owner_address", "value"),
    DATASET_KEYS("web3secret", "address", "value"),
    COMPUTE_SECRETS(
            "tee_task_compute_secret",
            "on_chain_object_type",
            "on_chain_object_address",
            "secret_owner_role",
            "fixed_secret_owner",
            "key",
            "value"),
    CHALLENGES("tee_challenge", "id", "task_id", "final_deadline", "credentials_id"),
    CREDENTIALS("ethereum_credentials", "id", "private_key", "is_encrypted", "address");

    private final String table;
    private final List<String> columns;

    LegacyTable(String table, String... columns) {
        this.table = table;
        this.columns = List.of(columns);
    }

    /** The name, lower-case. */
    public String table() {
        return table;
    }

    /** Names, lower-case. */
    public List<String> columns() {
        return columns;
    }

    /** The table of a name. */
    public static Optional<LegacyTable> named(String name) {
        return Arrays.stream(values()).filter(table -> table.table.equals(name)).findFirst();
    }
}
