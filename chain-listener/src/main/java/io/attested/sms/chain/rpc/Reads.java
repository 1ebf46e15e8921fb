package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** The round trips that every reader of a chain needs: headers and logs, checked as far as one node's answer allows. */
public final class Reads {
    /** Headers in one round trip: some 2 kB each as JSON, far below any cap on an answer. */
    public static final int MOST_HEADERS = 256;

    private Reads() {}

    /** What one round trip is made of. */
    private interface Reading<T> {
        T read(Replies replies) throws ReadFailure;
    }

    private record Trip<T>(List<Question> questions, Reading<T> reading) implements RoundTrip<T> {
        @Override
        public T read(Replies replies) throws ReadFailure {
            return reading.read(replies);
        }
    }

    /** The block a node gives to a tag, from a node of this chain. */
    public static RoundTrip<BlockHeader> tagged(BlockTag tag, long chainId) {
        return new Trip<>(List.of(Question.chainId(), Question.block(tag)), replies -> {
            long found = replies.number(0, "the chain id");
            if (found != chainId) {
                throw new ReadFailure(Kind.WRONG_CHAIN, "the node serves chain " + found + ", expected " + chainId);
            }
            return replies.header(1, "the block tagged " + tag.text());
        });
    }

    /** The block of this hash. */
    public static RoundTrip<BlockHeader> header(Bytes32 hash) {
        return new Trip<>(List.of(Question.block(hash)), replies -> {
            BlockHeader header = replies.header(0, "the block");
            if (!header.hash().equals(hash)) {
                throw ReadFailure.inconsistent("asked for a block by its hash, got another");
            }
            return header;
        });
    }

    /** The blocks of these heights; empty where the node has none. */
    public static RoundTrip<List<Optional<BlockHeader>>> headers(List<Long> numbers) {
        require(!numbers.isEmpty() && numbers.size() <= MOST_HEADERS, "1 to " + MOST_HEADERS + " headers");
        List<Long> heights = List.copyOf(numbers);
        return new Trip<>(heights.stream().map(Question::block).toList(), replies -> {
            List<Optional<BlockHeader>> headers = new ArrayList<>();
            for (int i = 0; i < heights.size(); i++) {
                headers.add(replies.absent(i) ? Optional.empty() : Optional.of(numbered(replies, i, heights.get(i))));
            }
            return List.copyOf(headers);
        });
    }

    /**
     * A piece of the chain: each block's parent is the one before.
     *
     * @param from height of the first, at least 0
     * @param count 1 to {@value #MOST_HEADERS}
     */
    public static RoundTrip<List<BlockHeader>> headers(long from, int count) {
        require(count >= 1 && count <= MOST_HEADERS, "1 to " + MOST_HEADERS + " headers");
        List<Question> questions =
                LongStream.range(from, from + count).mapToObj(Question::block).toList();
        return new Trip<>(questions, replies -> {
            List<BlockHeader> headers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                BlockHeader header = numbered(replies, i, from + i);
                if (i > 0 && !header.parentHash().equals(headers.getLast().hash())) {
                    throw ReadFailure.headMoved("block " + header.number() + " does not follow the one before");
                }
                headers.add(header);
            }
            return List.copyOf(headers);
        });
    }

    /**
     * Events of a range of blocks, from a node that has the last of them: one that is behind would leave events out and
     * seem to disagree. Guaranteed: of that range, of the filter, in order, none twice, none removed. Whether
     * a block holds them is for {@link Log#fits}; whether some are missing only blooms and other nodes can tell.
     */
    public static RoundTrip<List<Log>> logs(LogFilter filter, long from, long to) {
        Map<String, Object> blocks = Map.of("fromBlock", Quantity.text(from), "toBlock", Quantity.text(to));
        return new Trip<>(
                List.of(Question.block(to), new Question("eth_getLogs", List.of(filter.json(blocks)))), replies -> {
                    if (replies.absent(0)) {
                        throw ReadFailure.headMoved("the node has no block " + to);
                    }
                    return new LogReading(filter).range(replies.result(1, "the logs"), from, to);
                });
    }

    /** Events of these blocks, which follow one another; each event fits its block. */
    public static RoundTrip<List<Log>> logs(LogFilter filter, List<BlockHeader> headers) {
        require(!headers.isEmpty(), "at least one header");
        List<BlockHeader> range = List.copyOf(headers);
        Map<String, Object> blocks = Map.of(
                "fromBlock", Quantity.text(range.getFirst().number()),
                "toBlock", Quantity.text(range.getLast().number()));
        return new Trip<>(
                List.of(new Question("eth_getLogs", List.of(filter.json(blocks)))),
                replies -> new LogReading(filter).of(replies.result(0, "the logs"), range));
    }

    /** Events of one block, asked for by its hash (EIP-234); each event fits the block. */
    public static RoundTrip<List<Log>> logs(LogFilter filter, BlockHeader header) {
        Map<String, Object> block = Map.of("blockHash", header.hash().value());
        return new Trip<>(
                List.of(new Question("eth_getLogs", List.of(filter.json(block)))),
                replies -> new LogReading(filter).of(replies.result(0, "the logs"), List.of(header)));
    }

    private static BlockHeader numbered(Replies replies, int index, long number) throws ReadFailure {
        BlockHeader header = replies.header(index, "block " + number);
        if (header.number() != number) {
            throw ReadFailure.inconsistent("asked for block " + number + ", got block " + header.number());
        }
        return header;
    }

    private static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected);
        }
    }
}
