package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.MatchedDeal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tasks and assets that take part: what is asked for, and what is written down of each block.
 *
 * <p>What retires is no longer asked for, and is written down for a while yet, so that whoever picked it just before finds
 * it. Safe for many threads.
 */
final class Cast {
    private static final int MOST_DEALS = 22;
    private static final Duration NOTICE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Deque<MatchedDeal> deals = new ArrayDeque<>();
    private final Deque<Leaving> leaving = new ArrayDeque<>();
    private final Set<Address> apps = new LinkedHashSet<>();
    private final Set<Address> datasets = new LinkedHashSet<>();

    Cast(InstantSource clock) {
        this.clock = clock;
    }

    private record Leaving(MatchedDeal deal, Instant last) {}

    synchronized void app(String address) {
        apps.add(Address.parse(address));
    }

    synchronized void dataset(String address) {
        datasets.add(Address.parse(address));
    }

    /** Takes a deal in; the eldest retire. */
    synchronized void deal(MatchedDeal deal) {
        Instant now = clock.instant();
        deals.addLast(deal);
        while (deals.size() > MOST_DEALS) {
            leaving.addLast(new Leaving(deals.removeFirst(), now.plus(NOTICE)));
        }
        while (!leaving.isEmpty() && leaving.getFirst().last().isBefore(now)) {
            leaving.removeFirst();
        }
    }

    synchronized List<MatchedDeal> deals() {
        return List.copyOf(deals);
    }

    /** Tasks to ask for, those that were never initialised included. */
    synchronized List<Bytes32> tasks() {
        return deals.stream().flatMap(deal -> tasks(deal).stream()).toList();
    }

    /** Tasks to write down. */
    synchronized List<Bytes32> watched() {
        List<Bytes32> all = new ArrayList<>(tasks());
        leaving.forEach(left -> all.addAll(tasks(left.deal())));
        return all;
    }

    synchronized List<Address> apps() {
        return List.copyOf(apps);
    }

    synchronized List<Address> datasets() {
        return List.copyOf(datasets);
    }

    synchronized List<Address> assets() {
        List<Address> all = new ArrayList<>(apps);
        all.addAll(datasets);
        return all;
    }

    static List<Bytes32> tasks(MatchedDeal deal) {
        List<Bytes32> tasks = new ArrayList<>();
        for (int index = 0; index < deal.tasks(); index++) {
            tasks.add(Bytes32.parse(deal.taskId(index)));
        }
        return tasks;
    }
}
