package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.lens.HubAtBlock;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.lens.OwnerAtBlock;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.lens.WalletAtBlock;
import io.attested.sms.chain.proof.Registry;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.List;
import java.util.Optional;

/** One question at known blocks: what the nodes agree on, completed and, at the level of proofs, proven. */
final class Reading {
    /** The deal's texts first, then those of its assets; a lens that still lacks something after that never ends. */
    private static final int MOST_ROUNDS = 2;

    private final Quorum quorum;
    private final Optional<Prover> prover;
    private final Vouchers vouchers;

    /** @param prover empty below the level of proofs */
    Reading(Quorum quorum, Optional<Prover> prover, Vouchers vouchers) {
        this.quorum = quorum;
        this.prover = prover;
        this.vouchers = vouchers;
    }

    /** The same with the head as settled block. */
    Reading atHead() {
        return new Reading(quorum, prover, vouchers.atHead());
    }

    /** The same for deals, applications and datasets. */
    RegisteredReading registered() {
        return new RegisteredReading(quorum, prover, vouchers);
    }

    /** The same for dataset orders. */
    OrdersReading orders() {
        return new OrdersReading(quorum, vouchers);
    }

    TaskLookup task(LensQuestion<TaskAtBlock> question, Position.Known at) throws Unread {
        Agreed<TaskAtBlock> agreed = whole(lens(question, blocks(at)));
        return switch (agreed.head()) {
            case TaskAtBlock.Known vetoes -> known(agreed.settled(), vetoes, at, agreed.agreeing());
            case TaskAtBlock.Unknown ignored -> {
                require(agreed.settled() instanceof TaskAtBlock.Unknown, "the head does not know a settled task");
                yield new TaskLookup.Unknown(at.head().ref());
            }
            case TaskAtBlock.Boosted ignored -> new TaskLookup.Boosted(at.head().ref());
            case TaskAtBlock.TooLong ignored -> throw tooLong();
        };
    }

    private TaskLookup known(TaskAtBlock atSettled, TaskAtBlock.Known vetoes, Position.Known at, int agreeing)
            throws Unread {
        return switch (atSettled) {
            case TaskAtBlock.Known rights -> new TaskLookup.Found(facts(rights, vetoes, at, agreeing));
            case TaskAtBlock.Unknown ignored ->
                new TaskLookup.NotSettled(at.settled().ref(), at.head().ref());
            case TaskAtBlock.Boosted ignored ->
                throw Unread.of(Kind.INCONSISTENT, "the task is of a boosted deal at the settled block alone");
            case TaskAtBlock.TooLong ignored -> throw tooLong();
        };
    }

    private TaskFacts facts(TaskAtBlock.Known rights, TaskAtBlock.Known vetoes, Position.Known at, int agreeing)
            throws Unread {
        require(rights.facts().deal().equals(vetoes.facts().deal()), "the deal differs between settled block and head");
        require(
                rights.facts().registered() && vetoes.facts().registered(),
                "the hub's registries do not know an asset of the deal");
        if (prover.isPresent()) {
            prover.get().task(rights, vetoes, at);
        }
        return new TaskFacts(
                vouchers.of(at, agreeing),
                rights.task(),
                rights.facts().deal(),
                rights.facts().app(),
                rights.facts().dataset(),
                rights.facts().category(),
                new HeadFacts(
                        vetoes.task().status(),
                        vetoes.task().contributionDeadline(),
                        vetoes.facts().owners().app(),
                        vetoes.facts().owners().dataset()));
    }

    /** What is known at each block; unknown and boosted tasks are the word of the nodes. */
    Checked<List<TaskAtBlock>> tasks(LensQuestion<TaskAtBlock> question, List<BlockHeader> blocks) throws Unread {
        Agreed<TaskAtBlock> agreed =
                whole(lens(question, blocks.stream().map(BlockHeader::ref).toList()));
        if (lacksTexts(agreed)) {
            throw tooLong();
        }
        if (prover.isPresent()) {
            prover.get().tasks(agreed.values(), blocks);
        }
        boolean known = agreed.values().stream().allMatch(TaskAtBlock.Known.class::isInstance);
        return read(agreed.values(), known, agreed.agreeing());
    }

    /** What the hub is; the word of the nodes. */
    Checked<HubAtBlock> hub(LensQuestion<HubAtBlock> question, Position.Known at) throws Unread {
        LensTrip<HubAtBlock> trip = new LensTrip<>(question, List.of(at.head().ref()));
        Consensus.Agreed<LensTrip.Answers<HubAtBlock>> agreed = Unread.agreed(quorum.ask(trip, Purpose.CHECK));
        return read(agreed.value().values().getFirst(), false, agreed.agreeing().size());
    }

    /** An owner whose asset no registry knows is the word of the nodes. */
    Checked<OwnerAtBlock> owner(LensQuestion<OwnerAtBlock> question, Address asset, BlockHeader block) throws Unread {
        Agreed<OwnerAtBlock> agreed = lens(question, List.of(block.ref()));
        boolean proven = proven(agreed.settled(), asset, block);
        return read(agreed.settled(), proven, agreed.agreeing());
    }

    private <T> Checked<T> read(T value, boolean proven, int agreeing) {
        return new Checked.Read<>(value, proven ? vouchers.level() : vouchers.word(), agreeing, vouchers.nodes());
    }

    /** Whether the owner is proven; below the level of proofs nothing is, and nothing need be. */
    private boolean proven(OwnerAtBlock said, Address asset, BlockHeader block) throws Unread {
        Optional<Registry.Kind> kind =
                said.registries().stream().map(Reading::kind).findFirst();
        if (prover.isEmpty() || said.owner().isEmpty() || kind.isEmpty()) {
            return false;
        }
        prover.get().owner(asset, kind.get(), said.owner().get(), block);
        return true;
    }

    /** At the level of proofs an asset that no registry of the hub knows has no owner: nothing would prove it. */
    OwnerLookup owner(LensQuestion<OwnerAtBlock> question, Address asset, Position.Known at) throws Unread {
        Agreed<OwnerAtBlock> agreed = lens(question, List.of(at.settled().ref()));
        Optional<Address> owner = agreed.settled().owner();
        if (owner.isEmpty()) {
            return new OwnerLookup.NoOwner(vouchers.ofWord(at, agreed.agreeing()));
        }
        if (!proven(agreed.settled(), asset, at.settled()) && prover.isPresent()) {
            return new OwnerLookup.NoOwner(vouchers.ofWord(at, agreed.agreeing()));
        }
        return new OwnerLookup.Owner(owner.get(), vouchers.of(at, agreed.agreeing()));
    }

    WalletLookup wallet(LensQuestion<WalletAtBlock> question, Position.Known at) throws Unread {
        Agreed<WalletAtBlock> agreed = lens(question, List.of(at.settled().ref()));
        Provenance provenance = vouchers.ofWord(at, agreed.agreeing());
        return switch (agreed.settled()) {
            case WalletAtBlock.Approves ignored -> new WalletLookup.Approves(provenance);
            case WalletAtBlock.Refuses ignored -> new WalletLookup.Refuses(provenance);
            case WalletAtBlock.NoContract ignored -> new WalletLookup.NoContract(provenance);
        };
    }

    /** What enough nodes said of each block, the settled one first. */
    private record Agreed<T>(List<T> values, int agreeing) {
        T settled() {
            return values.getFirst();
        }

        T head() {
            return values.getLast();
        }
    }

    private <T> Agreed<T> lens(LensQuestion<T> question, List<BlockRef> blocks) throws Unread {
        return ask(new LensTrip<>(question, blocks), Integer.MAX_VALUE);
    }

    private <T> Agreed<T> ask(RoundTrip<LensTrip.Answers<T>> trip, int most) throws Unread {
        Consensus.Agreed<LensTrip.Answers<T>> agreed = Unread.agreed(quorum.ask(trip, Purpose.REQUEST));
        return new Agreed<>(
                agreed.value().values(), Math.min(most, agreed.agreeing().size()));
    }

    private Agreed<TaskAtBlock> whole(Agreed<TaskAtBlock> lens) throws Unread {
        Agreed<TaskAtBlock> whole = lens;
        for (int round = 0; round < MOST_ROUNDS && lacksTexts(whole); round++) {
            whole = ask(new LongTextsTrip(whole.values()), whole.agreeing());
        }
        return whole;
    }

    private static boolean lacksTexts(Agreed<TaskAtBlock> lens) {
        return lens.values().stream().anyMatch(TaskAtBlock.TooLong.class::isInstance);
    }

    private static List<BlockRef> blocks(Position.Known at) {
        return at.single()
                ? List.of(at.settled().ref())
                : List.of(at.settled().ref(), at.head().ref());
    }

    private static Registry.Kind kind(io.attested.sms.chain.lens.Registry registry) {
        return switch (registry) {
            case APP -> Registry.Kind.APP;
            case DATASET -> Registry.Kind.DATASET;
            case WORKERPOOL -> Registry.Kind.WORKERPOOL;
        };
    }

    private static void require(boolean consistent, String otherwise) throws Unread {
        if (!consistent) {
            throw Unread.of(Kind.INCONSISTENT, otherwise);
        }
    }

    private static Unread tooLong() {
        return Unread.of(Kind.MALFORMED_ANSWER, "the task's texts do not end");
    }
}
