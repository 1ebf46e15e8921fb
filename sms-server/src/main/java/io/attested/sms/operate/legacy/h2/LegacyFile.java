package io.attested.sms.operate.legacy.h2;

import io.attested.sms.operate.legacy.LegacyContent;
import io.attested.sms.operate.legacy.LegacyTable;
import io.attested.sms.operate.legacy.LegacyUnreadable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An original's database as a file of H2 2.2, whose format H2 2.5 reads.
 *
 * <p>Guarantee: the file is copied to a folder of mode 0700 and the copy is opened read-only; the file itself is only
 * read, and the copy is deleted. Limit: H2 runs what a database's own definitions tell it to run when it is opened; give
 * only files that you know to come from the original. The command allows H2 no class of anybody else's.
 */
public final class LegacyFile {
    private static final String SUFFIX = ".mv.db";
    private static final String USER = "sa";

    private LegacyFile() {}

    /**
     * Reads all that is imported of it.
     *
     * @throws LegacyUnreadable when it is no such file, is in use, or holds none of the original's tables
     */
    public static LegacyContent read(Path file) throws LegacyUnreadable {
        try {
            Path scratch = Files.createTempDirectory(
                    "sms-import", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path copy = scratch.resolve("copy" + SUFFIX);
            try {
                copy(file, copy);
                return readCopy(scratch.resolve("copy"));
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

    private static LegacyContent readCopy(Path name) throws LegacyUnreadable {
        String url = "jdbc:h2:file:" + name + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0";
        try (Connection connection = DriverManager.getConnection(url, USER, "")) {
            LegacyContent content = new LegacyContent();
            for (LegacyTable table : LegacyTable.values()) {
                if (exists(connection, table)) {
                    content.found(table);
                    readTable(connection, table, content);
                }
            }
            return content;
        } catch (SQLException e) {
            throw new LegacyUnreadable(
                    LegacyUnreadable.Reason.NOT_AN_ORIGINALS,
                    "the file does not open as the original's database (H2 2.2, user sa, empty password), or has other"
                            + " tables: " + e.getErrorCode() + "; give its database file, or a backup.sql of it");
        }
    }

    private static boolean exists(Connection connection, LegacyTable table) throws SQLException {
        try (ResultSet found = connection.getMetaData().getTables(null, "PUBLIC", table.table(), null)) {
            return found.next();
        }
    }

    private static void readTable(Connection connection, LegacyTable table, LegacyContent content) throws SQLException {
        String columns =
                table.columns().stream().map(column -> "\"" + column + "\"").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select " + columns + " from \"PUBLIC\".\"" + table.table() + "\"")) {
            while (rows.next()) {
                content.add(table, row(table.columns(), rows));
            }
        }
    }

    private static LegacyContent.Row row(List<String> columns, ResultSet row) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            @Nullable Object value = row.getObject(i + 1);
            if (value instanceof OffsetDateTime time) {
                values.put(columns.get(i), time.toString());
            } else if (value instanceof Boolean truth) {
                values.put(columns.get(i), truth ? "TRUE" : "FALSE");
            } else if (value != null) {
                values.put(columns.get(i), value.toString());
            }
        }
        return new LegacyContent.Row(values);
    }
}
