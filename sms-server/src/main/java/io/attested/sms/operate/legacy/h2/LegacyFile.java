package io.attested.sms.operate.legacy.h2;

import io.attested.sms.operate.legacy.LegacyContent;
import io.attested.sms.operate.legacy.LegacyTable;
import io.attested.sms.operate.legacy.LegacyUnreadable;
import io.attested.sms.operate.legacy.script.TableDefinition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.db.RowDataType;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.LongDataType;
import org.h2.result.RowFactory;
import org.h2.result.SearchRow;
import org.h2.util.JSR310Utils;
import org.h2.value.CompareMode;
import org.h2.value.Value;
import org.h2.value.VersionedValue;

/**
 * An original's database as a file of H2 2.2, read as the maps of rows it consists of.
 *
 * <p>Guarantees: no database is opened. H2 would run what the file's own definitions say, among them triggers with source
 * code and functions that read and write files; here a definition is text, of which the order of a table's columns is
 * taken. The file is copied to a folder of mode 0700 and the copy is read; the file itself stays as it is, and the copy is
 * deleted. Limit: whose data they are, nothing in the file tells.
 */
public final class LegacyFile {
    private static final String SUFFIX = ".mv.db";

    /** The table of definitions: id, head, type, SQL. */
    private static final String DEFINITIONS = "0";

    private static final int DEFINITION_COLUMNS = 4;
    private static final int DEFINITION_SQL = 3;

    private LegacyFile() {}

    /**
     * Reads all that is imported of it.
     *
     * @throws LegacyUnreadable when it is no such file, is in use, was not closed, or a table of the original's is not as the
     *     original makes it
     */
    public static LegacyContent read(Path file) throws LegacyUnreadable {
        try {
            Path scratch = Files.createTempDirectory(
                    "sms-import", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path copy = scratch.resolve("copy" + SUFFIX);
            try {
                copy(file, copy);
                return readCopy(copy);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(scratch);
            }
        } catch (IOException e) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.UNAVAILABLE, "the database file cannot be read (" + e + ")");
        }
    }

    private static void copy(Path file, Path copy) throws IOException, LegacyUnreadable {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (isLocked(channel)) {
                throw new LegacyUnreadable(
                        LegacyUnreadable.Reason.UNAVAILABLE,
                        "the database file is in use; stop the original service first");
            }
            Files.copy(file, copy);
        }
    }

    /** H2 holds an exclusive lock while it has a file open. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        } catch (OverlappingFileLockException byThisProcess) {
            return true;
        }
    }

    private static LegacyContent readCopy(Path copy) throws LegacyUnreadable {
        try (MVStore store =
                new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
            LegacyContent content = new LegacyContent();
            Cursor<Long, VersionedValue<SearchRow>> definitions = rows(store, DEFINITIONS, DEFINITION_COLUMNS);
            while (definitions.hasNext()) {
                definitions.next();
                SearchRow definition = committed(definitions.getValue());
                Optional<TableDefinition> table = TableDefinition.of(
                        text(definition.getValue(DEFINITION_SQL)).orElse(""));
                if (table.isPresent()) {
                    readTable(store, text(definition.getValue(0)).orElse(""), table.get(), content);
                }
            }
            return content;
        } catch (IOException e) {
            throw notAnOriginals(String.valueOf(e.getMessage()));
        } catch (RuntimeException | AssertionError | OutOfMemoryError | StackOverflowError e) {
            // What the file holds decides what the library trips over, a length it believes included; its messages may
            // quote the file.
            throw notAnOriginals(e.getClass().getSimpleName());
        }
    }

    private static LegacyUnreadable notAnOriginals(String why) {
        return new LegacyUnreadable(
                LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                "the file is not a database as the original makes it with H2 2.2, or is damaged (" + why
                        + "); give its database file, or a backup.sql of it");
    }

    private static void readTable(MVStore store, String id, TableDefinition definition, LegacyContent content)
            throws LegacyUnreadable, IOException {
        LegacyTable table = definition.table();
        List<String> columns = definition.columns();
        if (!columns.containsAll(table.columns())) {
            throw new IOException("a table has other columns");
        }
        content.found(table);
        Cursor<Long, VersionedValue<SearchRow>> rows = rows(store, id, columns.size());
        while (rows.hasNext()) {
            rows.next();
            SearchRow row = committed(rows.getValue());
            Map<String, String> values = new HashMap<>();
            for (String column : table.columns()) {
                text(row.getValue(columns.indexOf(column))).ifPresent(value -> values.put(column, value));
            }
            content.add(table, new LegacyContent.Row(values));
        }
    }

    private static Cursor<Long, VersionedValue<SearchRow>> rows(MVStore store, String table, int columns)
            throws IOException {
        String name = "table." + table;
        if (!store.hasMap(name)) {
            throw new IOException("a table has no rows of its own");
        }
        RowDataType row = RowFactory.getDefaultRowFactory()
                .createRowFactory(
                        null, CompareMode.getInstance(null, 0), null, new int[columns], null, null, columns, false)
                .getRowDataType();
        MVMap<Long, VersionedValue<SearchRow>> map = store.openMap(
                name,
                new MVMap.Builder<Long, VersionedValue<SearchRow>>()
                        .keyType(LongDataType.INSTANCE)
                        .valueType(new VersionedValueType<SearchRow, Object>(row)));
        return map.cursor(null);
    }

    private static SearchRow committed(VersionedValue<SearchRow> value) throws LegacyUnreadable {
        if (!value.isCommitted()) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.UNAVAILABLE,
                    "the database was not closed after its last change, and which of two values counts is open; start and"
                            + " stop the original once, or give a backup.sql of it");
        }
        return value.getCurrentValue();
    }

    private static Optional<String> text(Value value) throws IOException {
        return switch (value.getValueType()) {
            case Value.NULL -> Optional.empty();
            case Value.CHAR,
                    Value.VARCHAR,
                    Value.VARCHAR_IGNORECASE,
                    Value.BOOLEAN,
                    Value.TINYINT,
                    Value.SMALLINT,
                    Value.INTEGER,
                    Value.BIGINT -> Optional.of(value.getString());
            case Value.TIMESTAMP_TZ ->
                Optional.of(JSR310Utils.valueToOffsetDateTime(value, null).toString());
            default -> throw new IOException("a value is of a type that the original does not use");
        };
    }
}
