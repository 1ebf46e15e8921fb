package io.attested.sms.chain.checked;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.BlockTag;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.Reads;

/** Asks the quorum each time: one exchange for the head (two when heads differ), one more for the settled block. */
final class AskedPositions implements Positions {
    private final Quorum quorum;
    private final long chainId;
    private final SettlementRule rule;

    AskedPositions(Quorum quorum, long chainId, SettlementRule rule) {
        this.quorum = quorum;
        this.chainId = chainId;
        this.rule = rule;
    }

    @Override
    public Position now(Purpose purpose) {
        try {
            BlockHeader head = tagged(BlockTag.LATEST, purpose);
            BlockHeader settled = settled(head, purpose);
            if (settled.number() > head.number()) {
                throw Unread.of(Kind.HEAD_MOVED, "the settled block is above the head, which moved meanwhile");
            }
            return new Position.Known(settled, head);
        } catch (Unread e) {
            return new Position.Unknown(e.failure());
        }
    }

    @Override
    public Position head(Purpose purpose) {
        try {
            BlockHeader head = tagged(BlockTag.LATEST, purpose);
            return new Position.Known(head, head);
        } catch (Unread e) {
            return new Position.Unknown(e.failure());
        }
    }

    private BlockHeader settled(BlockHeader head, Purpose purpose) throws Unread {
        return switch (rule) {
            case SettlementRule.Depth(int blocks) -> below(head, blocks, purpose);
            case SettlementRule.Tag(SettlementRule.Name name) ->
                switch (name) {
                    case SAFE -> tagged(BlockTag.SAFE, purpose);
                    case FINALIZED -> tagged(BlockTag.FINALIZED, purpose);
                };
        };
    }

    private BlockHeader below(BlockHeader head, int blocks, Purpose purpose) throws Unread {
        long number = Math.max(0, head.number() - blocks);
        return number == head.number()
                ? head
                : Unread.agreed(quorum.ask(Reads.headers(number, 1), purpose))
                        .value()
                        .getFirst();
    }

    private BlockHeader tagged(BlockTag tag, Purpose purpose) throws Unread {
        return Unread.agreed(quorum.head(tag, chainId, purpose)).value();
    }
}
