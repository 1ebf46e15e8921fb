package io.attested.sms.iexec;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.secret.SecretKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says while the database fails, contract section 1.5. */
class SecretTotalsTest {
    private final AtomicBoolean down = new AtomicBoolean();
    private final SecretTotals totals = new SecretTotals(
            () -> {
                if (down.get()) {
                    throw new IllegalStateException("the database does not answer");
                }
                return Map.of(SecretKind.APP_SECRET, 2L, SecretKind.REQUESTER_SECRET, 3L);
            },
            () -> 7);

    private SecretTotals.Total total(String type) {
        return totals.all().stream()
                .filter(total -> total.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allWhenNothingWasCountedYetThenUnknown() {
        assertThat(total("compute")).isEqualTo(new SecretTotals.Total("compute", -1, -1, 0));
    }

    @Test
    void refreshWhenTheDatabaseAnswersThenCounts() {
        totals.refresh();
        assertThat(total("compute")).isEqualTo(new SecretTotals.Total("compute", 5, 5, 0));
        assertThat(total("web3")).isEqualTo(new SecretTotals.Total("web3", 0, 0, 0));
        assertThat(total("TEE challenges")).isEqualTo(new SecretTotals.Total("TEE challenges", 7, 7, 0));
    }

    @Test
    void refreshWhenTheDatabaseFailsThenStoredIsUnknownAndTheRestStays() {
        totals.refresh();
        totals.added(SecretKind.APP_SECRET);
        down.set(true);
        totals.refresh();
        assertThat(total("compute")).isEqualTo(new SecretTotals.Total("compute", 5, -1, 1));
        down.set(false);
        totals.refresh();
        assertThat(total("compute")).isEqualTo(new SecretTotals.Total("compute", 5, 5, 1));
    }
}
