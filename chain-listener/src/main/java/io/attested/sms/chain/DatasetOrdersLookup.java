package io.attested.sms.chain;

import java.util.List;

/**
 * What became of the question for the dataset orders of a bulk deal.
 *
 * <p>Whether an order counts is computed by the hub's code, and perhaps by its owner's wallet, so no storage proof shows
 * it: at the trust level of proofs all of it is what the nodes agree on, and its provenance says so.
 */
public sealed interface DatasetOrdersLookup {
    /** Most orders that can be asked about at once. */
    int MOST_ORDERS = 100;

    /** The orders' facts, in the order asked; a hub older than PoCo 6.1 accepts none. */
    record Judged(Provenance provenance, List<DatasetOrderFacts> orders) implements DatasetOrdersLookup {
        /** Takes an unmodifiable copy. */
        public Judged {
            orders = List.copyOf(orders);
        }
    }

    /** Nothing is known: an outage, not a refusal. */
    record Unavailable(ChainFailure failure) implements DatasetOrdersLookup {}
}
