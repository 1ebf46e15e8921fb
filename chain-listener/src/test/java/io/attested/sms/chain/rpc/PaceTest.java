package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a node may be asked next. */
class PaceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Pace pace = new Pace(() -> now, Duration.ZERO);

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "' 3 ', 3",
        "0, 0",
        "59, 59",
        "61, 60",
        "999999999, 60",
        "'Thu, 01 Jan 2026 00:00:07 GMT', 7",
        "'Thu, 01 Jan 2026 01:00:00 GMT', 60",
        "'Wed, 31 Dec 2025 23:59:59 GMT', 0"
    })
    void refusedWhenTheHeaderTellsATimeThenThatWithinBounds(String header, long seconds) {
        assertThat(pace.refused(Optional.of(header))).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(pace.turn(Purpose.REQUEST, PATIENCE)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "0x10"})
    void refusedWhenTheHeaderTellsNoTimeThenBacksOff(String header) {
        assertThat(pace.refused(Optional.of(header))).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusedWhenAgainAndAgainThenThePauseDoublesUpToAMinuteAndStartsAnewOnceServed() {
        assertThat(pace.refused(Optional.empty())).isEqualTo(Duration.ofMillis(200));
        assertThat(pace.refused(Optional.empty())).isEqualTo(Duration.ofMillis(400));
        for (int i = 0; i < 100; i++) {
            pace.refused(Optional.empty());
        }
        assertThat(pace.refused(Optional.empty()))
                .isLessThanOrEqualTo(Pace.LONGEST)
                .isGreaterThan(Duration.ofSeconds(40));

        pace.served(Purpose.REQUEST);

        assertThat(pace.refused(Optional.empty())).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void turnWhenThePauseIsLongerThanPatienceThenNoneAndOnceItIsOverAtOnce() {
        pace.refused(Optional.of("10"));

        assertThat(pace.turn(Purpose.REQUEST, Duration.ofSeconds(9))).isEmpty();
        now = now.plusSeconds(10);
        assertThat(pace.turn(Purpose.REQUEST, Duration.ofSeconds(9))).contains(Duration.ZERO);
    }

    @Test
    void turnWhenSpacedThenEachWaitsForTheOneBefore() {
        Pace spaced = new Pace(() -> now, Duration.ofMillis(100));

        assertThat(spaced.turn(Purpose.REQUEST, PATIENCE)).contains(Duration.ZERO);
        assertThat(spaced.turn(Purpose.REQUEST, PATIENCE)).contains(Duration.ofMillis(100));
        assertThat(spaced.turn(Purpose.REQUEST, PATIENCE)).contains(Duration.ofMillis(200));
        now = now.plusSeconds(1);
        assertThat(spaced.turn(Purpose.REQUEST, PATIENCE)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLLOWER", "CHECK"})
    void turnWhenPausedThenRequestsAreRefusedAndOthersTryOnceInAWhile(Purpose purpose) {
        pace.refused(Optional.of("20"));

        assertThat(pace.turn(Purpose.REQUEST, Duration.ofSeconds(19))).isEmpty();
        assertThat(pace.turn(purpose, Duration.ofSeconds(5))).contains(Duration.ZERO);
        assertThat(pace.turn(purpose, Duration.ofSeconds(5))).contains(Pace.TRIAL);
        assertThat(pace.turn(purpose, Duration.ofSeconds(5))).contains(Pace.TRIAL.multipliedBy(2));
        assertThat(pace.turn(purpose, Duration.ofSeconds(5))).isEmpty();
        assertThat(pace.turn(Purpose.REQUEST, Duration.ofSeconds(19))).isEmpty();
    }

    @Test
    void turnWhenTheFollowerItselfIsRefusedThenItsNextTryIsNotAtOnce() {
        assertThat(pace.turn(Purpose.FOLLOWER, PATIENCE)).contains(Duration.ZERO);
        pace.refused(Optional.of("20"));

        assertThat(pace.turn(Purpose.FOLLOWER, PATIENCE)).contains(Pace.TRIAL);
    }

    @Test
    void turnWhenThePausedNodeServesTheFollowerThenItGoesOnAndRequestsStillWait() {
        pace.refused(Optional.of("20"));
        for (int i = 0; i < 5; i++) {
            assertThat(pace.turn(Purpose.FOLLOWER, PATIENCE)).contains(Duration.ZERO);
            pace.served(Purpose.FOLLOWER);
        }
        pace.served(Purpose.REQUEST);

        assertThat(pace.turn(Purpose.REQUEST, Duration.ofSeconds(19))).isEmpty();
    }

    @Test
    void turnWhenThePauseIsShorterThanATrialThenTheFollowerWaitsForItsEndAlone() {
        pace.turn(Purpose.FOLLOWER, PATIENCE);
        pace.refused(Optional.of("1"));

        assertThat(pace.turn(Purpose.FOLLOWER, PATIENCE)).contains(Duration.ofSeconds(1));
    }

    @Test
    void turnWhenRequestsBookAheadThenTheFollowerStillFindsATurn() {
        Pace spaced = new Pace(() -> now, Duration.ofMillis(100));
        Duration patience = Duration.ofSeconds(1);
        int booked = 0;
        while (spaced.turn(Purpose.REQUEST, patience).isPresent()) {
            booked++;
        }

        assertThat(booked).isEqualTo(6);
        assertThat(spaced.turn(Purpose.FOLLOWER, patience)).contains(Duration.ofMillis(600));
    }
}
