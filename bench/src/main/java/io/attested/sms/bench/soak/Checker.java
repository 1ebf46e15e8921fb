package io.attested.sms.bench.soak;

import io.attested.sms.bench.soak.Truth.Header;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares decisions with what the chain says of their settled blocks now that nothing moves any more: the block must be on
 * the chain, the rights must be those it says there, and the rule must give the same verdict.
 */
final class Checker {
    private final Truth truth;
    private final Counts counts;
    private final Map<Bytes32, Map<String, String>> deals = new HashMap<>();
    private Optional<Settled> last = Optional.empty();
    private long checked;

    Checker(Truth truth, Counts counts) {
        this.truth = truth;
        this.counts = counts;
    }

    /** A settled block; on the chain, or abandoned. */
    private record Settled(BlockRef ref, Optional<Header> header) {}

    void check(Decision decision) {
        checked++;
        if (decision.settled().isEmpty()) {
            return;
        }
        BlockRef ref = decision.settled().get();
        String what =
                decision.verdict() + " for task " + decision.task() + " settled in " + ref.number() + " " + ref.hash();
        Optional<Header> header = settled(ref);
        if (header.isEmpty()) {
            counts.contradiction(what + ": the settled block is not on the chain");
            return;
        }
        BlockTruth there = there(header.get(), decision);
        boolean exists = there.task(decision.task()).isPresent();
        expect(exists == decision.rights().isPresent(), what, "the settled block knows the task: " + exists);
        Optional<Rights> rights = rights(there, decision);
        expect(rights.equals(decision.rights()), what, "said " + decision.rights() + ", true is " + rights);
        if (rights.isPresent()) {
            Map<String, String> registered =
                    deal(header.get(), rights.get().task().dealId());
            expect(
                    registered.equals(decision.registered()),
                    what,
                    "said " + decision.registered() + ", true is " + registered);
        }
        Verdict verdict = rights.flatMap(right -> decision.vetoes()
                        .map(vetoes -> Verdict.of(right, vetoes, decision.head().time(), decision.at())))
                .orElse(Verdict.NOT_SETTLED);
        expect(verdict == decision.verdict(), what, "the rule gives " + verdict);
    }

    /** How many decisions were checked. */
    long checked() {
        return checked;
    }

    private Optional<Header> settled(BlockRef ref) {
        if (last.filter(settled -> settled.ref().equals(ref)).isEmpty()) {
            Optional<Header> header =
                    truth.header(ref.number()).filter(found -> found.ref().equals(ref));
            last = Optional.of(new Settled(ref, header));
        }
        return last.flatMap(Settled::header);
    }

    private BlockTruth there(Header block, Decision decision) {
        List<Address> assets = Stream.of(asset(decision, "app"), asset(decision, "dataset"))
                .flatMap(Optional::stream)
                .toList();
        return truth.at(block, List.of(decision.task()), assets);
    }

    private static Optional<Rights> rights(BlockTruth there, Decision decision) {
        Optional<Address> appOwner = asset(decision, "app").flatMap(there::owner);
        Optional<Address> datasetOwner = asset(decision, "dataset").flatMap(there::owner);
        return there.task(decision.task())
                .flatMap(task -> appOwner.map(owner -> new Rights(task, owner, datasetOwner)));
    }

    private static Optional<Address> asset(Decision decision, String name) {
        return Optional.ofNullable(decision.registered().get(name))
                .map(Address::parse)
                .filter(a -> !a.isZero());
    }

    /** A deal is written once, so one look at it is enough. */
    private Map<String, String> deal(Header block, Bytes32 id) {
        return deals.computeIfAbsent(id, deal -> truth.registered(block.ref().hash(), deal));
    }

    private void expect(boolean holds, String what, String otherwise) {
        if (!holds) {
            counts.contradiction(what + ": " + otherwise);
        }
    }
}
