package io.attested.sms.operate.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.operate.legacy.h2.LegacyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Database files that somebody made to be imported. */
class ForeignDatabaseTest {
    private static final int MUTATIONS = 150;

    @TempDir
    private Path folder;

    private Path database(String... statements) throws Exception {
        try (OriginalDatabase database = OriginalDatabase.create(folder.resolve("original"))) {
            for (String statement : statements) {
                database.sql(statement);
            }
            return database.file();
        }
    }

    private String quoted(Path file) {
        return file.toString().replace("'", "''");
    }

    @Test
    void aViewInThePlaceOfATableIsNotRun() throws Exception {
        Path written = folder.resolve("written");
        Path file = database(
                "drop table \"web3secret\"",
                "create view \"web3secret\" as select cast(file_write('x', '" + quoted(written)
                        + "') as varchar) \"address\", '' \"value\"");
        Files.deleteIfExists(written);
        LegacyContent content = LegacyFile.read(file);
        assertThat(content.rows(LegacyTable.DATASET_KEYS)).isEmpty();
        assertThat(written).doesNotExist();
    }

    @Test
    void aTriggerWithSourceCodeIsNotRun() throws Exception {
        Path written = folder.resolve("written");
        Path file = database(
                "insert into \"web3secret\" values ('0x01', 'AAAA')",
                "create force trigger t before insert on \"web3secret\" for each row as 'org.h2.api.Trigger create() throws"
                        + " Exception { new java.io.FileOutputStream(\"" + quoted(written)
                        + "\").close(); return new org.h2.api.Trigger() { public void fire(java.sql.Connection c,"
                        + " Object[] a, Object[] b) {} }; }'");
        Files.deleteIfExists(written);
        assertThat(LegacyFile.read(file).rows(LegacyTable.DATASET_KEYS)).hasSize(1);
        assertThat(written).doesNotExist();
    }

    @Test
    void aLinkedTableReachesNoServer() throws Exception {
        Path file = database(
                "drop table \"web3secret\"",
                "create force linked table \"web3secret\" ('org.h2.Driver', 'jdbc:h2:tcp://127.0.0.1:9/x', 'sa', '', 'x')");
        assertThatThrownBy(() -> LegacyFile.read(file)).isInstanceOf(LegacyUnreadable.class);
    }

    @Test
    void aTableWithOtherColumnsOrTypesIsRefused() throws Exception {
        Path other = database(
                "drop table \"web3secret\"", "create table \"web3secret\" (\"address\" varchar(255), \"x\" varchar)");
        assertThatThrownBy(() -> LegacyFile.read(other)).isInstanceOf(LegacyUnreadable.class);
        Files.delete(other);
        Path large = database(
                "drop table \"web3secret\"",
                "create table \"web3secret\" (\"address\" varchar(255), \"value\" clob)",
                "insert into \"web3secret\" values ('0x01', repeat('a', 10000))");
        assertThatThrownBy(() -> LegacyFile.read(large)).isInstanceOf(LegacyUnreadable.class);
    }

    @Test
    void whatWasNotCommittedIsNoValue() throws Exception {
        Path copy = folder.resolve("copy.mv.db");
        try (OriginalDatabase database = OriginalDatabase.create(folder.resolve("original"))) {
            database.sql("insert into \"web3secret\" values ('0x01', 'AAAA')");
            database.sql("set autocommit false");
            database.sql("update \"web3secret\" set \"value\" = 'BBBB'");
            database.sql("checkpoint sync");
            Files.copy(database.file(), copy);
        }
        assertThatThrownBy(() -> LegacyFile.read(copy))
                .isInstanceOf(LegacyUnreadable.class)
                .hasMessageContaining("start and stop the original once");
    }

    @Test
    void aDamagedFileIsReadOrRefusedButNeverMore() throws Exception {
        byte[] whole = Files.readAllBytes(database("insert into \"web3secret\" values ('0x01', 'AAAA')"));
        Random random = new Random(7);
        Path damaged = folder.resolve("damaged.mv.db");
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int n = 0; n < 40; n++) {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            Files.write(damaged, bytes);
            try {
                LegacyFile.read(damaged);
            } catch (LegacyUnreadable expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
        Files.write(damaged, "H:2,block:9,blockSize:1000,chunk:7,format:9".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> LegacyFile.read(damaged)).isInstanceOf(LegacyUnreadable.class);
    }
}
