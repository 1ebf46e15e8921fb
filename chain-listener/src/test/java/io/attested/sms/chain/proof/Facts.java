package io.attested.sms.chain.proof;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Asset;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Category;
import io.attested.sms.chain.Deal;
import io.attested.sms.chain.RegisteredBytes;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** True facts of a task with a dataset, and the same with one lie in them. */
record Facts(Fact.RightsFact truth) {
    private static final Address OTHER = Address.parse("0x" + "5a".repeat(20));
    private static final Bytes32 WORD = Bytes32.parse("0x" + "5a".repeat(32));

    /** Each value of a decision told wrong, by what was changed; the refusal's name is the key up to a space. */
    Map<String, Fact> lies() {
        Map<String, Fact> lies = new LinkedHashMap<>();
        taskLies(lies);
        dealLies(lies);
        appLies(lies);
        datasetLies(lies);
        Category category = truth.category();
        lies.put("category.workClockTimeRef", with(new Category(category.id(), Duration.ofSeconds(1))));
        lies.put("deal.category other", with(new Category(category.id() + 1, category.workClockTimeRef())));
        lies.put("deal.category huge", with(new Category(Long.MAX_VALUE, category.workClockTimeRef())));
        return lies;
    }

    Fact.RightsFact params(String params) {
        return with(deal(params, truth.deal().botFirst(), truth.deal().botSize()));
    }

    private void taskLies(Map<String, Fact> lies) {
        Task task = truth.task();
        Instant contribution = task.contributionDeadline();
        Instant last = task.finalDeadline();
        lies.put("task.status", with(task(task.id(), TaskStatus.REVEALING, task.dealId(), 1, contribution, last)));
        lies.put("task.status of another", with(task(WORD, task.status(), task.dealId(), 1, contribution, last)));
        lies.put("task.dealId", with(task(task.id(), task.status(), WORD, 1, contribution, last)));
        lies.put("task.index", with(task(task.id(), task.status(), task.dealId(), 0, contribution, last)));
        lies.put(
                "task.contributionDeadline",
                with(task(task.id(), task.status(), task.dealId(), 1, contribution.plusSeconds(1), last)));
        lies.put(
                "task.finalDeadline",
                with(task(task.id(), task.status(), task.dealId(), 1, contribution, last.minusSeconds(1))));
    }

    private static Task task(
            Bytes32 id, TaskStatus status, Bytes32 deal, long index, Instant contribution, Instant last) {
        return new Task(id, status, deal, index, contribution, last);
    }

    private void dealLies(Map<String, Fact> lies) {
        Deal deal = truth.deal();
        Asset dataset = deal.dataset().orElseThrow();
        String params = deal.params();
        lies.put("task.dealId of another", with(assets(WORD, deal.app(), deal.dataset(), deal.workerpool())));
        lies.put("deal.app", with(assets(deal.id(), other(deal.app()), deal.dataset(), deal.workerpool())));
        lies.put("deal.app.owner", with(assets(deal.id(), sold(deal.app()), deal.dataset(), deal.workerpool())));
        lies.put("deal.dataset", with(assets(deal.id(), deal.app(), Optional.of(other(dataset)), deal.workerpool())));
        lies.put("deal.dataset none", with(assets(deal.id(), deal.app(), Optional.empty(), deal.workerpool())));
        lies.put(
                "deal.dataset.owner",
                with(assets(deal.id(), deal.app(), Optional.of(sold(dataset)), deal.workerpool())));
        lies.put("deal.workerpool", with(assets(deal.id(), deal.app(), deal.dataset(), other(deal.workerpool()))));
        lies.put("deal.workerpool.owner", with(assets(deal.id(), deal.app(), deal.dataset(), sold(deal.workerpool()))));
        lies.put("deal.trust", with(terms(BigInteger.TWO, deal.category(), deal.tag(), deal.startTime())));
        lies.put("deal.category", with(terms(deal.trust(), deal.category() + 1, deal.tag(), deal.startTime())));
        lies.put("deal.tag", with(terms(deal.trust(), deal.category(), WORD, deal.startTime())));
        lies.put(
                "deal.startTime",
                with(terms(
                        deal.trust(),
                        deal.category(),
                        deal.tag(),
                        deal.startTime().plusSeconds(1))));
        lies.put("deal.requester", with(people(OTHER, deal.beneficiary(), deal.callback())));
        lies.put("deal.beneficiary", with(people(deal.requester(), OTHER, deal.callback())));
        lies.put("deal.callback", with(people(deal.requester(), deal.beneficiary(), OTHER)));
        lies.put("deal.params altered", params("y" + params.substring(1)));
        lies.put("deal.params altered at the end", params(params.substring(0, params.length() - 1) + "y"));
        lies.put("deal.params longer", params(params + "\0"));
        lies.put("deal.params shorter", params(params.substring(0, params.length() - 1)));
        lies.put("deal.params empty", params(""));
        lies.put("deal.botFirst", with(deal(params, deal.botFirst() + 1, deal.botSize())));
        lies.put("deal.botSize", with(deal(params, deal.botFirst(), deal.botSize() + 1)));
    }

    private void appLies(Map<String, Fact> lies) {
        Fact.AppFact app = truth.app();
        Registry registry = app.registry();
        Registry wrong = Registry.current(Registry.Kind.APP, OTHER);
        Registry ofAnotherKind =
                Registry.current(Registry.Kind.DATASET, registry.path().getFirst());
        lies.put("deal.app another", with(app(OTHER, registry, app.owner(), app.type(), app.checksum())));
        lies.put("hub.appRegistry", with(app(app.address(), wrong, app.owner(), app.type(), app.checksum())));
        lies.put(
                "hub.datasetRegistry kind",
                with(app(app.address(), ofAnotherKind, app.owner(), app.type(), app.checksum())));
        lies.put("app.owner", with(app(app.address(), registry, OTHER, app.type(), app.checksum())));
        lies.put("app.type", with(app(app.address(), registry, app.owner(), "DOCKEr", app.checksum())));
        lies.put("app.checksum", with(app(app.address(), registry, app.owner(), app.type(), WORD)));
        lies.put("app.registry", new Fact.OwnerFact(OTHER, registry, app.owner()));
        for (Map.Entry<String, RegisteredBytes> text : altered(app.multiaddr()).entrySet()) {
            lies.put("app.multiaddr " + text.getKey(), with(texts(text.getValue(), app.mrenclave())));
        }
        for (Map.Entry<String, RegisteredBytes> text : altered(app.mrenclave()).entrySet()) {
            lies.put("app.mrenclave " + text.getKey(), with(texts(app.multiaddr(), text.getValue())));
        }
    }

    private void datasetLies(Map<String, Fact> lies) {
        Fact.DatasetFact dataset = truth.dataset().orElseThrow();
        Registry registry = dataset.registry();
        Registry wrong = Registry.current(Registry.Kind.DATASET, OTHER);
        lies.put("deal.dataset another", with(dataset(OTHER, registry, dataset.owner(), dataset.checksum())));
        lies.put("hub.datasetRegistry", with(dataset(dataset.address(), wrong, dataset.owner(), dataset.checksum())));
        lies.put("dataset.owner", with(dataset(dataset.address(), registry, OTHER, dataset.checksum())));
        lies.put("dataset.checksum", with(dataset(dataset.address(), registry, dataset.owner(), WORD)));
        lies.put("dataset.registry", new Fact.OwnerFact(OTHER, registry, dataset.owner()));
        for (Map.Entry<String, RegisteredBytes> text :
                altered(dataset.multiaddr()).entrySet()) {
            lies.put(
                    "dataset.multiaddr " + text.getKey(),
                    with(new Fact.DatasetFact(
                            dataset.address(), registry, dataset.owner(), text.getValue(), dataset.checksum())));
        }
    }

    private static Map<String, RegisteredBytes> altered(RegisteredBytes text) {
        byte[] bytes = text.bytes();
        byte[] first = bytes.clone();
        first[0] ^= 1;
        byte[] last = bytes.clone();
        last[bytes.length - 1] ^= 1;
        return Map.of(
                "first", RegisteredBytes.of(first),
                "last", RegisteredBytes.of(last),
                "shorter", RegisteredBytes.of(Arrays.copyOf(bytes, bytes.length - 1)),
                "longer", RegisteredBytes.of(Arrays.copyOf(bytes, bytes.length + 1)),
                "empty", RegisteredBytes.of(new byte[0]));
    }

    private static Asset other(Asset asset) {
        return new Asset(OTHER, asset.ownerAtMatch());
    }

    private static Asset sold(Asset asset) {
        return new Asset(asset.address(), OTHER);
    }

    private Deal assets(Bytes32 id, Asset app, Optional<Asset> dataset, Asset pool) {
        Deal deal = truth.deal();
        return new Deal(
                id,
                app,
                dataset,
                pool,
                deal.tag(),
                deal.requester(),
                deal.beneficiary(),
                deal.callback(),
                deal.params(),
                deal.startTime(),
                deal.botFirst(),
                deal.botSize(),
                deal.category(),
                deal.trust());
    }

    private Deal terms(BigInteger trust, long category, Bytes32 tag, Instant start) {
        Deal deal = truth.deal();
        return new Deal(
                deal.id(),
                deal.app(),
                deal.dataset(),
                deal.workerpool(),
                tag,
                deal.requester(),
                deal.beneficiary(),
                deal.callback(),
                deal.params(),
                start,
                deal.botFirst(),
                deal.botSize(),
                category,
                trust);
    }

    private Deal people(Address requester, Address beneficiary, Address callback) {
        Deal deal = truth.deal();
        return new Deal(
                deal.id(),
                deal.app(),
                deal.dataset(),
                deal.workerpool(),
                deal.tag(),
                requester,
                beneficiary,
                callback,
                deal.params(),
                deal.startTime(),
                deal.botFirst(),
                deal.botSize(),
                deal.category(),
                deal.trust());
    }

    private Deal deal(String params, long botFirst, long botSize) {
        Deal deal = truth.deal();
        return new Deal(
                deal.id(),
                deal.app(),
                deal.dataset(),
                deal.workerpool(),
                deal.tag(),
                deal.requester(),
                deal.beneficiary(),
                deal.callback(),
                params,
                deal.startTime(),
                botFirst,
                botSize,
                deal.category(),
                deal.trust());
    }

    private Fact.AppFact app(Address address, Registry registry, Address owner, String type, Bytes32 checksum) {
        Fact.AppFact app = truth.app();
        return new Fact.AppFact(address, registry, owner, type, app.multiaddr(), checksum, app.mrenclave());
    }

    private Fact.AppFact texts(RegisteredBytes multiaddr, RegisteredBytes mrenclave) {
        Fact.AppFact app = truth.app();
        return new Fact.AppFact(
                app.address(), app.registry(), app.owner(), app.type(), multiaddr, app.checksum(), mrenclave);
    }

    private Fact.DatasetFact dataset(Address address, Registry registry, Address owner, Bytes32 checksum) {
        return new Fact.DatasetFact(
                address, registry, owner, truth.dataset().orElseThrow().multiaddr(), checksum);
    }

    private Fact.RightsFact with(Task task) {
        return new Fact.RightsFact(task, truth.deal(), truth.category(), truth.app(), truth.dataset());
    }

    private Fact.RightsFact with(Deal deal) {
        return new Fact.RightsFact(truth.task(), deal, truth.category(), truth.app(), truth.dataset());
    }

    private Fact.RightsFact with(Category category) {
        return new Fact.RightsFact(truth.task(), truth.deal(), category, truth.app(), truth.dataset());
    }

    private Fact.RightsFact with(Fact.AppFact app) {
        return new Fact.RightsFact(truth.task(), truth.deal(), truth.category(), app, truth.dataset());
    }

    private Fact.RightsFact with(Fact.DatasetFact dataset) {
        return new Fact.RightsFact(truth.task(), truth.deal(), truth.category(), truth.app(), Optional.of(dataset));
    }
}
