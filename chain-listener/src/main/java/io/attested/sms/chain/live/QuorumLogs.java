package io.attested.sms.chain.live;

import io.attested.sms.chain.follow.Logs;
import io.attested.sms.chain.follow.Reading;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Log;
import io.attested.sms.chain.rpc.LogFilter;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.ReadFailure.Refusal;
import io.attested.sms.chain.rpc.Reads;
import java.util.Collection;
import java.util.List;

/** Events that enough nodes agree on. */
final class QuorumLogs implements Logs {
    private final Quorum quorum;

    QuorumLogs(Quorum quorum) {
        this.quorum = quorum;
    }

    @Override
    public Reading<List<Log>> range(LogFilter filter, long from, long to) {
        return reading(quorum.ask(Reads.logs(filter, from, to), Purpose.FOLLOWER));
    }

    @Override
    public Reading<List<Log>> block(LogFilter filter, BlockHeader block) {
        return reading(quorum.ask(Reads.logs(filter, block), Purpose.FOLLOWER));
    }

    private static Reading<List<Log>> reading(Consensus<List<Log>> consensus) {
        return switch (consensus) {
            case Consensus.Agreed<List<Log>> agreed -> new Reading.Read<>(agreed.value());
            case Consensus.Refused<List<Log>> refused -> refused(refused);
        };
    }

    /** One node that asks for less is reason enough to ask all for less; that history is gone needs more than one. */
    private static Reading<List<Log>> refused(Consensus.Refused<List<Log>> refused) {
        Collection<ReadFailure> failures = refused.failures().values();
        if (failures.stream().anyMatch(QuorumLogs::asksForLess)) {
            return new Reading.TooMuch<>();
        }
        boolean pruned = !failures.isEmpty()
                && refused instanceof Consensus.Unavailable
                && failures.stream().allMatch(failure -> failure.refusal() == Refusal.PRUNED);
        return pruned ? new Reading.Absent<>() : new Reading.Failed<>(refused.failure());
    }

    private static boolean asksForLess(ReadFailure failure) {
        return failure.refusal() == Refusal.TOO_MUCH || failure.refusal() == Refusal.OVERSIZED;
    }
}
