package io.attested.sms.operate.admin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup holds every table and column there is. */
class StoreTableTest {
    /** The stamp stands in front of a backup; the history of migrations is made anew by each store. */
    private static final Set<String> NOT_TABLES_OF_THE_IMAGE = Set.of("store_stamp", "flyway_schema_history");

    @TempDir
    private Path folder;

    @Test
    void everyTableAndColumnOfTheStoreIsInABackup() {
        Map<String, Set<String>> stored = new TreeMap<>();
        try (OpenStore store = TestStore.open(folder)) {
            store.database()
                    .jdbc()
                    .sql("select table_name, column_name from information_schema.columns where table_schema = 'public'")
                    .query(row -> {
                        stored.computeIfAbsent(row.getString(1), table -> new TreeSet<>())
                                .add(row.getString(2));
                    });
        }
        NOT_TABLES_OF_THE_IMAGE.forEach(stored::remove);
        Map<String, Set<String>> backedUp = new TreeMap<>();
        for (StoreTable table : StoreTable.values()) {
            Set<String> columns = new TreeSet<>();
            table.columns().forEach(column -> columns.add(column.name()));
            backedUp.put(table.table(), columns);
        }
        assertThat(backedUp).isEqualTo(stored);
    }
}
