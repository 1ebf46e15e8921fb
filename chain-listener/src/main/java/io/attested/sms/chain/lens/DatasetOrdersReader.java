package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.contracts.DatasetOrderCall;
import io.attested.sms.contracts.DatasetOrderView;
import io.attested.sms.contracts.DatasetOrdersLensView;
import io.attested.sms.contracts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the lens of dataset orders to facts. */
final class DatasetOrdersReader {
    private final Frames frames;

    DatasetOrdersReader(Frames frames) {
        this.frames = frames;
    }

    static DatasetOrderCall call(DatasetOrder order) {
        return new DatasetOrderCall(
                order.dataset().value(),
                order.price(),
                order.volume(),
                order.tag().bytes(),
                order.appRestrict().value(),
                order.workerpoolRestrict().value(),
                order.requesterRestrict().value(),
                order.salt().bytes(),
                order.signature().bytes());
    }

    List<DatasetOrderAtBlock> read(List<DatasetOrder> orders, DatasetOrdersLensView view, BlockRef at)
            throws FactsRefused {
        frames.check(view.frame(), at);
        if (!frames.hubExists(view.frame())) {
            return orders.stream()
                    .map(order -> new DatasetOrderAtBlock(Optional.empty(), false))
                    .toList();
        }
        boolean judges = judges(view);
        List<DatasetOrderAtBlock> read = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            read.add(order(orders.get(i).dataset(), view.orders().get(i), judges));
        }
        return List.copyOf(read);
    }

    /** A fallback that returns for any call must not count as consent. */
    private static boolean judges(DatasetOrdersLensView view) throws FactsRefused {
        Parts.requireGas(view.facet(), "the hub's facets");
        return view.facet() instanceof Part.Answered<String>(String facet)
                && !Address.parse(facet).isZero();
    }

    private static DatasetOrderAtBlock order(Address dataset, DatasetOrderView view, boolean judges)
            throws FactsRefused {
        if (!Parts.required(view.registered(), "the dataset registry")) {
            return new DatasetOrderAtBlock(Optional.empty(), false);
        }
        Parts.requireGas(view.accepted(), "the dataset order");
        Parts.requireGas(view.owner(), "the dataset's owner");
        Parts.requireGas(view.multiaddr(), "the dataset's multiaddress");
        Parts.requireGas(view.checksum(), "the dataset's checksum");
        boolean accepted = judges && view.accepted() instanceof Part.Answered<Boolean>;
        return new DatasetOrderAtBlock(dataset(dataset, view), accepted);
    }

    private static Optional<Dataset> dataset(Address address, DatasetOrderView view) {
        if (view.owner() instanceof Part.Answered<String>(String owner)
                && view.multiaddr() instanceof Part.Answered<byte[]>(byte[] multiaddr)
                && view.checksum() instanceof Part.Answered<byte[]>(byte[] checksum)
                && !Address.parse(owner).isZero()) {
            return Optional.of(
                    new Dataset(address, Address.parse(owner), Multiaddress.text(multiaddr), Bytes32.of(checksum)));
        }
        return Optional.empty();
    }
}
