package io.attested.sms.task.bulk;

import io.attested.sms.attestation.ByteString;
import io.attested.sms.chain.Address;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.task.BulkSlice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Looks the datasets of bulk tasks up: the list first, which is named by its hash and never changes; then, at once, the
 * task's facts anew and the chain's word on the orders at the same two blocks.
 *
 * <p>Guarantee: the list takes no longer than its patience, the chain no longer than its own limits. Holds no lock and no
 * database connection meanwhile. Caller's duty: not to ask for anybody whose right to ask is not proven.
 */
public final class BulkBook {
    private static final int MOST_ATTEMPTS = 2;

    private final ChainView chain;
    private final BulkContents contents;
    private final Duration patience;
    private final BulkEvents events;
    private final InstantSource clock;
    private final RequesterTurns turns;
    private final SliceReader reader = new SliceReader();

    /**
     * How much of the gateway's time a list may take.
     *
     * @param whole for the list of one task, waiting included
     * @param share most lists of one requester that are read at once, positive
     */
    public record Patience(Duration whole, int share) {}

    /** @param patience for the whole list of one task */
    public BulkBook(ChainView chain, BulkContents contents, Patience patience, BulkEvents events, InstantSource clock) {
        this.chain = chain;
        this.contents = contents;
        this.patience = patience.whole();
        this.turns = new RequesterTurns(patience.share());
        this.events = events;
        this.clock = clock;
    }

    /** A step that did not come to its end, with what is to be told instead. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient BulkLookup lookup;

        Ended(BulkLookup lookup) {
            super(null, null, false, false);
            this.lookup = lookup;
        }
    }

    /** The datasets of a task whose deal names a list. */
    public BulkLookup slice(TaskFacts facts, String bulkCid) {
        BulkLookup lookup = lookup(facts, bulkCid);
        switch (lookup) {
            case BulkLookup.Sliced(TaskFacts ignored, BulkSlice slice) -> {
                int usable = (int) slice.elements().stream()
                        .filter(BulkSlice.Usable.class::isInstance)
                        .count();
                events.judged(usable, slice.elements().size() - usable);
            }
            case BulkLookup.ListUnavailable(String reason) -> events.listUnavailable(reason);
            case BulkLookup.ListInvalid(String reason) -> events.listInvalid(reason);
            case BulkLookup.TaskGone ignored -> events.chainUnavailable();
            case BulkLookup.ChainUnavailable ignored -> events.chainUnavailable();
        }
        return lookup;
    }

    private BulkLookup lookup(TaskFacts facts, String bulkCid) {
        try {
            return judged(facts, orders(facts, bulkCid));
        } catch (Ended e) {
            return e.lookup;
        } catch (MalformedListException e) {
            return new BulkLookup.ListInvalid(e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private List<DatasetOrder> orders(TaskFacts facts, String bulkCid) throws Ended, MalformedListException {
        Instant deadline = clock.instant().plus(patience);
        Address requester = facts.deal().requester();
        if (!turns.take(requester, patience)) {
            throw new Ended(
                    new BulkLookup.ListUnavailable("too many lists of the same requester are being read already"));
        }
        try {
            String slice = reader.slice(
                    read("the root", bulkCid, deadline), facts.task().index());
            return reader.orders(read("the slice", slice, deadline));
        } finally {
            turns.leave(requester);
        }
    }

    private ByteString read(String what, String cid, Instant deadline) throws Ended {
        return switch (contents.read(cid, deadline)) {
            case BulkContents.Content.Found(ByteString bytes) -> bytes;
            case BulkContents.Content.Unavailable(String reason) ->
                throw new Ended(new BulkLookup.ListUnavailable(what + ": " + reason));
            case BulkContents.Content.Unreadable(String reason) ->
                throw new Ended(new BulkLookup.ListInvalid(what + ": " + reason));
        };
    }

    private BulkLookup judged(TaskFacts facts, List<DatasetOrder> orders) throws Ended {
        for (int attempt = 1; ; attempt++) {
            TaskFacts now = now(facts);
            switch (chain.datasetOrders(now.deal().id(), orders, now.provenance())) {
                case DatasetOrdersLookup.Judged judged -> {
                    return new BulkLookup.Sliced(
                            with(now, now.provenance().and(judged.provenance())),
                            OrderRules.slice(orders, judged.orders()));
                }
                case DatasetOrdersLookup.Unavailable(ChainFailure failure) -> {
                    if (failure.kind() != ChainFailure.Kind.HEAD_MOVED || attempt == MOST_ATTEMPTS) {
                        return new BulkLookup.ChainUnavailable(failure);
                    }
                }
            }
        }
    }

    /** Reading the list took time, in which the chain went on; a view that follows it answers this from memory. */
    private TaskFacts now(TaskFacts facts) throws Ended {
        TaskLookup lookup = chain.task(facts.task().id());
        if (lookup instanceof TaskLookup.Found(TaskFacts now)) {
            return now;
        }
        throw new Ended(new BulkLookup.TaskGone(lookup));
    }

    private static TaskFacts with(TaskFacts facts, Provenance provenance) {
        return new TaskFacts(
                provenance, facts.task(), facts.deal(), facts.app(), facts.dataset(), facts.category(), facts.atHead());
    }
}
