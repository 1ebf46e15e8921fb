package io.attested.sms.task.bulk;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.task.BulkSlice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether one signed order may be used for its deal, iExec contract section 4.7: the dataset is registered, the hub accepts
 * the order at the settled block and still at the head, it is free of charge and for endlessly many tasks. Pure.
 *
 * <p>The hub compares no price, because it matches nothing: a bulk deal has no dataset and pays none. An order with a price
 * is an offer that its owner did not make for bulks; the SDK refuses it too, but the list need not be the SDK's.
 */
final class OrderRules {
    /** The SDK signs 2^53 - 1, JavaScript's largest number; PoCo consumes none of it for a bulk. */
    static final BigInteger LEAST_VOLUME = BigInteger.TWO.pow(53).subtract(BigInteger.TWO);

    private OrderRules() {}

    static BulkSlice slice(List<DatasetOrder> orders, List<DatasetOrderFacts> facts) {
        if (orders.size() != facts.size()) {
            throw new IllegalArgumentException("every order needs facts of its own");
        }
        List<BulkSlice.Element> elements = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            elements.add(element(orders.get(i), facts.get(i)));
        }
        return new BulkSlice(elements);
    }

    private static BulkSlice.Element element(DatasetOrder order, DatasetOrderFacts facts) {
        if (facts.dataset().isEmpty()) {
            return unusable(order, "the hub has no such dataset at the settled block, or its address cannot be read");
        }
        if (!facts.acceptedAtSettled()) {
            return unusable(
                    order,
                    "the hub does not accept its order for this deal: it must be open, signed by the"
                            + " owner, and meant for the deal's app, workerpool, requester and tag, and the deal without a dataset");
        }
        if (!facts.acceptedAtHead() || facts.ownerAtHead().isEmpty()) {
            return unusable(order, "its order was closed or used up, or the dataset sold, since the settled block");
        }
        if (order.price().signum() != 0) {
            return unusable(order, "its order asks for a price, which a bulk deal does not pay");
        }
        if (order.volume().compareTo(LEAST_VOLUME) < 0) {
            return unusable(order, "its order is for fewer than 2^53 - 2 tasks");
        }
        Dataset registered = facts.dataset().get();
        Address ownerAtHead = facts.ownerAtHead().get();
        return new BulkSlice.Usable(registered, ownerAtHead);
    }

    private static BulkSlice.Unusable unusable(DatasetOrder order, String reason) {
        return new BulkSlice.Unusable(order.dataset(), reason);
    }
}
