package io.attested.sms.chain.checked;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrderFacts;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.lens.DatasetOrderAtBlock;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.Purpose;
import java.util.ArrayList;
import java.util.List;

/** The dataset orders of a deal at the two blocks of a decision: what the nodes agree on, at every level. */
final class OrdersReading {
    private final Quorum quorum;
    private final Vouchers vouchers;

    OrdersReading(Quorum quorum, Vouchers vouchers) {
        this.quorum = quorum;
        this.vouchers = vouchers;
    }

    DatasetOrdersLookup read(LensQuestions questions, Bytes32 dealId, List<DatasetOrder> orders, Provenance at)
            throws Unread {
        List<BlockRef> blocks =
                at.settled().equals(at.head()) ? List.of(at.settled()) : List.of(at.settled(), at.head());
        Consensus.Agreed<LensTrip.Answers<List<DatasetOrderAtBlock>>> agreed =
                Unread.agreed(quorum.ask(OrdersTrip.of(questions, dealId, orders, blocks), Purpose.REQUEST));
        List<List<DatasetOrderAtBlock>> atBlocks = agreed.value().values();
        Provenance provenance = new Provenance(
                vouchers.word(),
                at.rule(),
                at.settled(),
                at.head(),
                agreed.agreeing().size(),
                vouchers.nodes());
        return new DatasetOrdersLookup.Judged(provenance, facts(atBlocks.getFirst(), atBlocks.getLast()));
    }

    private static List<DatasetOrderFacts> facts(List<DatasetOrderAtBlock> rights, List<DatasetOrderAtBlock> vetoes) {
        List<DatasetOrderFacts> facts = new ArrayList<>();
        for (int i = 0; i < rights.size(); i++) {
            facts.add(new DatasetOrderFacts(
                    rights.get(i).dataset(),
                    rights.get(i).accepted(),
                    vetoes.get(i).accepted(),
                    vetoes.get(i).dataset().map(Dataset::owner)));
        }
        return facts;
    }
}
