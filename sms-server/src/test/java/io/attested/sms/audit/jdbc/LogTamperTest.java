package io.attested.sms.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.audit.AuditEntry;
import io.attested.sms.audit.ChainCheck;
import io.attested.sms.audit.Event;
import io.attested.sms.audit.Field;
import io.attested.sms.audit.LogBroken;
import io.attested.sms.audit.Recorded;
import io.attested.sms.operate.store.TestStore;
import io.attested.sms.operate.store.jdbc.OpenStore;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever writes to the log's tables is found out. Entry 1 is the store's creation, entries 2 to 6 are these. */
class LogTamperTest {
    @TempDir
    private Path folder;

    private OpenStore store;

    @BeforeEach
    void writeFiveEntries() {
        store = TestStore.open(folder);
        for (int number = 2; number <= 6; number++) {
            AuditEntry entry = AuditEntry.of(Event.GRANTED, TestStore.NOW).with(Field.DETAIL, "entry " + number);
            store.log().commit(() -> Recorded.with(entry, entry));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void sql(String statement) {
        store.database().jdbc().sql(statement).update();
    }

    /** What is done to the tables, and the entry at which a walk must find it. */
    record Tampering(long foundAt, String... statements) {}

    static Stream<Tampering> tamperings() {
        return Stream.of(
                new Tampering(
                        3,
                        "update log_entries set entry = (select entry from log_entries where sequence = 4)"
                                + " where sequence = 3"),
                new Tampering(
                        3,
                        "update log_entries set hash = (select hash from log_entries where sequence = 4)"
                                + " where sequence = 3"),
                new Tampering(3, "delete from log_entries where sequence = 3"),
                new Tampering(1, "delete from log_entries where sequence = 1"),
                new Tampering(6, "delete from log_entries where sequence = 6"),
                new Tampering(6, "delete from log_heads where sequence = 6"),
                new Tampering(1, "delete from log_heads"),
                new Tampering(
                        3,
                        "update log_entries set sequence = 99 where sequence = 3",
                        "update log_entries set sequence = 3 where sequence = 4",
                        "update log_entries set sequence = 4 where sequence = 99"),
                new Tampering(
                        4,
                        "update log_heads set signature = (select signature from log_heads where sequence = 5)"
                                + " where sequence = 4"),
                new Tampering(
                        4,
                        "update log_heads set hash = (select hash from log_heads where sequence = 5)"
                                + " where sequence = 4"),
                new Tampering(
                        6,
                        "update log_heads set signature = (select signature from log_heads where sequence = 5)"
                                + " where sequence = 6"),
                new Tampering(7, "insert into log_entries select 7, entry, hash from log_entries where sequence = 6"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void verifyChainWhenTablesWereChangedThenBroken(Tampering tampering) {
        assertThat(store.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
        Stream.of(tampering.statements()).forEach(this::sql);
        ChainCheck.Broken broken = (ChainCheck.Broken) store.log().verifyChain();
        assertThat(broken.sequence()).isBetween(tampering.foundAt(), 7L);
        if (tampering.foundAt() != 1) {
            assertThat(broken.sequence()).isEqualTo(tampering.foundAt());
        }
    }

    @Test
    void startWhenTheLastEntryIsGoneThenRefused() {
        sql("delete from log_entries where sequence = 6");
        store.close();
        assertThatThrownBy(this::reopen)
                .isInstanceOf(LogBroken.class)
                .hasMessageContaining("entry 6")
                .hasMessageContaining("restore");
    }

    @Test
    void startWhenTheLastHeadIsGoneThenRefused() {
        sql("delete from log_heads where sequence = 6");
        store.close();
        assertThatThrownBy(this::reopen).isInstanceOf(LogBroken.class);
    }

    @Test
    void startWhenNothingWasChangedThenTheChainGoesOn() {
        var head = store.log().head();
        store.close();
        reopen();
        assertThat(store.log().head()).isEqualTo(head);
        AuditEntry entry = AuditEntry.of(Event.GRANTED, TestStore.NOW);
        assertThat(store.log().commit(() -> Recorded.with(true, entry)).head().sequence())
                .isEqualTo(7);
        assertThat(store.log().verifyChain()).isInstanceOf(ChainCheck.Intact.class);
    }

    private void reopen() {
        var database = TestStore.database(folder);
        try {
            store = TestStore.open(folder, database);
        } catch (LogBroken broken) {
            database.close();
            throw broken;
        }
    }
}
