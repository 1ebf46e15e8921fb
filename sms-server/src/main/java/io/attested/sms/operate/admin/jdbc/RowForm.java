package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.keyring.BackupDamaged;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as bytes: {@code u8} 1, then each value as {@code u8} 0 when it is null, otherwise 1 and the value: numbers as 8
 * bytes big-endian; text (UTF-8) and bytes after their length as {@code u32}. A {@code u8} 0 ends a table.
 */
final class RowForm {
    private static final int LONGEST = 1 << 20;

    private RowForm() {}

    static void write(DataOutputStream out, StoreTable table, ResultSet row) throws IOException, SQLException {
        out.writeByte(1);
        for (StoreTable.Column column : table.columns()) {
            switch (column.type()) {
                case TEXT -> {
                    String text = row.getString(column.name());
                    writeBytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
                }
                case BYTES -> writeBytes(out, row.getBytes(column.name()));
                case NUMBER -> {
                    long number = row.getLong(column.name());
                    boolean isNull = row.wasNull();
                    out.writeByte(isNull ? 0 : 1);
                    if (!isNull) {
                        out.writeLong(number);
                    }
                }
            }
        }
    }

    private static void writeBytes(DataOutputStream out, byte @Nullable [] value) throws IOException {
        out.writeByte(value == null ? 0 : 1);
        if (value != null) {
            out.writeInt(value.length);
            out.write(value);
        }
    }

    static void end(DataOutputStream out) throws IOException {
        out.writeByte(0);
    }

    /** The values of the next row in the order of the columns, or an empty list at the table's end. */
    static List<@Nullable Object> read(DataInputStream in, StoreTable table) throws IOException {
        List<@Nullable Object> values = new ArrayList<>(table.columns().size());
        if (flag(in)) {
            for (StoreTable.Column column : table.columns()) {
                values.add(flag(in) ? value(in, column.type()) : null);
            }
        }
        return values;
    }

    private static Object value(DataInputStream in, StoreTable.Type type) throws IOException {
        return switch (type) {
            case NUMBER -> in.readLong();
            case BYTES -> bytes(in);
            case TEXT -> text(bytes(in));
        };
    }

    private static boolean flag(DataInputStream in) throws IOException {
        int flag = in.readUnsignedByte();
        if (flag > 1) {
            throw new BackupDamaged("its content is not in the form this service writes");
        }
        return flag == 1;
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new BackupDamaged("its content is not in the form this service writes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new BackupDamaged("its content ends too early");
        }
        return bytes;
    }

    private static String text(byte[] utf8) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BackupDamaged("its content is not in the form this service writes");
        }
    }
}
