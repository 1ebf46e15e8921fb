package io.attested.sms.chain.follow;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.follow.Standing.Following;
import io.attested.sms.chain.follow.TaskReading.Content;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The facts of each kind. Not safe for many threads. */
final class Memories {
    private final FactMemory<Bytes32, Optional<Task>> tasks;
    private final FactMemory<Address, Optional<Address>> owners;
    private final FactMemory<Bytes32, BigInteger> orders;
    private final FactMemory<Bytes32, Assets> deals;

    /** A deal and what never changes of its assets; the owners in it mean nothing. */
    private record Assets(Deal deal, App app, Optional<Dataset> dataset, Category category) {
        static Assets of(Content content) {
            return new Assets(
                    content.deal(),
                    owned(content.app(), Address.ZERO),
                    content.dataset().map(dataset -> owned(dataset, Address.ZERO)),
                    content.category());
        }
    }

    Memories(Watched watched, int most) {
        this.tasks = new FactMemory<>(most, watched::task);
        this.owners = new FactMemory<>(most, watched::owner);
        this.orders = new FactMemory<>(most, order -> watched.datasetOrders());
        this.deals = new FactMemory<>(most, deal -> watched.upgrade());
    }

    void each(Consumer<FactMemory<?, ?>> change) {
        List.of(tasks, owners, orders, deals).forEach(change);
    }

    int size() {
        return tasks.size() + owners.size() + orders.size() + deals.size();
    }

    /** Takes in what was read of a task, owners included. */
    Learned learn(Ancestry branch, TaskReading reading) {
        if (reading.content().isEmpty()) {
            return learnAbsence(branch, reading);
        }
        Content content = reading.content().get();
        if (!content.registered()) {
            return Learned.NOT_FOLLOWED;
        }
        BlockRef at = reading.block();
        List<Learned> all = new ArrayList<>();
        all.add(tasks.learn(branch, reading.id(), at, Optional.of(content.task())));
        all.add(deals.learn(branch, content.deal().id(), at, Assets.of(content)));
        all.add(owners.learn(
                branch, content.app().address(), at, Optional.of(content.app().owner())));
        content.dataset()
                .ifPresent(
                        dataset -> all.add(owners.learn(branch, dataset.address(), at, Optional.of(dataset.owner()))));
        return worst(all);
    }

    /** That a block does not know a task is remembered only when a later one does: see the package's description. */
    private Learned learnAbsence(Ancestry branch, TaskReading reading) {
        boolean knownLater =
                tasks.at(reading.id(), branch.head().number()).flatMap(t -> t).isPresent();
        return knownLater ? tasks.learn(branch, reading.id(), reading.block(), Optional.empty()) : Learned.NOT_FOLLOWED;
    }

    Learned learnOwner(Ancestry branch, BlockRef at, Address asset, Optional<Address> owner, boolean registered) {
        return registered ? owners.learn(branch, asset, at, owner) : Learned.NOT_FOLLOWED;
    }

    Learned learnConsumed(Ancestry branch, BlockRef at, Bytes32 order, BigInteger consumed) {
        return orders.learn(branch, order, at, consumed);
    }

    Optional<Optional<Address>> owner(Address asset, BlockRef at) {
        return owners.at(asset, at.number());
    }

    Optional<BigInteger> consumed(Bytes32 order, BlockRef at) {
        return orders.at(order, at.number());
    }

    /** What a decision on the task needs at these blocks, or where to read it. */
    TaskAnswer task(Bytes32 id, Following blocks, SettlementRule rule) {
        Optional<Task> atHead = existing(id, blocks.head());
        Optional<HeadFacts> vetoes = vetoes(id, blocks.head());
        Optional<Optional<Task>> atSettled = tasks.at(id, blocks.settled().number());
        if (atHead.isPresent() && atSettled.isPresent() && atSettled.get().isEmpty()) {
            return new TaskAnswer.NotSettled(blocks.settled(), blocks.head());
        }
        Optional<FollowedTask> facts =
                vetoes.flatMap(head -> atSettled.flatMap(t -> t).flatMap(task -> assembled(task, blocks, rule, head)));
        if (facts.isPresent()) {
            return new TaskAnswer.Known(facts.get());
        }
        List<BlockRef> read = new ArrayList<>();
        boolean rights = atSettled
                .flatMap(t -> t)
                .flatMap(task -> rights(task, blocks.settled()))
                .isPresent();
        if (!rights) {
            read.add(blocks.settled());
        }
        if (vetoes.isEmpty() && !read.contains(blocks.head())) {
            read.add(blocks.head());
        }
        return new TaskAnswer.Miss(blocks.settled(), blocks.head(), List.copyOf(read));
    }

    private Optional<FollowedTask> assembled(Task task, Following blocks, SettlementRule rule, HeadFacts vetoes) {
        return rights(task, blocks.settled())
                .map(assets -> new FollowedTask(
                        blocks.settled(),
                        blocks.head(),
                        rule,
                        task,
                        assets.deal(),
                        assets.app(),
                        assets.dataset(),
                        assets.category(),
                        vetoes));
    }

    /** The task's deal and assets with their owners at the block. */
    private Optional<Assets> rights(Task task, BlockRef at) {
        Optional<Assets> assets = deals.at(task.dealId(), at.number());
        Optional<Address> app = assets.flatMap(a -> someone(a.app().address(), at));
        if (assets.isEmpty() || app.isEmpty()) {
            return Optional.empty();
        }
        Optional<Dataset> dataset =
                assets.get().dataset().flatMap(d -> someone(d.address(), at).map(owner -> owned(d, owner)));
        if (dataset.isPresent() != assets.get().dataset().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Assets(
                assets.get().deal(),
                owned(assets.get().app(), app.get()),
                dataset,
                assets.get().category()));
    }

    Optional<HeadFacts> vetoes(Bytes32 id, BlockRef head) {
        return existing(id, head)
                .flatMap(task -> rights(task, head)
                        .map(assets -> new HeadFacts(
                                task.status(),
                                task.contributionDeadline(),
                                assets.app().owner(),
                                assets.dataset().map(Dataset::owner))));
    }

    private Optional<Task> existing(Bytes32 id, BlockRef at) {
        return tasks.at(id, at.number()).flatMap(task -> task);
    }

    private Optional<Address> someone(Address asset, BlockRef at) {
        return owners.at(asset, at.number()).flatMap(owner -> owner);
    }

    private static App owned(App app, Address owner) {
        return new App(app.address(), owner, app.type(), app.multiaddr(), app.checksum(), app.mrenclave());
    }

    private static Dataset owned(Dataset dataset, Address owner) {
        return new Dataset(dataset.address(), owner, dataset.multiaddr(), dataset.checksum());
    }

    private static Learned worst(List<Learned> all) {
        return all.stream().max(Enum::compareTo).orElse(Learned.KEPT);
    }
}
