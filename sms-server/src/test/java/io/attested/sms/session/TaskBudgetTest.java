package io.attested.sms.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.grant.TestFacts;
import io.attested.sms.operate.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskBudgetTest {
    private static final Bytes32 TASK = TestFacts.TASK;
    private static final Address WORKER = TestStore.address(1);

    private Instant now = TestFacts.NOW;
    private final TaskBudget budget = new TaskBudget(3, () -> now);

    @Test
    void spentWhenUsedUpAndWholeAgainAnHourAfterTheFirst() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.spend(TASK, WORKER)).isTrue();
            now = now.plus(Duration.ofMinutes(10));
        }
        assertThat(budget.spend(TASK, WORKER)).isFalse();

        now = now.plus(Duration.ofMinutes(30)).minusNanos(1);
        assertThat(budget.spend(TASK, WORKER)).isFalse();
        now = now.plusNanos(1);
        assertThat(budget.spend(TASK, WORKER)).isTrue();
    }

    @Test
    void neitherAnotherWorkerNorAnotherTaskIsConcerned() {
        for (int i = 0; i < 4; i++) {
            budget.spend(TASK, WORKER);
        }

        assertThat(budget.spend(TASK, TestStore.address(2))).isTrue();
        assertThat(budget.spend(TestStore.bytes32(9), WORKER)).isTrue();
        assertThat(budget.spend(TASK, WORKER)).isFalse();
    }
}
