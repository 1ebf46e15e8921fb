package io.attested.sms.operate.legacy.script;

import io.attested.sms.operate.legacy.LegacyTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What {@code CREATE TABLE} says of one of the original's tables.
 *
 * @param columns all of them, in the order of the values of a row
 */
public record TableDefinition(LegacyTable table, List<String> columns) {
    public TableDefinition {
        columns = List.copyOf(columns);
    }

    /**
     * Reads one statement as H2 keeps it, without a semicolon; nothing when it defines none of the original's tables.
     *
     * @throws IOException when it is no statement that H2 writes
     */
    public static Optional<TableDefinition> of(String statement) throws IOException {
        return LegacyScript.definition(statement);
    }
}
