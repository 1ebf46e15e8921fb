package io.attested.sms.chain.live;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.follow.Blocks;
import io.attested.sms.chain.follow.Reading;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Reads;
import java.util.List;
import java.util.Optional;

/** Headers that enough nodes agree on. */
final class QuorumBlocks implements Blocks {
    private final Quorum quorum;
    private final long chainId;

    QuorumBlocks(Quorum quorum, long chainId) {
        this.quorum = quorum;
        this.chainId = chainId;
    }

    @Override
    public Reading<BlockHeader> head() {
        return required(quorum.head(BlockTag.LATEST, chainId, Purpose.FOLLOWER));
    }

    @Override
    public Reading<BlockHeader> tagged(SettlementRule.Name name) {
        BlockTag tag = switch (name) {
            case SAFE -> BlockTag.SAFE;
            case FINALIZED -> BlockTag.FINALIZED;
        };
        return required(quorum.head(tag, chainId, Purpose.FOLLOWER));
    }

    @Override
    public Reading<BlockHeader> header(long number) {
        return switch (quorum.ask(Reads.headers(List.of(number)), Purpose.FOLLOWER)) {
            case Consensus.Agreed<List<Optional<BlockHeader>>> agreed ->
                agreed.value()
                        .getFirst()
                        .<Reading<BlockHeader>>map(Reading.Read::new)
                        .orElseGet(Reading.Absent::new);
            case Consensus.Refused<List<Optional<BlockHeader>>> refused -> new Reading.Failed<>(refused.failure());
        };
    }

    @Override
    public Reading<BlockHeader> header(Bytes32 hash) {
        return absentIfMoved(quorum.ask(Reads.header(hash), Purpose.FOLLOWER));
    }

    @Override
    public Reading<List<BlockHeader>> headers(long from, int count) {
        return absentIfMoved(quorum.ask(Reads.headers(from, count), Purpose.FOLLOWER));
    }

    private static <T> Reading<T> required(Consensus<T> consensus) {
        return switch (consensus) {
            case Consensus.Agreed<T> agreed -> new Reading.Read<>(agreed.value());
            case Consensus.Refused<T> refused -> new Reading.Failed<>(refused.failure());
        };
    }

    private static <T> Reading<T> absentIfMoved(Consensus<T> consensus) {
        return consensus instanceof Consensus.Refused<T> refused
                        && refused.failure().kind() == Kind.HEAD_MOVED
                ? new Reading.Absent<>()
                : required(consensus);
    }
}
