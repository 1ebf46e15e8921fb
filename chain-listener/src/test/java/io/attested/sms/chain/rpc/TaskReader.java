package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.HeadFacts;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskFacts;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.Views;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.ContractCall;
import io.attested.sms.contracts.DatasetView;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.PocoCalls;
import io.attested.sms.contracts.TaskView;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads one task's facts in four round trips, each a batch: the head; the task there and the settled block; the task and
 * its deal at the settled block; the assets at the settled block, their owners at the head and the category.
 */
final class TaskReader {
    private final Node node;
    private final Blocks blocks;
    private final Address hub;

    TaskReader(Node node, Blocks blocks, Address hub) {
        this.node = node;
        this.blocks = blocks;
        this.hub = hub;
    }

    TaskLookup read(Bytes32 id, int depth) throws ReadFailure {
        try {
            return lookup(id, depth);
        } catch (FactsRefused e) {
            throw new ReadFailure(e);
        }
    }

    private TaskLookup lookup(Bytes32 id, int depth) throws ReadFailure, FactsRefused {
        BlockRef head = blocks.head();
        long number = Blocks.numberBelow(head, depth);
        Batch batch = new Batch(node);
        Batch.Place<TaskView> place = batch.call(hub, PocoCalls.viewTask(id.bytes()), head, "the task at the head");
        OptionalInt below =
                number == head.number() ? OptionalInt.empty() : OptionalInt.of(batch.ask(Question.block(number)));
        Batch.Answers answers = batch.send();
        BlockRef settled =
                below.isEmpty() ? head : Blocks.numbered(answers.result(below.getAsInt(), "the settled block"), number);
        Optional<Task> task = Views.task(id, answers.of(place));
        if (task.isEmpty()) {
            return new TaskLookup.Unknown(head);
        }
        return known(task.get(), new Span(head, settled, depth));
    }

    /** The two blocks of a decision and the rule between them. */
    private record Span(BlockRef head, BlockRef settled, int depth) {
        boolean single() {
            return head.equals(settled);
        }
    }

    private TaskLookup known(Task atHead, Span span) throws ReadFailure, FactsRefused {
        Batch batch = new Batch(node);
        Batch.Place<DealView> deal =
                batch.call(hub, PocoCalls.viewDeal(atHead.dealId().bytes()), span.settled(), "the deal");
        ContractCall<TaskView> view = PocoCalls.viewTask(atHead.id().bytes());
        Optional<Batch.Place<TaskView>> settled = span.single()
                ? Optional.empty()
                : Optional.of(batch.call(hub, view, span.settled(), "the task at the settled block"));
        Batch.Answers answers = batch.send();
        Optional<Task> task = Optional.of(atHead);
        if (settled.isPresent()) {
            task = answers.nothing(settled.get())
                    ? Optional.empty()
                    : Views.task(atHead.id(), answers.of(settled.get()));
        }
        if (task.isEmpty()) {
            return new TaskLookup.NotSettled(span.settled(), span.head());
        }
        return new TaskLookup.Found(facts(task.get(), atHead, Views.deal(atHead, answers.of(deal)), span));
    }

    private TaskFacts facts(Task task, Task atHead, Deal deal, Span span) throws ReadFailure, FactsRefused {
        Address app = deal.app().address();
        Optional<Address> dataset = deal.dataset().map(Asset::address);
        Batch batch = new Batch(node);
        Batch.Place<AppView> appView = batch.call(hub, PocoCalls.viewApp(app.value()), span.settled(), "the app");
        Batch.Place<BigInteger> category = batch.call(
                hub, PocoCalls.viewCategory(BigInteger.valueOf(deal.category())), span.settled(), "the category");
        Batch.Place<String> appOwner = batch.call(app, PocoCalls.owner(), span.head(), "the app's owner");
        Optional<DatasetPlaces> places = dataset.map(address -> DatasetPlaces.in(batch, hub, address, span));
        Batch.Answers answers = batch.send();
        Optional<DatasetRead> datasetRead =
                places.isEmpty() ? Optional.empty() : Optional.of(places.get().read(answers));
        HeadFacts vetoes = new HeadFacts(
                atHead.status(),
                atHead.contributionDeadline(),
                Address.parse(answers.of(appOwner)),
                datasetRead.map(DatasetRead::ownerAtHead));
        return new TaskFacts(
                Provenance.ofOneNode(new SettlementRule.Depth(span.depth()), span.settled(), span.head()),
                task,
                deal,
                Views.app(app, answers.of(appView)),
                datasetRead.map(DatasetRead::dataset),
                Views.category(deal.category(), answers.of(category)),
                vetoes);
    }

    /** Where a dataset's two answers will be. */
    private record DatasetPlaces(Address address, Batch.Place<DatasetView> view, Batch.Place<String> owner) {
        static DatasetPlaces in(Batch batch, Address hub, Address dataset, Span span) {
            return new DatasetPlaces(
                    dataset,
                    batch.call(hub, PocoCalls.viewDataset(dataset.value()), span.settled(), "the dataset"),
                    batch.call(dataset, PocoCalls.owner(), span.head(), "the dataset's owner"));
        }

        DatasetRead read(Batch.Answers answers) throws ReadFailure {
            return new DatasetRead(Views.dataset(address, answers.of(view)), Address.parse(answers.of(owner)));
        }
    }

    private record DatasetRead(Dataset dataset, Address ownerAtHead) {}
}
