package io.attested.sms.operate.admin.jdbc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.keyring.BackupDamaged;
import io.attested.sms.operate.admin.Contents;
import io.attested.sms.operate.store.Realm;
import io.attested.sms.operate.store.StoreStamp;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The plaintext of a backup: the word {@code sms-store/1}, the contents' fields, then each {@link StoreTable} with its name
 * and its rows, then the word {@code end}. Words as {@link DataOutputStream#writeUTF} writes them.
 */
final class ImageForm {
    private static final String FORMAT = "sms-store/1";
    private static final String END = "end";

    private ImageForm() {}

    static void writeContents(DataOutputStream out, Contents contents) throws IOException {
        out.writeUTF(FORMAT);
        out.writeUTF(contents.stamp().realm().word());
        out.writeLong(contents.stamp().chainId());
        out.writeUTF(contents.stamp().hub().toString());
        out.writeUTF(contents.stamp().trustRootDigest().toString());
        out.writeUTF(contents.madeAt().toString());
        out.writeUTF(contents.serviceId().toString());
        out.writeLong(contents.sequence());
        out.writeUTF(contents.head().toString());
    }

    static void writeEnd(DataOutputStream out) throws IOException {
        out.writeUTF(END);
        out.flush();
    }

    /** Told of each row in the order of the stream. */
    interface Reader {
        void contents(Contents contents) throws IOException;

        void row(StoreTable table, List<@Nullable Object> values) throws IOException;

        /** After the last row of a table. */
        default void tableEnds(StoreTable table) throws IOException {}
    }

    /**
     * Reads to the authentic end.
     *
     * @throws BackupDamaged when the content is in another form, or the stream says so
     */
    static void read(InputStream content, Reader reader) throws IOException {
        try (DataInputStream in = new DataInputStream(content)) {
            reader.contents(contents(in));
            for (StoreTable table : StoreTable.values()) {
                require(in.readUTF().equals(table.table()));
                for (List<@Nullable Object> row = RowForm.read(in, table);
                        !row.isEmpty();
                        row = RowForm.read(in, table)) {
                    reader.row(table, row);
                }
                reader.tableEnds(table);
            }
            require(in.readUTF().equals(END));
            require(in.read() < 0);
        } catch (EOFException e) {
            throw new BackupDamaged("its content ends too early");
        }
    }

    private static Contents contents(DataInputStream in) throws IOException {
        require(in.readUTF().equals(FORMAT));
        try {
            StoreStamp stamp = new StoreStamp(
                    Realm.valueOf(in.readUTF().toUpperCase(Locale.ROOT)),
                    in.readLong(),
                    Address.parse(in.readUTF()),
                    Bytes32.parse(in.readUTF()));
            return new Contents(
                    stamp,
                    Instant.parse(in.readUTF()),
                    Bytes32.parse(in.readUTF()),
                    in.readLong(),
                    Bytes32.parse(in.readUTF()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BackupDamaged("its content is not in the form this service writes");
        }
    }

    private static void require(boolean holds) throws IOException {
        if (!holds) {
            throw new BackupDamaged("its content is not in the form this version of the service writes");
        }
    }
}
