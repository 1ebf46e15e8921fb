package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.LogsBloom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks 0 to 9, and which of them touch the entity. */
class FactMemoryTest {
    private static final String ENTITY = "entity";

    private final FactMemory<String, String> memory = new FactMemory<>(3, key -> {
        LogsBloom.Entry entry = LogsBloom.Entry.of(Names.word(key));
        return bloom -> bloom.mayContain(entry);
    });

    private static Ancestry touchedIn(int... blocks) {
        List<BlockHeader> headers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            headers.add(block(i, IntStream.of(blocks).anyMatch(b -> b == number)));
        }
        return Ancestry.of(headers, 0);
    }

    private static BlockHeader block(int number, boolean touches) {
        byte[] bloom = new byte[LogsBloom.LENGTH];
        if (touches) {
            LogsBloom.Entry.of(Names.word(ENTITY)).addTo(bloom);
        }
        return new BlockHeader(
                number,
                Names.word("block " + number),
                Names.word("block " + (number - 1)),
                Instant.EPOCH,
                Bytes32.ZERO,
                Bytes32.ZERO,
                LogsBloom.of(bloom));
    }

    private List<Integer> heights() {
        return IntStream.range(0, 12)
                .filter(number -> memory.at(ENTITY, number).isPresent())
                .boxed()
                .toList();
    }

    private Learned learn(Ancestry branch, int at, String value) {
        return memory.learn(branch, ENTITY, branch.at(at).orElseThrow().ref(), value);
    }

    @Test
    void valueCountsBetweenTheEventsAroundIt() {
        assertThat(learn(touchedIn(3, 7), 5, "a")).isEqualTo(Learned.KEPT);
        assertThat(heights()).containsExactly(3, 4, 5, 6);
    }

    @Test
    void valueReadInABlockWithAnEventCountsFromThatBlockOn() {
        learn(touchedIn(3, 7), 7, "a");
        assertThat(heights()).containsExactly(7, 8, 9, 10, 11);
    }

    @Test
    void eventInANewBlockEndsTheValueBelowIt() {
        learn(touchedIn(), 9, "a");
        memory.extend(block(10, false));
        assertThat(memory.at(ENTITY, 10)).contains("a");
        memory.extend(block(11, true));
        assertThat(memory.at(ENTITY, 10)).contains("a");
        assertThat(memory.at(ENTITY, 11)).isEmpty();
    }

    @Test
    void abandonedEventGivesTheValueBack() {
        learn(touchedIn(8), 5, "a");
        assertThat(memory.at(ENTITY, 8)).isEmpty();
        memory.cutAbove(7);
        memory.extend(block(8, false));
        assertThat(memory.at(ENTITY, 8)).contains("a");
    }

    @Test
    void whatWasReadAboveTheForkIsForgotten() {
        learn(touchedIn(), 8, "a");
        memory.cutAbove(8);
        assertThat(memory.at(ENTITY, 8)).contains("a");
        memory.cutAbove(7);
        assertThat(heights()).isEmpty();
        assertThat(memory.size()).isZero();
    }

    @Test
    void twoVersionsCountSideBySide() {
        Ancestry branch = touchedIn(5);
        learn(branch, 2, "old");
        learn(branch, 9, "new");
        assertThat(memory.at(ENTITY, 4)).contains("old");
        assertThat(memory.at(ENTITY, 5)).contains("new");
    }

    @Test
    void contradictionForgetsTheValue() {
        Ancestry branch = touchedIn();
        learn(branch, 2, "a");
        assertThat(learn(branch, 4, "a")).isEqualTo(Learned.KEPT);
        assertThat(learn(branch, 4, "b")).isEqualTo(Learned.CONTRADICTS);
        assertThat(heights()).isEmpty();
    }

    @Test
    void blockOfAnotherBranchIsRefused() {
        assertThat(memory.learn(touchedIn(), ENTITY, block(10, false).ref(), "a"))
                .isEqualTo(Learned.NOT_OF_THE_BRANCH);
        BlockHeader other = block(4, false);
        assertThat(memory.learn(touchedIn(), ENTITY, new BlockRef(4, Names.word("other"), other.time()), "a"))
                .isEqualTo(Learned.NOT_OF_THE_BRANCH);
        assertThat(memory.size()).isZero();
    }

    @Test
    void entityAskedForLeastRecentlyIsForgottenFirst() {
        Ancestry branch = touchedIn();
        for (String key : List.of("a", "b", "c")) {
            memory.learn(branch, key, branch.head().ref(), key);
        }
        assertThat(memory.at("a", 9)).contains("a");
        memory.learn(branch, "d", branch.head().ref(), "d");
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.at("a", 9)).contains("a");
        assertThat(memory.at("b", 9)).isEmpty();
    }

    @Test
    void versionsOfOneEntityAreBounded() {
        Ancestry branch = touchedIn(1, 2, 3, 4, 5, 6);
        for (int i = 0; i < 7; i++) {
            learn(branch, i, "value " + i);
        }
        assertThat(heights()).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void whatEndedBelowTheBaseIsDropped() {
        learn(touchedIn(5), 2, "a");
        memory.dropBelow(4);
        assertThat(memory.at(ENTITY, 4)).contains("a");
        memory.dropBelow(5);
        assertThat(memory.size()).isZero();
    }
}
