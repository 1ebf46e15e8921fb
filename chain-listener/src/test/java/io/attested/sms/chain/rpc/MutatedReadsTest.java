package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.attested.sms.chain.Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A seeded walk around honest logs: what is read fits what was asked for, and nothing else is thrown. */
class MutatedReadsTest {
    private static final Address CONTRACT = Address.parse("0x" + "ab".repeat(20));
    private static final String LOG = "{\"address\":\"0x" + "ab".repeat(20) + "\",\"topics\":[\"0x" + "cd".repeat(32)
            + "\"],\"data\":\"0x0102\",\"blockNumber\":\"0x7\",\"blockHash\":\"0x" + "ef".repeat(32)
            + "\",\"transactionHash\":\"0x" + "01".repeat(32) + "\",\"logIndex\":\"0x0\",\"removed\":false}";

    @Test
    void logsWhenMutatedThenWithinWhatWasAskedForOrATypedFailure() throws ReadFailure {
        LogReading reading = new LogReading(new LogFilter(Set.of(CONTRACT), List.of()));
        String honest = "[" + LOG + "," + LOG.replace("\"0x0\"", "\"0x1\"") + "]";
        assertThat(reading.range(FakeNode.JSON.readTree(honest), 5, 9)).hasSize(2);
        Random random = new Random(4711);
        List<Log> read = new ArrayList<>();
        int refused = 0;

        for (int round = 0; round < 20_000; round++) {
            try {
                read.addAll(reading.range(mutated(honest, random), 5, 9));
            } catch (ReadFailure e) {
                refused++;
            } catch (JacksonException e) {
                // No JSON any more: refused before it is read as logs.
            }
        }

        assertThat(refused).isPositive();
        assertThat(read).isNotEmpty().allSatisfy(log -> {
            assertThat(log.address()).isEqualTo(CONTRACT);
            assertThat(log.blockNumber()).isBetween(5L, 9L);
        });
    }

    @Test
    void logsWhenOneComesTwiceOrOutOfOrderThenRefused() {
        LogReading reading = new LogReading(new LogFilter(Set.of(CONTRACT), List.of()));
        String later = LOG.replace("\"0x0\"", "\"0x1\"");

        for (String logs : List.of(LOG + "," + LOG, later + "," + LOG)) {
            assertThat(catchThrowable(() -> reading.range(FakeNode.JSON.readTree("[" + logs + "]"), 0, 9)))
                    .isInstanceOf(ReadFailure.class);
        }
    }

    private static JsonNode mutated(String honest, Random random) {
        byte[] bytes = honest.getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) "0123456789abcdefx\"{}[],:nul-".charAt(random.nextInt(28));
        }
        return FakeNode.JSON.readTree(bytes);
    }
}
