package io.attested.sms.task;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import java.util.List;

/**
 * The datasets that one task of a bulk deal processes, in the order of the requester's list; empty for any other deal.
 *
 * @param elements numbered from 1 in the application's environment
 */
public record BulkSlice(List<Element> elements) {
    /** Takes an unmodifiable copy. */
    public BulkSlice {
        elements = List.copyOf(elements);
    }

    /** No bulk processing. */
    public static BulkSlice none() {
        return new BulkSlice(List.of());
    }

    /** One signed dataset order of the slice. */
    public sealed interface Element {
        /** The dataset the order names. */
        Address dataset();
    }

    /**
     * An order that the chain accepts for this deal.
     *
     * @param registered the dataset at the settled block
     * @param ownerAtHead its owner at the head
     */
    public record Usable(Dataset registered, Address ownerAtHead) implements Element {
        @Override
        public Address dataset() {
            return registered.address();
        }
    }

    /**
     * An order that is refused: blanked in the environment, where the operator chose the original's behaviour.
     *
     * @param reason for the log, quotes nothing of the order
     */
    public record Unusable(Address dataset, String reason) implements Element {}
}
