package io.attested.sms.operate.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.operate.legacy.script.LegacyScript;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read of a script, and what is refused. */
class LegacyScriptTest {
    private static final String TABLE =
            "CREATE CACHED TABLE \"PUBLIC\".\"web3secret\"(\n  \"address\" CHARACTER VARYING(255) NOT NULL,\n"
                    + "  \"value\" CHARACTER VARYING(8192)\n);\n";

    private static LegacyContent read(String script) throws LegacyUnreadable {
        return LegacyScript.read(new StringReader(script));
    }

    private static void assertRow(String literal, String value) throws LegacyUnreadable {
        LegacyContent content =
                read(TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\" VALUES\n('0x1', " + literal + ");\n");
        assertThat(content.rows(LegacyTable.DATASET_KEYS).getFirst().values())
                .containsEntry("address", "0x1")
                .satisfies(values -> assertThat(values.get("value")).isEqualTo(value));
    }

    @Test
    void literalsAreRead() throws Exception {
        assertRow("'plain'", "plain");
        assertRow("'it''s; -- not (a) comment'", "it's; -- not (a) comment");
        assertRow("U&'caf\\00e9 \\+01f511 \\\\'", "café 🔑 \\");
        assertRow("''", "");
        assertThat(read(TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\" VALUES ('0x1', NULL);")
                        .rows(LegacyTable.DATASET_KEYS)
                        .getFirst()
                        .values())
                .containsOnlyKeys("address");
        assertRow("TRUE", "TRUE");
        assertRow("-12", "-12");
        assertRow("TIMESTAMP WITH TIME ZONE '2026-11-01 10:00:00.5+00'", "2026-11-01T10:00:00.5+00:00");
        assertRow("TIMESTAMP WITH TIME ZONE '2026-11-01 10:00:00-03:30'", "2026-11-01T10:00:00-03:30");
    }

    @Test
    void columnsInAnotherOrderAndNamedColumnsAreRead() throws Exception {
        String other = "CREATE CACHED TABLE \"PUBLIC\".\"web3secret\"(\"value\" CHARACTER VARYING(8192),"
                + " \"more\" NUMERIC(10, 2), \"address\" CHARACTER VARYING(255) NOT NULL);\n";
        assertThat(read(other + "INSERT INTO \"PUBLIC\".\"web3secret\" VALUES ('v', 1, 'a'), ('w', 2, 'b');")
                        .rows(LegacyTable.DATASET_KEYS)
                        .getLast()
                        .values())
                .containsOnly(java.util.Map.entry("value", "w"), java.util.Map.entry("address", "b"));
        assertThat(read(TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\"(\"value\", \"address\") VALUES ('v', 'a');")
                        .rows(LegacyTable.DATASET_KEYS)
                        .getFirst()
                        .values())
                .containsEntry("value", "v");
    }

    @Test
    void otherStatementsAndTablesArePassedOver() throws Exception {
        LegacyContent content = read("-- H2 2.2.224;\n;\nCREATE USER IF NOT EXISTS \"SA\" SALT 'c;c' HASH '09' ADMIN;\n"
                + "DROP TABLE IF EXISTS \"PUBLIC\".\"web3secret\" CASCADE;\nCREATE ALIAS EVIL AS 'void x() { ; }';\n"
                + TABLE + "INSERT INTO \"PUBLIC\".\"others\" VALUES (X'00', EVIL());\n");
        assertThat(content.isAnOriginals()).isTrue();
        assertThat(content.rows(LegacyTable.DATASET_KEYS)).isEmpty();
    }

    @Test
    void whatIsHalfUnderstoodIsRefused() {
        String insert = "INSERT INTO \"PUBLIC\".\"web3secret\" VALUES ";
        for (String script : List.of(
                insert + "('a', 'b');",
                TABLE + insert + "('a');",
                TABLE + insert + "('a', 'b', 'c');",
                TABLE + insert + "('a', FILE_READ('/etc/passwd'));",
                TABLE + insert + "('a', (SELECT 1));",
                TABLE + insert + "('a', 'b' || 'c');",
                TABLE + insert + "('a', X'00');",
                TABLE + insert + "('a', U&'\\00');",
                TABLE + insert + "('a', U&'\\+110000');",
                TABLE + insert + "('a', 'b')",
                TABLE + insert + "('a', 'b",
                TABLE + insert + "('a', 1.5);",
                TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\" SELECT * FROM X;",
                TABLE + "INSERT INTO \"OTHER\".\"web3secret\" VALUES ('a', 'b');",
                TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\"(\"address\") VALUES ('a');",
                "CREATE TABLE \"PUBLIC\".\"web3secret\"(\"address\"",
                "DROP TABLE X")) {
            assertThatThrownBy(() -> read(script)).as(script).isInstanceOf(LegacyUnreadable.class);
        }
    }

    /** Any change of a script is either read or refused, and never ends otherwise. */
    @Test
    void mutatedScriptsAreReadOrRefused() {
        String whole = TABLE + "INSERT INTO \"PUBLIC\".\"web3secret\" VALUES\n('0x1', U&'\\00e9'),\n('0x2', NULL);\n";
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder script = new StringBuilder(whole);
            for (int change = 0; change <= random.nextInt(3); change++) {
                script.setCharAt(random.nextInt(script.length()), "\\'\"();,.-U&0aN\n".charAt(random.nextInt(15)));
            }
            try {
                assertThat(read(script.toString())).isNotNull();
            } catch (LegacyUnreadable refused) {
                assertThat(refused.reason()).isEqualTo(LegacyUnreadable.Reason.NOT_AN_ORIGINALS);
            }
        }
    }
}
