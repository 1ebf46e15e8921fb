package io.attested.sms.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attested.sms.chain.ChainFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may exchange with a node at the same time. */
@Timeout(300)
class SlotsTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Slots slots = new Slots();

    private List<Slots.Slot> all(Purpose purpose) {
        List<Slots.Slot> taken = new ArrayList<>();
        try {
            while (taken.size() <= Slots.MOST) {
                taken.add(slots.take(purpose, SHORT));
            }
        } catch (ReadFailure e) {
            assertThat(e.failure().kind()).isEqualTo(Kind.TIMEOUT);
        }
        return taken;
    }

    @Test
    void takeWhenRequestsHaveAllOfTheirsThenTheFollowerAndChecksStillFindOne() throws ReadFailure {
        assertThat(all(Purpose.REQUEST)).hasSize(Slots.OF_REQUESTS);

        slots.take(Purpose.CHECK, SHORT);
        assertThat(all(Purpose.FOLLOWER)).hasSize(Slots.MOST - Slots.OF_REQUESTS - 1);
    }

    @Test
    void takeWhenTheFollowerHasAllOfItsThenRequestsStillFindTheirs() {
        all(Purpose.FOLLOWER);

        assertThat(all(Purpose.REQUEST)).hasSize(Slots.OF_REQUESTS);
    }

    @Test
    void takeWhenOneIsGivenBackInTimeThenItIsWaitedFor() {
        List<Slots.Slot> taken = all(Purpose.REQUEST);
        CompletableFuture<Slots.Slot> waiting = CompletableFuture.supplyAsync(this::taken);
        taken.getFirst().close();

        assertThat(waiting).succeedsWithin(LIMIT);
    }

    @Test
    void takeWhenNoneIsGivenBackThenFailsAfterAShortTime() {
        all(Purpose.REQUEST);
        long start = System.nanoTime();

        assertThatExceptionOfType(ReadFailure.class)
                .isThrownBy(() -> slots.take(Purpose.REQUEST, LIMIT))
                .withMessageContaining("too many exchanges");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Slots.PATIENCE);
    }

    private Slots.Slot taken() {
        try {
            return slots.take(Purpose.REQUEST, LIMIT);
        } catch (ReadFailure e) {
            throw new CompletionException(e);
        }
    }
}
