package io.attested.sms.chain.checked;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.lens.DatasetOrderAtBlock;
import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import io.attested.sms.contracts.Lenses;
import java.util.ArrayList;
import java.util.List;

/**
 * The dataset orders of a deal at some blocks, in one batch: a lens for every {@link Lenses#MOST_ORDERS} orders at each
 * block. Two nodes said the same when every byte is the same.
 *
 * @param pieces the questions, each for some of the orders
 * @param blocks in the order of the answers
 */
record OrdersTrip(List<LensQuestion<List<DatasetOrderAtBlock>>> pieces, List<BlockRef> blocks)
        implements RoundTrip<LensTrip.Answers<List<DatasetOrderAtBlock>>> {

    static OrdersTrip of(LensQuestions questions, Bytes32 dealId, List<DatasetOrder> orders, List<BlockRef> blocks) {
        List<LensQuestion<List<DatasetOrderAtBlock>>> pieces = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += Lenses.MOST_ORDERS) {
            int to = Math.min(from + Lenses.MOST_ORDERS, orders.size());
            pieces.add(questions.datasetOrders(dealId, List.copyOf(orders.subList(from, to))));
        }
        return new OrdersTrip(List.copyOf(pieces), blocks);
    }

    @Override
    public List<Question> questions() {
        return blocks.stream()
                .flatMap(block -> pieces.stream().map(piece -> Question.lens(piece.data(), block)))
                .toList();
    }

    /** Gives for each block all orders. */
    @Override
    public LensTrip.Answers<List<DatasetOrderAtBlock>> read(Replies replies) throws ReadFailure {
        List<List<DatasetOrderAtBlock>> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        try {
            for (BlockRef block : blocks) {
                List<DatasetOrderAtBlock> orders = new ArrayList<>();
                for (LensQuestion<List<DatasetOrderAtBlock>> piece : pieces) {
                    texts.add(LensTrip.text(replies, texts.size()));
                    orders.addAll(piece.read(texts.getLast(), block));
                }
                values.add(List.copyOf(orders));
            }
        } catch (FactsRefused e) {
            throw ReadFailure.of(e);
        }
        return new LensTrip.Answers<>(List.copyOf(values), List.copyOf(texts));
    }

    @Override
    public Object canonical(LensTrip.Answers<List<DatasetOrderAtBlock>> answers) {
        return answers.texts();
    }
}
