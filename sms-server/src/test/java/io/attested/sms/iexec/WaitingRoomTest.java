package io.attested.sms.iexec;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final Address ONE = Address.parse("0x" + "11".repeat(20));
    private static final Address TWO = Address.parse("0x" + "22".repeat(20));
    private static final Address THREE = Address.parse("0x" + "33".repeat(20));

    private final WaitingRoom room = new WaitingRoom(5, 3);

    @Test
    void nobodyTakesMoreThanAShareAndAllTogetherNoMoreThanThereAre() {
        assertThat(room.enter(ONE)).isTrue();
        assertThat(room.enter(ONE)).isTrue();
        assertThat(room.enter(ONE)).isTrue();
        assertThat(room.enter(ONE)).isFalse();
        assertThat(room.enter(TWO)).isTrue();
        assertThat(room.enter(TWO)).isTrue();
        assertThat(room.enter(TWO)).isFalse();
        assertThat(room.enter(THREE)).isFalse();
    }

    @Test
    void aPlaceThatIsLeftIsThereForTheNext() {
        for (int round = 0; round < 10; round++) {
            assertThat(room.enter(ONE)).isTrue();
            assertThat(room.enter(ONE)).isTrue();
            assertThat(room.enter(ONE)).isTrue();
            assertThat(room.enter(TWO)).isTrue();
            assertThat(room.enter(THREE)).isTrue();
            assertThat(room.enter(TWO)).isFalse();
            room.leave(ONE);
            assertThat(room.enter(TWO)).isTrue();
            room.leave(ONE);
            room.leave(ONE);
            room.leave(TWO);
            room.leave(TWO);
            room.leave(THREE);
        }
    }
}
