package io.attested.sms.chain.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookBudgetTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LookBudget budget = new LookBudget(() -> now);

    private int takeAll() {
        int taken = 0;
        while (taken <= LookBudget.BURST && budget.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void takeWhenTheBurstIsUsedUpThenNone() {
        assertThat(takeAll()).isEqualTo(LookBudget.BURST);
        assertThat(budget.take()).isFalse();
    }

    @Test
    void takeWhenTimePassesThenSoManyComeBackAndNeverMoreThanTheBurst() {
        takeAll();
        now = now.plusSeconds(1);
        assertThat(takeAll()).isEqualTo(LookBudget.PER_SECOND);
        now = now.plusMillis(9);
        assertThat(takeAll()).isZero();
        now = now.plusMillis(1);
        assertThat(takeAll()).isEqualTo(1);
        now = now.plus(Duration.ofDays(400));
        assertThat(takeAll()).isEqualTo(LookBudget.BURST);
    }

    @Test
    void takeWhenTheClockIsSetBackThenOnlyTheTimeSinceCounts() {
        takeAll();
        now = now.minus(Duration.ofDays(1));
        assertThat(takeAll()).isZero();
        now = now.plusSeconds(1);
        assertThat(takeAll()).isEqualTo(LookBudget.PER_SECOND);
    }
}
