package io.attested.sms.chain.follow;

import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.follow.Reading.Absent;
import io.attested.sms.chain.follow.Reading.Failed;
import io.attested.sms.chain.follow.Reading.Read;
import io.attested.sms.chain.follow.Reading.TooMuch;
import io.attested.sms.chain.rpc.BlockHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads headers and checks that they are those asked for and follow one another. */
final class Headers {
    private final Blocks blocks;

    Headers(Blocks blocks) {
        this.blocks = blocks;
    }

    /** How a new head hangs on what is known: the last common block and what follows it. */
    record Path(long fork, List<BlockHeader> blocks) {}

    BlockHeader head() throws Unreadable {
        return required(blocks.head(), "the head");
    }

    BlockHeader tagged(SettlementRule.Name name) throws Unreadable {
        return required(blocks.tagged(name), "the " + name + " block");
    }

    /** The block of this height now; empty when there is none or it is no longer kept. */
    Optional<BlockHeader> at(long number) throws Unreadable {
        Optional<BlockHeader> block = optional(blocks.header(number), "block " + number);
        if (block.isPresent() && block.get().number() != number) {
            throw inconsistent(
                    "asked for block " + number + ", got block " + block.get().number());
        }
        return block;
    }

    BlockHeader required(long number) throws Unreadable {
        return at(number).orElseThrow(() -> moved("block " + number + " is not there"));
    }

    private BlockHeader of(Bytes32 hash) throws Unreadable {
        BlockHeader block = required(blocks.header(hash), "block " + hash);
        if (!block.hash().equals(hash)) {
            throw inconsistent("asked for block " + hash + ", got another");
        }
        return block;
    }

    /** All blocks from the height {@code from} up to {@code last}, each the parent of the next. */
    List<BlockHeader> upTo(BlockHeader last, long from) throws Unreadable {
        List<BlockHeader> all = new ArrayList<>();
        for (long next = from; next < last.number(); next += FollowSettings.MOST_HEADERS) {
            int count = (int) Math.min(FollowSettings.MOST_HEADERS, last.number() - next);
            List<BlockHeader> some = required(blocks.headers(next, count), count + " headers from block " + next);
            if (some.size() != count || some.getFirst().number() != next) {
                throw inconsistent("asked for " + count + " headers from block " + next + ", got others");
            }
            all.addAll(some);
        }
        all.add(last);
        for (int i = 1; i < all.size(); i++) {
            if (!all.get(i - 1).isParentOf(all.get(i))) {
                throw moved("block " + all.get(i).number() + " does not follow the one before");
            }
        }
        return all;
    }

    /** From what is known to {@code head}; empty when they share no block of what is known. */
    Optional<Path> path(Ancestry known, BlockHeader head) throws Unreadable {
        if (head.number() > known.head().number() + 1) {
            Optional<Path> forward = forward(known, head);
            if (forward.isPresent()) {
                return forward;
            }
        }
        List<BlockHeader> path = new ArrayList<>(List.of(head));
        while (!known.holds(path.getLast().number() - 1, path.getLast().parentHash())) {
            BlockHeader lowest = path.getLast();
            if (lowest.number() <= known.base().number() + 1) {
                return Optional.empty();
            }
            BlockHeader parent = of(lowest.parentHash());
            if (!parent.isParentOf(lowest)) {
                throw inconsistent("the parent of block " + lowest.number() + " is not one lower");
            }
            path.add(parent);
        }
        Collections.reverse(path);
        return Optional.of(new Path(path.getFirst().number() - 1, List.copyOf(path)));
    }

    /** The usual case of several new blocks on top, in few questions; by number, so a reorganisation shows as no link. */
    private Optional<Path> forward(Ancestry known, BlockHeader head) throws Unreadable {
        long from = known.head().number() + 1;
        List<BlockHeader> path = upTo(head, from);
        return known.head().isParentOf(path.getFirst())
                ? Optional.of(new Path(known.head().number(), List.copyOf(path)))
                : Optional.empty();
    }

    private static <T> Optional<T> optional(Reading<T> reading, String what) throws Unreadable {
        return switch (reading) {
            case Read<T> read -> Optional.of(read.value());
            case Absent<T> _ -> Optional.empty();
            case TooMuch<T> _ ->
                throw new Unreadable(Kind.RPC_ERROR, what + " would be more than the node gives at once");
            case Failed<T> failed -> throw new Unreadable(failed.failure());
        };
    }

    private static <T> T required(Reading<T> reading, String what) throws Unreadable {
        return optional(reading, what).orElseThrow(() -> moved(what + " is not there"));
    }

    private static Unreadable moved(String detail) {
        return new Unreadable(Kind.HEAD_MOVED, detail);
    }

    private static Unreadable inconsistent(String detail) {
        return new Unreadable(Kind.INCONSISTENT, detail);
    }
}
