package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.lens.DealAtBlock;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.lens.OwnerAtBlock;
import io.attested.sms.chain.lens.Registry;
import io.attested.sms.chain.lens.Views;
import io.attested.sms.chain.quorum.Consensus;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RoundTrip;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.ContractCall;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.PocoCalls;
import java.util.List;
import java.util.Optional;

/**
 * A deal, an application or a dataset at one block: what the nodes agree on and, at the level of proofs, proven. That one
 * is unknown is their word at every level.
 */
final class RegisteredReading {
    /** The deal's texts first, then those of its assets. */
    private static final int MOST_ROUNDS = 2;

    private final Quorum quorum;
    private final Optional<Prover> prover;
    private final Vouchers vouchers;

    RegisteredReading(Quorum quorum, Optional<Prover> prover, Vouchers vouchers) {
        this.quorum = quorum;
        this.prover = prover;
        this.vouchers = vouchers;
    }

    /** What so many nodes said. */
    private record Said<T>(T value, int agreeing) {}

    Checked<DealAtBlock> deal(LensQuestion<DealAtBlock> question, BlockHeader block) throws Unread {
        Said<DealAtBlock> said = first(ask(new LensTrip<>(question, List.of(block.ref()))), Integer.MAX_VALUE);
        for (int round = 0; round < MOST_ROUNDS && said.value() instanceof DealAtBlock.TooLong tooLong; round++) {
            said = first(ask(new TextsTrip<>(tooLong.texts(), block.ref())), said.agreeing());
        }
        if (said.value() instanceof DealAtBlock.TooLong) {
            throw Unread.of(Kind.MALFORMED_ANSWER, "the deal's texts do not end");
        }
        boolean known = said.value() instanceof DealAtBlock.Known;
        if (prover.isPresent() && said.value() instanceof DealAtBlock.Known(var ignored, var facts)) {
            prover.get().deal(facts, block);
        }
        return read(said.value(), known, said.agreeing());
    }

    Checked<Optional<App>> app(LensQuestions questions, Address address, BlockHeader block) throws Unread {
        Said<OwnerAtBlock> owner = owner(questions, address, block);
        if (!owner.value().registries().contains(Registry.APP)) {
            return read(Optional.empty(), false, owner.agreeing());
        }
        Said<AppView> view = view(questions.hubAddress(), PocoCalls.viewApp(address.value()), block);
        App app = Views.app(address, view.value());
        requireOwner(owner.value(), app.owner());
        if (prover.isPresent()) {
            prover.get().app(app, RegisteredBytes.of(view.value().multiaddr()), block);
        }
        return read(Optional.of(app), true, Math.min(owner.agreeing(), view.agreeing()));
    }

    Checked<Optional<Dataset>> dataset(LensQuestions questions, Address address, BlockHeader block) throws Unread {
        Said<OwnerAtBlock> owner = owner(questions, address, block);
        if (!owner.value().registries().contains(Registry.DATASET)) {
            return read(Optional.empty(), false, owner.agreeing());
        }
        Said<DatasetView> view = view(questions.hubAddress(), PocoCalls.viewDataset(address.value()), block);
        Dataset dataset = Views.dataset(address, view.value());
        requireOwner(owner.value(), dataset.owner());
        if (prover.isPresent()) {
            prover.get().dataset(dataset, RegisteredBytes.of(view.value().multiaddr()), block);
        }
        return read(Optional.of(dataset), true, Math.min(owner.agreeing(), view.agreeing()));
    }

    private Said<OwnerAtBlock> owner(LensQuestions questions, Address asset, BlockHeader block) throws Unread {
        return first(ask(new LensTrip<>(questions.owner(asset), List.of(block.ref()))), Integer.MAX_VALUE);
    }

    private <V> Said<V> view(Address hub, ContractCall<V> call, BlockHeader block) throws Unread {
        Consensus.Agreed<ViewTrip.Answer<V>> agreed = ask(new ViewTrip<>(hub, call, block.ref()));
        return new Said<>(agreed.value().view(), agreed.agreeing().size());
    }

    private <T> Consensus.Agreed<T> ask(RoundTrip<T> trip) throws Unread {
        return Unread.agreed(quorum.ask(trip, Purpose.REQUEST));
    }

    private static <T> Said<T> first(Consensus.Agreed<LensTrip.Answers<T>> agreed, int most) {
        return new Said<>(
                agreed.value().values().getFirst(),
                Math.min(most, agreed.agreeing().size()));
    }

    private static void requireOwner(OwnerAtBlock asset, Address owner) throws Unread {
        if (!asset.owner().equals(Optional.of(owner))) {
            throw Unread.of(Kind.INCONSISTENT, "the hub and an asset name different owners of it");
        }
    }

    private <T> Checked<T> read(T value, boolean known, int agreeing) {
        return new Checked.Read<>(value, known ? vouchers.level() : vouchers.word(), agreeing, vouchers.nodes());
    }
}
