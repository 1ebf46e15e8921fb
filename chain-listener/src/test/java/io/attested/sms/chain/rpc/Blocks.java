package io.attested.sms.chain.rpc;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure.Kind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which block is the head, which lies below it, and whether they are still what they were. */
final class Blocks {
    private final Node node;
    private final long chainId;

    Blocks(Node node, long chainId) {
        this.node = node;
        this.chainId = chainId;
    }

    /** The head; each time with the chain id, because the URL may have come to lead to another node. */
    BlockRef head() throws ReadFailure {
        Batch.Answers answers = new Batch.Answers(node.ask(List.of(Question.chainId(), Question.latestBlock())));
        long found = Quantity.longNumber(answers.result(0, "the chain id"), "the chain id");
        if (found != chainId) {
            throw new ReadFailure(Kind.WRONG_CHAIN, "the node serves chain " + found + ", expected " + chainId);
        }
        return Header.read(answers.result(1, "the head"));
    }

    /** The block of this height below {@code head}, or {@code head} itself. */
    BlockRef below(BlockRef head, int depth) throws ReadFailure {
        long number = numberBelow(head, depth);
        if (number == head.number()) {
            return head;
        }
        Batch.Answers answers = new Batch.Answers(node.ask(List.of(Question.block(number))));
        return numbered(answers.result(0, "the settled block"), number);
    }

    /** Height of the settled block: {@code depth} below the head, or the first block. */
    static long numberBelow(BlockRef head, int depth) {
        return Math.max(0, head.number() - depth);
    }

    /** Reads a header that must be of this height. */
    static BlockRef numbered(JsonNode block, long number) throws ReadFailure {
        BlockRef read = Header.read(block);
        if (read.number() != number) {
            throw ReadFailure.inconsistent("asked for block " + number + ", got block " + read.number());
        }
        return read;
    }
}
