package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.lens.DealFacts;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.proof.Fact;
import io.attested.sms.chain.proof.ProofPlan;
import io.attested.sms.chain.proof.Registry;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.contracts.PocoCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has facts proven against the state roots of their blocks: one exchange, and one before it where registries were ever
 * replaced, because an asset must then be asked for its own.
 */
final class Prover {
    private final Quorum quorum;
    private final Address hub;
    private final Bytes32 hubCodeHash;
    private final RegistryPaths paths;

    Prover(Quorum quorum, Address hub, Bytes32 hubCodeHash, RegistryPaths paths) {
        this.quorum = quorum;
        this.hub = hub;
        this.hubCodeHash = hubCodeHash;
        this.paths = paths;
    }

    /** The registries an asset's ownership hangs on. */
    private record Assets(Registry app, Optional<Registry> dataset) {}

    /** Rights at the settled block, vetoes at the head. */
    void task(TaskAtBlock.Known rights, TaskAtBlock.Known vetoes, Position.Known at) throws Unread {
        Assets assets = registries(rights.facts(), at.settled().ref());
        List<ProofTrip.AtBlock> parts = new ArrayList<>();
        parts.add(part(List.of(rights(rights, assets), new Fact.CodeFact(hub, hubCodeHash)), at.settled()));
        if (!at.single()) {
            parts.add(part(vetoes(vetoes, assets), at.head()));
        }
        prove(parts, Purpose.REQUEST);
    }

    /** Everything at each block, so that what is read at a head can be remembered until it is settled. */
    void tasks(List<TaskAtBlock> values, List<BlockHeader> blocks) throws Unread {
        List<ProofTrip.AtBlock> parts = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (values.get(i) instanceof TaskAtBlock.Known known) {
                Assets assets = registries(known.facts(), blocks.get(i).ref());
                Fact code = new Fact.CodeFact(hub, hubCodeHash);
                parts.add(part(List.of(rights(known, assets), code), blocks.get(i)));
            }
        }
        if (!parts.isEmpty()) {
            prove(parts, Purpose.REQUEST);
        }
    }

    void owner(Address asset, Registry.Kind kind, Address owner, BlockHeader block) throws Unread {
        Registry registry =
                registries(List.of(new Registered(asset, kind)), block.ref()).getFirst();
        prove(List.of(part(List.of(new Fact.OwnerFact(asset, registry, owner)), block)), Purpose.REQUEST);
    }

    /** A deal with its category and assets. */
    void deal(DealFacts facts, BlockHeader block) throws Unread {
        Assets assets = registries(facts, block.ref());
        List<Fact> all = new ArrayList<>(List.of(
                new Fact.DealFact(facts.deal()),
                new Fact.CategoryFact(facts.category()),
                app(facts.app(), facts.appMultiaddr(), assets.app()),
                new Fact.CodeFact(hub, hubCodeHash)));
        facts.sponsor()
                .ifPresent(sponsor -> all.add(new Fact.SponsorFact(facts.deal().id(), sponsor)));
        facts.dataset()
                .ifPresent(dataset -> all.add(dataset(
                        dataset,
                        facts.datasetMultiaddr().orElseThrow(),
                        assets.dataset().orElseThrow())));
        prove(List.of(part(all, block)), Purpose.REQUEST);
    }

    void app(App app, RegisteredBytes multiaddr, BlockHeader block) throws Unread {
        Registry registry = registries(List.of(new Registered(app.address(), Registry.Kind.APP)), block.ref())
                .getFirst();
        prove(List.of(part(List.of(app(app, multiaddr, registry)), block)), Purpose.REQUEST);
    }

    void dataset(Dataset dataset, RegisteredBytes multiaddr, BlockHeader block) throws Unread {
        Registry registry = registries(List.of(new Registered(dataset.address(), Registry.Kind.DATASET)), block.ref())
                .getFirst();
        prove(List.of(part(List.of(dataset(dataset, multiaddr, registry)), block)), Purpose.REQUEST);
    }

    /** That nodes give proofs at all, and that these show the hub's code. */
    void hub(BlockHeader block) throws Unread {
        prove(List.of(part(List.of(new Fact.CodeFact(hub, hubCodeHash)), block)), Purpose.CHECK);
    }

    private void prove(List<ProofTrip.AtBlock> parts, Purpose purpose) throws Unread {
        Unread.agreed(quorum.ask(new ProofTrip(parts), purpose, 1));
    }

    private ProofTrip.AtBlock part(List<Fact> facts, BlockHeader block) throws Unread {
        return switch (ProofPlan.of(hub, facts)) {
            case ProofPlan.Planned(ProofPlan plan) -> new ProofTrip.AtBlock(plan, block);
            case ProofPlan.TooLarge(Address account, int slots) ->
                throw Unread.of(
                        Kind.UNPROVEN,
                        "what the nodes say is in " + account + " fills " + slots + " slots, more than are proven");
        };
    }

    private static Fact rights(TaskAtBlock.Known rights, Assets assets) {
        DealFacts facts = rights.facts();
        return new Fact.RightsFact(
                rights.task(),
                facts.deal(),
                facts.category(),
                app(facts.app(), facts.appMultiaddr(), assets.app()),
                facts.dataset()
                        .map(dataset -> dataset(
                                dataset,
                                facts.datasetMultiaddr().orElseThrow(),
                                assets.dataset().orElseThrow())));
    }

    private static Fact.AppFact app(App app, RegisteredBytes multiaddr, Registry registry) {
        return new Fact.AppFact(
                app.address(), registry, app.owner(), app.type(), multiaddr, app.checksum(), app.mrenclave());
    }

    private static Fact.DatasetFact dataset(Dataset dataset, RegisteredBytes multiaddr, Registry registry) {
        return new Fact.DatasetFact(dataset.address(), registry, dataset.owner(), multiaddr, dataset.checksum());
    }

    private static List<Fact> vetoes(TaskAtBlock.Known vetoes, Assets assets) {
        DealFacts facts = vetoes.facts();
        List<Fact> all = new ArrayList<>();
        all.add(new Fact.LivenessFact(
                vetoes.task().id(), vetoes.task().status(), vetoes.task().contributionDeadline()));
        all.add(new Fact.OwnerFact(
                facts.app().address(), assets.app(), facts.owners().app()));
        facts.dataset()
                .ifPresent(dataset -> all.add(
                        new Fact.OwnerFact(dataset.address(), assets.dataset().orElseThrow(), dataset.owner())));
        return all;
    }

    private Assets registries(DealFacts facts, BlockRef block) throws Unread {
        List<Registered> assets = new ArrayList<>();
        assets.add(new Registered(facts.deal().app().address(), Registry.Kind.APP));
        facts.deal()
                .dataset()
                .ifPresent(dataset -> assets.add(new Registered(dataset.address(), Registry.Kind.DATASET)));
        List<Registry> found = registries(assets, block);
        return new Assets(found.getFirst(), found.stream().skip(1).findFirst());
    }

    /** The path from the hub to each asset's own registry, in the order of the assets. */
    private List<Registry> registries(List<Registered> assets, BlockRef block) throws Unread {
        List<Registry> longest =
                assets.stream().map(asset -> paths.path(asset.kind())).toList();
        if (longest.stream().allMatch(path -> path.path().size() == 1)) {
            return longest;
        }
        List<Address> contracts = assets.stream().map(Registered::asset).toList();
        List<Address> own = Unread.agreed(
                        quorum.ask(new AddressesTrip(PocoCalls.registry(), contracts, block), Purpose.REQUEST))
                .value();
        List<Registry> found = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Address registry = own.get(i);
            found.add(longest.get(i)
                    .endingAt(registry)
                    .orElseThrow(() -> Unread.of(
                            Kind.UNPROVEN,
                            "the hub's registries do not lead to " + registry + ", which holds an asset")));
        }
        return List.copyOf(found);
    }

    private record Registered(Address asset, Registry.Kind kind) {}
}
