package io.attested.sms.chain.live;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.checked.CheckedChain;
import io.attested.sms.chain.follow.ChainFollower;
import io.attested.sms.chain.follow.FollowedFacts;
import io.attested.sms.chain.follow.Follower;
import io.attested.sms.chain.follow.FollowerPorts;
import io.attested.sms.chain.follow.Standing;
import io.attested.sms.chain.follow.Watched;
import io.attested.sms.chain.live.SecondLook.Ending;
import io.attested.sms.chain.quorum.NodeStanding;
import io.attested.sms.chain.rpc.HeadHints;
import io.attested.sms.chain.rpc.HeadSubscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link ChainView} from what a follower knows; the nodes are asked only for what it does not.
 *
 * <p>Costs: nothing for a task or an owner in memory. Otherwise one exchange with each node, at the level of proofs two,
 * three where the hub's registries were ever replaced. A task or an owner that is not found, and so perhaps only not yet,
 * costs one more look at the head by the follower, shared by all who wait for one, as long as there are not too many such
 * questions; asked again at the same blocks it costs no exchange of its own. A wallet is asked each time.
 *
 * <p>Guarantee: an answer is what {@link CheckedChain} gives at the blocks that its {@link io.attested.sms.chain.Provenance}
 * names, and these are the newest that the follower knows; when it has not looked for longer than allowed, or what it sees
 * is too old, every answer is unavailable. {@code agreeing} of a remembered fact is the number that had to agree.
 */
public final class LiveChain implements ChainView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveChain.class);
    private static final Duration HUB_CHECKS = Duration.ofMinutes(1);
    private static final Duration STARTING_POLL = Duration.ofMillis(10);

    private final CheckedChain checked;
    private final CheckedChain wallets;
    private final FollowedFacts facts;
    private final Follower follower;
    private final List<HeadSubscription> subscriptions;
    private final Duration patience;
    private final HubWatch hubWatch;
    private final TaskMemory tasks;
    private final OwnerMemory owners;
    private final SecondLook secondLook;
    private final NegativeAnswers<AskedTask, TaskLookup> noTasks = new NegativeAnswers<>();
    private final NegativeAnswers<Address, OwnerLookup> noOwners = new NegativeAnswers<>();
    private final NegativeAnswers<AskedWallet, WalletLookup> noWallets = new NegativeAnswers<>();

    private LiveChain(
            CheckedChain checked,
            FollowedFacts facts,
            Follower follower,
            List<HeadSubscription> subscriptions,
            LiveChainSettings settings,
            MemoryMeter meter,
            LookBudget budget) {
        this.checked = checked;
        this.facts = facts;
        this.follower = follower;
        this.subscriptions = subscriptions;
        this.patience = settings.checked().quorum().deadline();
        this.wallets = checked.following(new FollowedPositions(facts));
        Remembered remembered = Remembered.of(settings.checked());
        this.hubWatch = HubWatch.start(checked, facts, HUB_CHECKS);
        this.tasks = new TaskMemory(checked, facts, meter, remembered);
        this.owners = new OwnerMemory(checked, facts, meter, remembered);
        this.secondLook = new SecondLook(facts, follower, patience, budget, meter);
    }

    private record AskedTask(Bytes32 id, Optional<DealClaim> claim, boolean atHead) {}

    private record AskedWallet(Address wallet, boolean atHead) {}

    /**
     * Connects, checks nodes and hub, and starts to follow. Waits for the follower to catch up, no longer than the
     * quorum's deadline; until it has, every answer is unavailable.
     *
     * @param clock for the age of blocks, time on the bench and the nodes' pace
     * @throws ChainRefused with what is wrong, when the service must not start on these nodes or this hub
     */
    public static LiveChain open(LiveChainSettings settings, LivePorts ports, InstantSource clock) {
        CheckedChain checked = CheckedChain.open(settings.checked(), ports.rpc(), ports.quorum(), clock);
        ChainFollower core = ChainFollower.of(
                new Watched(settings.checked().hub(), checked.registries()),
                settings.follow(),
                new FollowerPorts(
                        new QuorumBlocks(checked.quorum(), settings.checked().chainId()),
                        new QuorumLogs(checked.quorum()),
                        ports.checkpoints(),
                        ports.changes(),
                        ports.follower()),
                clock);
        Follower follower = Follower.start(core, settings.interval());
        List<HeadSubscription> subscriptions = settings.subscriptions().stream()
                .map(heads -> HeadSubscription.start(heads, hinting(follower)))
                .toList();
        LiveChain live = new LiveChain(
                checked, core.facts(), follower, subscriptions, settings, ports.memory(), new LookBudget(clock));
        live.awaitCaughtUp();
        return live;
    }

    private void awaitCaughtUp() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!(facts.standing() instanceof Standing.Following) && System.nanoTime() < deadline) {
                Thread.sleep(STARTING_POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HeadHints hinting(Follower follower) {
        return new HeadHints() {
            @Override
            public void head(String node, long number, Bytes32 hash) {
                follower.hint();
            }

            @Override
            public void subscribed(String node) {
                LOG.info("chain_heads_subscribed node={}", node);
                follower.hint();
            }

            @Override
            public void lost(String node, String why) {
                LOG.info("chain_heads_lost node={} why={}", node, why);
            }
        };
    }

    @Override
    public TaskLookup task(Bytes32 taskId) {
        return task(new AskedTask(taskId, Optional.empty(), false), () -> tasks.now(taskId, Optional.empty()));
    }

    @Override
    public TaskLookup task(Bytes32 taskId, DealClaim claim) {
        return task(new AskedTask(taskId, Optional.of(claim), false), () -> tasks.now(taskId, Optional.of(claim)));
    }

    @Override
    public TaskLookup taskAtHead(Bytes32 taskId) {
        return task(new AskedTask(taskId, Optional.empty(), true), () -> tasks.atHead(taskId));
    }

    private TaskLookup task(AskedTask asked, Supplier<TaskLookup> lookup) {
        return secondLook.ask(
                noTasks,
                asked,
                task -> switch (task) {
                    case TaskLookup.Unknown _ -> Ending.ABSENT;
                    case TaskLookup.Unavailable(ChainFailure failure) -> failed(failure);
                    case TaskLookup.Found _ -> Ending.FINAL;
                    case TaskLookup.NotSettled _ -> Ending.FINAL;
                    case TaskLookup.Boosted _ -> Ending.FINAL;
                },
                lookup);
    }

    @Override
    public OwnerLookup owner(Address asset) {
        return secondLook.ask(
                noOwners,
                asset,
                owner -> switch (owner) {
                    case OwnerLookup.NoOwner _ -> Ending.ABSENT;
                    case OwnerLookup.Unavailable(ChainFailure failure) -> failed(failure);
                    case OwnerLookup.Owner _ -> Ending.FINAL;
                },
                () -> owners.atHead(asset));
    }

    @Override
    public WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature) {
        return wallet(new AskedWallet(wallet, false), () -> wallets.walletApproves(wallet, hash, signature));
    }

    @Override
    public WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature) {
        return wallet(new AskedWallet(wallet, true), () -> wallets.walletApprovesAtHead(wallet, hash, signature));
    }

    private WalletLookup wallet(AskedWallet asked, Supplier<WalletLookup> lookup) {
        return secondLook.ask(
                noWallets,
                asked,
                wallet -> switch (wallet) {
                    case WalletLookup.NoContract _ -> Ending.ABSENT;
                    case WalletLookup.Unavailable(ChainFailure failure) -> failed(failure);
                    case WalletLookup.Approves _ -> Ending.FINAL;
                    case WalletLookup.Refuses _ -> Ending.FINAL;
                },
                lookup);
    }

    /** Asked each time. A block the follower no longer believes in is told as such without asking. */
    @Override
    public DatasetOrdersLookup datasetOrders(Bytes32 dealId, List<DatasetOrder> orders, Provenance at) {
        return switch (facts.standing()) {
            case Standing.Stopped stopped -> new DatasetOrdersLookup.Unavailable(Remembered.failure(stopped));
            case Standing.Following _ ->
                facts.header(at.settled()).isPresent()
                                && facts.header(at.head()).isPresent()
                        ? checked.datasetOrders(dealId, orders, at)
                        : new DatasetOrdersLookup.Unavailable(new ChainFailure(
                                Kind.HEAD_MOVED, "a block the task was read at is no longer followed"));
        };
    }

    private static Ending failed(ChainFailure failure) {
        return failure.kind() == Kind.HEAD_MOVED ? Ending.MOVED : Ending.FINAL;
    }

    /** From memory alone. */
    @Override
    public ChainState state() {
        return switch (facts.standing()) {
            case Standing.Following following -> new ChainState.Ready(following.head(), following.settled());
            case Standing.Stopped stopped -> new ChainState.Unavailable(Remembered.failure(stopped));
        };
    }

    /** Where the follower stands. */
    public Standing standing() {
        return facts.standing();
    }

    /** Where each node stands. */
    public List<NodeStanding> nodes() {
        return checked.quorum().standings();
    }

    /** How many facts are in memory. */
    public int remembered() {
        return facts.remembered();
    }

    /** The same nodes without memory: each answer is asked for. */
    public CheckedChain checked() {
        return checked;
    }

    /** Waits until the follower has looked at the head once more; whether it did in time. */
    public boolean look() throws InterruptedException {
        return follower.look(patience);
    }

    /** Looks whether the hub's registries are still the same; done once a minute anyhow. */
    void checkHub() {
        hubWatch.check();
    }

    /** Closes the subscriptions, the follower and the nodes. */
    @Override
    public void close() {
        subscriptions.forEach(HeadSubscription::close);
        hubWatch.close();
        follower.close();
        checked.close();
    }
}
