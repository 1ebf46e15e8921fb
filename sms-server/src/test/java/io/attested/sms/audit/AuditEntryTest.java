package io.attested.sms.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attested.sms.chain.Bytes32;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEntryTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final String CANONICAL = "{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\","
            + "\"chainTaskId\":\"0x01\",\"detail\":\"a \\\"quoted\\\" line\"}";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void canonicalBytesAreJsonInDeclarationOrderWhateverTheOrderOfTheCalls() {
        AuditEntry entry = AuditEntry.of(Event.GRANTED, AT)
                .with(Field.DETAIL, "a \"quoted\" line")
                .with(Field.CHAIN_TASK_ID, "0x01");
        assertThat(new String(entry.canonicalBytes(), StandardCharsets.UTF_8)).isEqualTo(CANONICAL);
    }

    @Test
    void parseGivesBackEveryFieldAndEveryCharacter() {
        Map<Field, String> fields = Arrays.stream(Field.values())
                .collect(Collectors.toMap(field -> field, field -> field + " \u0000\n\\\"\u2028é𝄞"));
        AuditEntry entry = new AuditEntry(Event.REFUSED, Instant.parse("2026-11-01T12:00:00.000000001Z"), fields);
        assertThat(AuditEntry.parse(entry.canonicalBytes())).isEqualTo(entry);
    }

    /** As entries were before they had the rule and the number of nodes: the fields around are next to each other. */
    @Test
    void parseWhenWrittenBeforeFieldsWereAddedThenReadUnchanged() {
        byte[] old =
                utf8("{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\",\"headHash\":\"0x02\",\"depth\":\"12\","
                        + "\"trustLevel\":\"single-node\",\"realm\":\"dev\"}");

        AuditEntry entry = AuditEntry.parse(old);

        assertThat(entry.canonicalBytes()).isEqualTo(old);
        assertThat(entry.fields()).doesNotContainKeys(Field.SETTLEMENT_RULE, Field.AGREEING_NODES, Field.NODES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"event\":\"GRANTED\"}",
                "{\"event\":\"GRANTED\",\"at\":\"yesterday\"}",
                "{\"event\":\"OTHER\",\"at\":\"2026-11-01T12:00:00Z\"}",
                "{\"at\":\"2026-11-01T12:00:00Z\",\"event\":\"GRANTED\"}",
                "{\"event\":\"GRANTED\", \"at\":\"2026-11-01T12:00:00Z\"}",
                "{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00.000Z\"}",
                "{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\",\"other\":\"1\"}",
                "{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\",\"depth\":1}",
                "{\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\"}{}",
                "{\"event\":\"GRANTED\",\"event\":\"GRANTED\",\"at\":\"2026-11-01T12:00:00Z\"}"
            })
    void parseWhenNotTheCanonicalFormThenRefused(String text) {
        assertThatThrownBy(() -> AuditEntry.parse(utf8(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parseWhenAnyByteChangedThenRefusedOrAnotherEntryInCanonicalForm() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = utf8(CANONICAL);
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                assertThat(AuditEntry.parse(changed).canonicalBytes()).isEqualTo(changed);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageNotContaining("0x01");
            }
        }
    }

    /** The expected value comes from an independent computation. */
    @Test
    void hashChainIsTheSpecifiedOne() {
        assertThat(HashChain.next(HashChain.GENESIS, utf8(CANONICAL)))
                .isEqualTo(Bytes32.parse("0x0139158eaf2080c6d3c87bd9b48da2bc164792b37afe95f36fd522c331f643c5"));
    }

    @Test
    void headStatementIsSequenceThenHash() {
        byte[] statement = LogHead.statement(0x0102, Bytes32.parse("0x" + "ab".repeat(32)));
        assertThat(statement).hasSize(40);
        assertThat(Arrays.copyOf(statement, 9)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 0xab);
    }
}
