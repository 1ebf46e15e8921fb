package io.attested.sms.bench.soak;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.Task;
import io.attested.sms.chain.TaskStatus;
import io.attested.sms.contracts.testbed.DealTerms;
import io.attested.sms.contracts.testbed.MatchedDeal;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.TeeTag;
import io.attested.sms.contracts.testbed.Wallet;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What people do on the chain: each act is one transaction that succeeds on the head it is chosen at. */
final class Acts {
    private static final int TASKS = 4;
    private static final int MOST_ASSETS = 60;
    private static final List<Wallet> OWNERS =
            List.of(Wallet.APP_DEVELOPER, Wallet.DATASET_OWNER, Wallet.STRANGER, Wallet.account(7), Wallet.account(8));

    private final Scenario scenario;
    private final Cast cast;
    private final RandomGenerator random;
    private final String workerpool;
    private final SecureRandom keys = new SecureRandom();

    Acts(Scenario scenario, Cast cast, RandomGenerator random, String workerpool) {
        this.scenario = scenario;
        this.cast = cast;
        this.random = random;
        this.workerpool = workerpool;
    }

    /**
     * One act.
     *
     * @param subject what it changes: two acts in one block must not share it
     * @param run sends the transaction and waits until it is mined; then the cast knows what is new
     */
    record Act(String subject, Runnable run) {}

    /** Apps, datasets and deals with active tasks, each mined at once. */
    void start(int apps, int datasets, int deals) {
        for (int i = 0; i < apps; i++) {
            createApp().run().run();
        }
        for (int i = 0; i < datasets; i++) {
            createDataset().run().run();
        }
        for (int i = 0; i < deals; i++) {
            MatchedDeal deal = scenario.match(terms(
                    cast.apps().get(i % apps),
                    Wallet.APP_DEVELOPER,
                    i % 2 == 0 ? Optional.empty() : Optional.of(cast.datasets().get(i % datasets)),
                    Wallet.DATASET_OWNER,
                    scenario.poco().testCategory()));
            cast.deal(deal);
            for (int index = 0; index < TASKS - 1; index++) {
                scenario.initialize(deal, index);
            }
        }
    }

    /** Something that can be done on this head, by chance; empty when what chance chose cannot. */
    Optional<Act> next(BlockTruth head, Predicate<String> dealExists) {
        int chance = random.nextInt(100);
        if (chance < 38) {
            return initialize(head, dealExists);
        }
        if (chance < 53) {
            return complete(head);
        }
        if (chance < 72) {
            return sell(head);
        }
        if (chance < 88) {
            return match(head);
        }
        if (chance < 93) {
            return claim(head);
        }
        return cast.assets().size() < MOST_ASSETS
                ? Optional.of(random.nextBoolean() ? createApp() : createDataset())
                : Optional.empty();
    }

    private Act createApp() {
        String fingerprint = hex(32) + "|" + hex(32) + "|" + hex(16);
        return new Act("new app " + fingerprint, () -> cast.app(scenario.createApp(fingerprint)));
    }

    private Act createDataset() {
        byte[] checksum = new byte[32];
        random.nextBytes(checksum);
        return new Act(
                "new dataset " + Bytes32.of(checksum),
                () -> cast.dataset(scenario.createDataset("/ipfs/QmSoak", checksum)));
    }

    private Optional<Act> initialize(BlockTruth head, Predicate<String> dealExists) {
        List<MatchedDeal> deals = new ArrayList<>(cast.deals());
        deals.removeIf(deal -> firstUnset(deal, head).isEmpty() || !dealExists.test(deal.dealId()));
        return pick(deals).map(deal -> {
            int index = firstUnset(deal, head).orElseThrow();
            return new Act(deal.dealId() + index, () -> scenario.initialize(deal, index));
        });
    }

    /** The last task of each deal is never initialised. */
    private static Optional<Integer> firstUnset(MatchedDeal deal, BlockTruth head) {
        for (int index = 0; index < deal.tasks() - 1; index++) {
            if (head.task(Bytes32.parse(deal.taskId(index))).isEmpty()) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    private Optional<Act> complete(BlockTruth head) {
        Instant soon = head.ref().time().plusSeconds(5);
        return pick(active(head, task -> task.contributionDeadline().isAfter(soon)))
                .map(task -> new Act(
                        task.value(), () -> scenario.complete(task.value(), Wallet.WORKER, Wallet.random(keys))));
    }

    private Optional<Act> claim(BlockTruth head) {
        return pick(active(
                        head, task -> task.finalDeadline().isBefore(head.ref().time())))
                .map(task -> new Act(task.value(), () -> scenario.claim(task.value())));
    }

    private List<Bytes32> active(BlockTruth head, Predicate<Task> which) {
        return cast.tasks().stream()
                .filter(id -> head.task(id)
                        .filter(task -> task.status() == TaskStatus.ACTIVE && which.test(task))
                        .isPresent())
                .toList();
    }

    private Optional<Act> sell(BlockTruth head) {
        boolean app = random.nextBoolean();
        Optional<Address> asset = pick(existing(app ? cast.apps() : cast.datasets(), head));
        return asset.map(sold -> {
            Wallet from = owner(sold, head);
            Wallet to = OWNERS.get((OWNERS.indexOf(from) + 1 + random.nextInt(OWNERS.size() - 1)) % OWNERS.size());
            return new Act(sold.value(), () -> {
                if (app) {
                    scenario.transferApp(sold.value(), from, to);
                } else {
                    scenario.transferDataset(sold.value(), from, to);
                }
            });
        });
    }

    private Optional<Act> match(BlockTruth head) {
        Address app = pick(existing(cast.apps(), head)).orElseThrow();
        Optional<Address> dataset = random.nextBoolean() ? pick(existing(cast.datasets(), head)) : Optional.empty();
        long category = random.nextInt(5) == 0
                ? scenario.poco().shortCategory()
                : scenario.poco().testCategory();
        DealTerms terms = terms(
                app,
                owner(app, head),
                dataset,
                dataset.map(data -> owner(data, head)).orElse(Wallet.DATASET_OWNER),
                category);
        // The orders name the owners of now: a sale in the same block would make them worthless.
        return Optional.of(new Act(app.value(), () -> cast.deal(scenario.match(terms))));
    }

    private DealTerms terms(
            Address app, Wallet appOwner, Optional<Address> dataset, Wallet datasetOwner, long category) {
        return new DealTerms(
                app.value(),
                appOwner,
                dataset.map(Address::value),
                datasetOwner,
                workerpool,
                Wallet.WORKERPOOL_OWNER,
                Wallet.REQUESTER,
                Wallet.REQUESTER.address(),
                (random.nextBoolean() ? TeeTag.SCONE : TeeTag.TDX).text(),
                "{\"iexec_args\":\"" + hex(8) + "\"}",
                category,
                TASKS);
    }

    private static List<Address> existing(List<Address> assets, BlockTruth head) {
        return assets.stream().filter(asset -> head.owner(asset).isPresent()).toList();
    }

    private static Wallet owner(Address asset, BlockTruth head) {
        String owner = head.owner(asset).orElseThrow().value();
        return OWNERS.stream()
                .filter(wallet -> wallet.address().equals(owner))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody who takes part owns " + asset));
    }

    private <T> Optional<T> pick(List<T> from) {
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
