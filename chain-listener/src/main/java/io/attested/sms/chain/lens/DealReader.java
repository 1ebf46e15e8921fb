package io.attested.sms.chain.lens;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.contracts.AppView;
import io.attested.sms.contracts.BoostView;
import io.attested.sms.contracts.DealView;
import io.attested.sms.contracts.Part;
import io.attested.sms.contracts.TaskLensView;
import io.attested.sms.contracts.TaskView;
import java.math.BigInteger;
import java.util.Optional;

/** From the task lens to facts. */
final class DealReader {
    private static final BigInteger FIRST_ENDED = BigInteger.valueOf(3);

    private final Address hub;
    private final Frames frames;

    DealReader(Address hub, Frames frames) {
        this.hub = hub;
        this.frames = frames;
    }

    TaskAtBlock task(Bytes32 id, TaskLensView view, BlockRef at) throws FactsRefused {
        frames.check(view.frame(), at);
        if (!frames.hubExists(view.frame()) || id.isZero()) {
            return new TaskAtBlock.Unknown(at);
        }
        TaskView raw = Parts.required(view.task(), "the task");
        if (Bytes32.of(raw.dealId()).isZero()) {
            Optional<BoostedDeal> boosted = boosted(view);
            if (boosted.isPresent() || raw.status().compareTo(FIRST_ENDED) >= 0) {
                return new TaskAtBlock.Boosted(at, boosted);
            }
        }
        Optional<Task> task = Views.task(id, raw);
        if (task.isEmpty()) {
            return new TaskAtBlock.Unknown(at);
        }
        if (!task.get().dealId().equals(Bytes32.of(view.dealId()))) {
            throw FactsRefused.inconsistent("the lens read another deal than the task's");
        }
        Optional<LongTexts<TaskAtBlock>> texts = LongTexts.of(hub, view, whole -> task(id, whole, at));
        return texts.isPresent()
                ? new TaskAtBlock.TooLong(at, texts.get())
                : new TaskAtBlock.Known(at, task.get(), facts(view, Optional.of(task.get())));
    }

    DealAtBlock deal(Bytes32 id, TaskLensView view, BlockRef at) throws FactsRefused {
        frames.check(view.frame(), at);
        if (!Bytes32.of(view.dealId()).equals(id)) {
            throw FactsRefused.inconsistent("the lens read another deal than asked for");
        }
        if (!frames.hubExists(view.frame()) || id.isZero()) {
            return new DealAtBlock.Unknown(at);
        }
        Optional<LongTexts<DealAtBlock>> texts = LongTexts.of(hub, view, whole -> deal(id, whole, at));
        if (texts.isPresent()) {
            return new DealAtBlock.TooLong(at, texts.get());
        }
        if (!Address.parse(Parts.required(view.deal(), "the deal").app().pointer())
                .isZero()) {
            return new DealAtBlock.Known(at, facts(view, Optional.empty()));
        }
        return boosted(view)
                .<DealAtBlock>map(boosted -> new DealAtBlock.Boosted(at, boosted))
                .orElseGet(() -> new DealAtBlock.Unknown(at));
    }

    /** Hubs without PoCo Boost, or without its accessor, refuse the question. */
    private static Optional<BoostedDeal> boosted(TaskLensView view) throws FactsRefused {
        Parts.requireGas(view.boost(), "the boosted deal");
        if (view.boost() instanceof Part.Answered<BoostView>(BoostView boost)
                && !Address.parse(boost.requester()).isZero()) {
            return Optional.of(new BoostedDeal(
                    Bytes32.of(view.dealId()),
                    Address.parse(boost.requester()),
                    Views.longValue(boost.botFirst(), "the boosted deal's first task"),
                    Views.longValue(boost.botSize(), "the boosted deal's size")));
        }
        return Optional.empty();
    }

    private static DealFacts facts(TaskLensView view, Optional<Task> task) throws FactsRefused {
        DealView raw = Parts.required(view.deal(), "the deal");
        Deal deal = Views.deal(Bytes32.of(view.dealId()), raw);
        if (task.isPresent()) {
            Views.requireIndex(task.get(), deal);
        }
        AppView appView = Parts.required(view.app(), "the app");
        App app = Views.app(deal.app().address(), appView);
        Optional<Dataset> dataset = dataset(deal, view);
        AssetOwners owners = owners(view, dataset);
        if (!owners.app().equals(app.owner()) || !owners.dataset().equals(dataset.map(Dataset::owner))) {
            throw FactsRefused.inconsistent("the hub and an asset name different owners of it");
        }
        return new DealFacts(
                deal,
                raw.sponsor().map(Address::parse).filter(sponsor -> !sponsor.isZero()),
                app,
                dataset,
                RegisteredBytes.of(appView.multiaddr()),
                datasetMultiaddr(deal, view),
                Views.category(deal.category(), Parts.required(view.category(), "the category")),
                owners,
                registered(view, dataset));
    }

    private static Optional<Dataset> dataset(Deal deal, TaskLensView view) throws FactsRefused {
        if (deal.dataset().isEmpty()) {
            return Optional.empty();
        }
        Asset asset = deal.dataset().get();
        return Optional.of(Views.dataset(asset.address(), Parts.required(view.dataset(), "the dataset")));
    }

    private static Optional<RegisteredBytes> datasetMultiaddr(Deal deal, TaskLensView view) throws FactsRefused {
        return deal.dataset().isEmpty()
                ? Optional.empty()
                : Optional.of(RegisteredBytes.of(
                        Parts.required(view.dataset(), "the dataset").multiaddr()));
    }

    private static AssetOwners owners(TaskLensView view, Optional<Dataset> dataset) throws FactsRefused {
        Optional<Address> datasetOwner = dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(Address.parse(Parts.required(view.datasetOwner(), "the dataset's owner")));
        return new AssetOwners(
                Address.parse(Parts.required(view.appOwner(), "the app's owner")),
                datasetOwner,
                Address.parse(Parts.required(view.workerpoolOwner(), "the workerpool's owner")));
    }

    private static boolean registered(TaskLensView view, Optional<Dataset> dataset) throws FactsRefused {
        return Parts.required(view.registered().app(), "the app registry")
                && Parts.required(view.registered().workerpool(), "the workerpool registry")
                && (dataset.isEmpty() || Parts.required(view.registered().dataset(), "the dataset registry"));
    }
}
