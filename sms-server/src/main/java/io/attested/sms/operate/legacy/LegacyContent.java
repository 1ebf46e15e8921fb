package io.attested.sms.operate.legacy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of an original's database, values as text: numbers in decimal, truth values as TRUE and FALSE, times in ISO 8601. */
public final class LegacyContent {
    private final Map<LegacyTable, List<Row>> rows = new EnumMap<>(LegacyTable.class);

    /**
     * A row.
     *
     * @param values by column; a column without an entry is null
     */
    public record Row(Map<String, String> values) {
        Optional<String> value(String column) {
            return Optional.ofNullable(values.get(column));
        }

        String text(String column) {
            return value(column).orElse("");
        }

        /** Values may be private keys in clear. */
        @Override
        public String toString() {
            return "Row" + values.keySet();
        }
    }

    /** Notes that a table is there, even if it has no row. */
    public void found(LegacyTable table) {
        rows.computeIfAbsent(table, none -> new ArrayList<>());
    }

    public void add(LegacyTable table, Row row) {
        rows.computeIfAbsent(table, none -> new ArrayList<>()).add(row);
    }

    /** All rows; none when the table is not there. */
    public List<Row> rows(LegacyTable table) {
        return rows.getOrDefault(table, List.of());
    }

    /** Whether there is any of the original's tables. */
    public boolean isAnOriginals() {
        return !rows.isEmpty();
    }
}
