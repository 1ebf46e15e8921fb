package io.attested.sms.chain.follow;

import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule.Depth;
import io.attested.sms.chain.SettlementRule.Tag;
import io.attested.sms.chain.follow.Checkpoints.Checkpoint;
import io.attested.sms.chain.follow.Standing.Reason;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.List;
import java.util.Optional;

/**
 * From a checkpoint, or from nothing, to following: whether what was settled is still so, then the old changes of owners,
 * then the blocks from the settled one to the head.
 */
final class Start {
    private final FollowSettings settings;
    private final FollowerPorts ports;
    private final Headers headers;
    private final Transfers transfers;
    private final Delivery delivery;
    private Optional<Checkpoint> reached = Optional.empty();
    private boolean storedCounts = true;

    Start(FollowSettings settings, FollowerPorts ports, Headers headers, Transfers transfers, Delivery delivery) {
        this.settings = settings;
        this.ports = ports;
        this.headers = headers;
        this.transfers = transfers;
        this.delivery = delivery;
    }

    /** What one step came to. */
    sealed interface Progress {
        /** More old blocks are to be read. */
        record Onwards() implements Progress {}

        /** Not now. */
        record Not(Reason why) implements Progress {}

        /** A block that was settled is not on the chain; the branch that replaced it is settled and caught up with. */
        record Replaced() implements Progress {}

        /** The blocks to follow from. */
        record Ready(Ancestry branch) implements Progress {}
    }

    /** Where to start from next time: a block that was settled. */
    void from(BlockHeader settled) {
        reached = Optional.of(new Checkpoint(settled.number(), settled.hash()));
    }

    /** The next start is the first one, whatever was settled before. */
    void anew() {
        reached = Optional.empty();
        storedCounts = false;
    }

    Progress step(BlockHeader head) throws Unreadable {
        BlockHeader settled = settled(head);
        if (head.number() - settled.number() > settings.window()) {
            return new Progress.Not(Reason.NOT_SETTLING);
        }
        Optional<Checkpoint> from =
                reached.isEmpty() && storedCounts ? ports.checkpoints().load() : reached;
        if (from.isEmpty()) {
            return ready(head, settled);
        }
        Checkpoint known = from.get();
        if (known.number() > head.number()) {
            return new Progress.Not(Reason.BEHIND_SETTLED);
        }
        Optional<BlockHeader> now = headers.at(known.number());
        if (now.isEmpty()) {
            return startAnew(known, settled);
        }
        if (!now.get().hash().equals(known.hash())) {
            return replaced(known, settled);
        }
        if (known.number() >= settled.number()) {
            return ready(head, now.get());
        }
        return onwards(known, settled);
    }

    private BlockHeader settled(BlockHeader head) throws Unreadable {
        return switch (settings.rule()) {
            case Depth depth -> {
                long number = Math.max(0, head.number() - depth.blocks());
                yield number == head.number() ? head : headers.required(number);
            }
            case Tag tag -> {
                BlockHeader tagged = headers.tagged(tag.name());
                if (tagged.number() > head.number()) {
                    throw new Unreadable(Kind.HEAD_MOVED, "the settled block is above the head");
                }
                yield tagged;
            }
        };
    }

    /** Only a branch that is settled above the abandoned block's height is believed to have replaced it for good. */
    private Progress replaced(Checkpoint abandoned, BlockHeader settled) throws Unreadable {
        if (settled.number() <= abandoned.number()) {
            return new Progress.Not(Reason.REORG_BELOW_SETTLED);
        }
        long below = Math.max(0, abandoned.number() - settings.window());
        BlockHeader again = headers.required(below);
        reach(new Checkpoint(again.number(), again.hash()), List.of());
        return new Progress.Replaced();
    }

    private Progress onwards(Checkpoint known, BlockHeader settled) throws Unreadable {
        switch (transfers.old(known.number() + 1, settled.number())) {
            case Transfers.Old.Changes old -> {
                BlockHeader end = old.to() == settled.number() ? settled : headers.required(old.to());
                reach(new Checkpoint(end.number(), end.hash()), old.changes());
            }
            case Transfers.Old.Smaller _ -> {
                // The next step asks for less.
            }
            case Transfers.Old.Pruned _ -> {
                return startAnew(known, settled);
            }
        }
        return new Progress.Onwards();
    }

    private Progress startAnew(Checkpoint known, BlockHeader settled) throws Unreadable {
        if (settled.number() <= known.number()) {
            throw new Unreadable(Kind.HEAD_MOVED, "block " + known.number() + " is not there");
        }
        ports.events().gap(known.number() + 1, settled.number());
        reach(new Checkpoint(settled.number(), settled.hash()), List.of());
        return new Progress.Onwards();
    }

    private void reach(Checkpoint checkpoint, List<OwnershipChanges.Change> changes) {
        delivery.deliver(changes, checkpoint);
        reached = Optional.of(checkpoint);
    }

    private Progress ready(BlockHeader head, BlockHeader settled) throws Unreadable {
        long tail = Math.max(0, settled.number() - settings.tail());
        // A node restored from a state has no headers below it.
        long base = headers.at(tail).isPresent() ? tail : settled.number();
        Ancestry branch = Ancestry.of(headers.upTo(head, base), settled.number());
        if (!branch.settled().hash().equals(settled.hash())) {
            throw new Unreadable(Kind.HEAD_MOVED, "the settled block is not below the head");
        }
        delivery.clear();
        delivery.stage(transfers.in(branch.blocks()
                .subList(
                        (int) (settled.number() - branch.base().number()) + 1,
                        branch.blocks().size())));
        delivery.settle(settled);
        return new Progress.Ready(branch);
    }
}
