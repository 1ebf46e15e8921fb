package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Matches deals and initialises tasks, and writes down what the chain says of each. */
final class Tasks {
    /** No callback, no dataset. */
    static final String ZERO = "0x" + "0".repeat(40);

    private final Scenario story;
    private final Cast cast;
    private final SecureRandom random;
    private final String workerpool;
    private final Map<String, ScenarioFile.Task> all = new TreeMap<>();

    Tasks(Scenario story, Cast cast, SecureRandom random) {
        this.story = story;
        this.cast = cast;
        this.random = random;
        this.workerpool = story.createWorkerpool();
    }

    Map<String, ScenarioFile.Task> all() {
        return new LinkedHashMap<>(all);
    }

    /**
     * What a deal is about; the usual one has one task of the framework's tag and nothing else.
     *
     * @param framework absent for a tag that names none
     * @param tag of all four orders
     * @param requester role
     * @param beneficiary role
     * @param worker role
     */
    record Terms(
            Optional<Framework> framework,
            String tag,
            ScenarioFile.App app,
            Optional<ScenarioFile.Dataset> dataset,
            String requester,
            String beneficiary,
            String worker,
            String callback,
            String params,
            boolean shortLived,
            int tasks) {

        static Terms of(Framework framework, ScenarioFile.App app) {
            return new Terms(
                    Optional.of(framework),
                    framework.tag().text(),
                    app,
                    Optional.empty(),
                    "requester",
                    "requester",
                    "worker",
                    ZERO,
                    "",
                    false,
                    1);
        }

        /** The same under another tag, which names this framework or none. */
        Terms tag(Optional<Framework> named, String other) {
            return new Terms(
                    named, other, app, dataset, requester, beneficiary, worker, callback, params, shortLived, tasks);
        }

        Terms dataset(ScenarioFile.Dataset other) {
            return new Terms(
                    framework,
                    tag,
                    app,
                    Optional.of(other),
                    requester,
                    beneficiary,
                    worker,
                    callback,
                    params,
                    shortLived,
                    tasks);
        }

        /** The same for these roles. */
        Terms people(String requesting, String receiving, String working) {
            return new Terms(
                    framework, tag, app, dataset, requesting, receiving, working, callback, params, shortLived, tasks);
        }

        Terms callback(String other) {
            return new Terms(
                    framework, tag, app, dataset, requester, beneficiary, worker, other, params, shortLived, tasks);
        }

        Terms params(String other) {
            return new Terms(
                    framework, tag, app, dataset, requester, beneficiary, worker, callback, other, shortLived, tasks);
        }

        /** The same in a category whose tasks live seven seconds. */
        Terms hasty() {
            return new Terms(
                    framework, tag, app, dataset, requester, beneficiary, worker, callback, params, true, tasks);
        }

        Terms tasks(int other) {
            return new Terms(
                    framework, tag, app, dataset, requester, beneficiary, worker, callback, params, shortLived, other);
        }
    }

    /** One deal and its first task, which may be worked on. */
    void active(String name, Terms terms) {
        add(name, terms, match(terms), 0, ScenarioFile.Status.ACTIVE, List.of());
    }

    /** The same of a deal that processes datasets in bulk. */
    void bulk(String name, Terms terms, Bulks.Bulk bulk) {
        Terms named = terms.params(bulk.params());
        add(name, named, match(named), 0, ScenarioFile.Status.ACTIVE, bulk.orders());
    }

    /** One deal and its first task, of a workerpool that its owner sold then. */
    void sold(String name, Terms terms, String buyer) {
        String own = story.createWorkerpool();
        add(name, terms, match(terms, own), 0, ScenarioFile.Status.ACTIVE, List.of());
        story.transferWorkerpool(
                own, cast.the("workerpoolOwner"), cast.the(buyer).address());
    }

    /** One deal whose task of this index may be worked on. */
    void active(String name, Terms terms, int index) {
        add(name, terms, match(terms), index, ScenarioFile.Status.ACTIVE, List.of());
    }

    /** One deal whose first tasks each bear the name and their index in two digits. */
    void activeEach(String name, Terms terms) {
        MatchedDeal deal = match(terms);
        for (int i = 0; i < terms.tasks(); i++) {
            add(name + "-" + String.format("%02d", i), terms, deal, i, ScenarioFile.Status.ACTIVE, List.of());
        }
    }

    /** A task in another state. */
    void task(String name, Terms terms, ScenarioFile.Status status) {
        add(name, terms, match(terms), 0, status, List.of());
    }

    private void add(
            String name,
            Terms terms,
            MatchedDeal deal,
            int index,
            ScenarioFile.Status status,
            List<ScenarioFile.BulkOrder> bulk) {
        String taskId = deal.taskId(index);
        if (status != ScenarioFile.Status.UNSET) {
            story.initialize(deal, index);
        }
        if (status == ScenarioFile.Status.COMPLETED) {
            story.complete(taskId, cast.the("worker"), Wallet.random(random));
        }
        all.put(
                name,
                new ScenarioFile.Task(
                        terms.framework(),
                        terms.tag(),
                        taskId,
                        deal.dealId(),
                        index,
                        status,
                        terms.app(),
                        terms.dataset(),
                        cast.the(terms.requester()).address(),
                        cast.the(terms.beneficiary()).address(),
                        cast.the("workerpoolOwner").address(),
                        cast.the(terms.worker()).address(),
                        terms.callback(),
                        terms.params(),
                        0,
                        terms.tasks(),
                        bulk));
    }

    private MatchedDeal match(Terms terms) {
        return match(terms, workerpool);
    }

    private MatchedDeal match(Terms terms, String pool) {
        DealTerms deal = new DealTerms(
                terms.app().address(),
                cast.the("appDeveloper"),
                terms.dataset().map(ScenarioFile.Dataset::address),
                cast.the("datasetOwner"),
                pool,
                cast.the("workerpoolOwner"),
                cast.the(terms.requester()),
                cast.the(terms.beneficiary()).address(),
                terms.tag(),
                terms.params(),
                terms.shortLived() ? story.poco().shortCategory() : story.poco().testCategory(),
                terms.tasks());
        return terms.callback().equals(ZERO)
                ? story.sponsor(deal, Wallet.DEPLOYER)
                : story.sponsorWithCallback(deal, Wallet.DEPLOYER, terms.callback());
    }
}
