package io.attested.sms.chain.live;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.checked.Position;
import io.attested.sms.chain.checked.Positions;
import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import java.util.Optional;

/** Where the follower stands. */
final class FollowedPositions implements Positions {
    private final FollowedFacts facts;

    FollowedPositions(FollowedFacts facts) {
        this.facts = facts;
    }

    @Override
    public Position now(Purpose purpose) {
        return switch (facts.standing()) {
            case Standing.Following at -> known(at.settled(), at.head());
            case Standing.Stopped stopped -> new Position.Unknown(Remembered.failure(stopped));
        };
    }

    @Override
    public Position head(Purpose purpose) {
        return switch (facts.standing()) {
            case Standing.Following at -> known(at.head(), at.head());
            case Standing.Stopped stopped -> new Position.Unknown(Remembered.failure(stopped));
        };
    }

    private Position known(BlockRef settled, BlockRef head) {
        Optional<BlockHeader> rights = facts.header(settled);
        Optional<BlockHeader> vetoes = facts.header(head);
        return rights.isPresent() && vetoes.isPresent()
                ? new Position.Known(rights.get(), vetoes.get())
                : new Position.Unknown(new ChainFailure(Kind.HEAD_MOVED, "the head moved just now"));
    }
}
