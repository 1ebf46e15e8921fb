package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.App;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.Dataset;
import io.attested.sms.chain.DatasetOrder;
import io.attested.sms.chain.DatasetOrdersLookup;
import io.attested.sms.chain.DealClaim;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.lens.DealAtBlock;
import io.attested.sms.chain.lens.HubAtBlock;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.lens.OwnerAtBlock;
import io.attested.sms.chain.lens.TaskAtBlock;
import io.attested.sms.chain.lens.WalletAtBlock;
import io.attested.sms.chain.quorum.Quorum;
import io.attested.sms.chain.quorum.QuorumEvents;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Node;
import io.attested.sms.chain.rpc.Purpose;
import io.attested.sms.chain.rpc.RpcMeter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@link ChainView} over one node or several, checked to the configured {@link io.attested.sms.chain.TrustLevel}.
 *
 * <p>Costs, in exchanges with each node once the blocks are known: one for a task, an owner, a wallet or the dataset
 * orders of a deal; at the level of
 * proofs two for a task and an owner, three where the hub's registries were ever replaced. Texts of more than some ten
 * thousand bytes cost one or two more. Finding the blocks by asking costs two exchanges, and none with a follower's
 * {@link #following positions}. A block that is reorganised away, or a connection that breaks, starts a lookup once more.
 * Worst case in time: the quorum's deadline for each exchange, twice after such a start.
 *
 * <p>Guarantee at the level of a quorum: what so many nodes said, byte for byte, of blocks they agree on. At that of
 * proofs also: every value of {@link io.attested.sms.chain.TaskFacts} and each owner is in the state of its block. Not
 * proven at any level: that a task is unknown or boosted (which refuses), what a wallet's code computes, and dataset orders. Every read is
 * pinned by hash and never falls back to a number, so nodes that refuse hashes cannot be used.
 */
public final class CheckedChain implements ChainView, AutoCloseable {
    private final Quorum quorum;
    private final HubAtBlock.Poco hub;
    private final Set<Address> registries;
    private final LensQuestions questions;
    private final Positions positions;
    private final Freshness freshness;
    private final Reading reading;

    private CheckedChain(
            Quorum quorum,
            HubAtBlock.Poco hub,
            Set<Address> registries,
            LensQuestions questions,
            Positions positions,
            Freshness freshness,
            Reading reading) {
        this.quorum = quorum;
        this.hub = hub;
        this.registries = registries;
        this.questions = questions;
        this.positions = positions;
        this.freshness = freshness;
        this.reading = reading;
    }

    /**
     * Connects and checks nodes and hub; the blocks of each decision are asked for.
     *
     * @param meter counts calls
     * @param events learns of nodes that disagree
     * @param clock for the age of blocks, time on the bench and the nodes' pace
     * @throws ChainRefused with what is wrong, when the service must not start on these nodes or this hub
     */
    public static CheckedChain open(
            CheckedChainSettings settings, RpcMeter meter, QuorumEvents events, InstantSource clock) {
        List<Node> nodes = settings.nodes().stream()
                .map(node -> Node.open(node, meter, clock))
                .toList();
        try {
            Opening opening = new Opening(settings);
            opening.nodes(nodes);
            Quorum quorum = Quorum.of(settings.quorum(), nodes, events, clock);
            Opening.Found found = opening.hub(quorum);
            Vouchers vouchers = new Vouchers(
                    settings.level(), settings.rule(), settings.quorum().needed(), nodes.size());
            return new CheckedChain(
                    quorum,
                    found.hub(),
                    found.paths().all(),
                    new LensQuestions(
                            settings.chainId(),
                            settings.hub(),
                            Optional.of(found.hub().codeHash())),
                    new AskedPositions(quorum, settings.chainId(), settings.rule()),
                    new Freshness(settings.headAge(), settings.settledAge(), clock),
                    new Reading(quorum, opening.prover(quorum, found), vouchers));
        } catch (ChainRefused e) {
            nodes.forEach(Node::close);
            throw e;
        }
    }

    /** The same nodes and checks at the blocks that somebody else knows; closing either closes both. */
    public CheckedChain following(Positions others) {
        return new CheckedChain(quorum, hub, registries, questions, others, freshness, reading);
    }

    /** The nodes, for a follower of their heads. */
    public Quorum quorum() {
        return quorum;
    }

    /** The hub's registries as found at start, and all that these replaced. */
    public Set<Address> registries() {
        return registries;
    }

    /** The hub at the head, as the nodes say now. */
    public Checked<HubAtBlock> hubNow() {
        return attempted(
                () -> reading.hub(questions.hub(), fresh(positions.head(Purpose.CHECK))), Checked.Unavailable::new);
    }

    /** The hub as found at start. */
    public HubAtBlock.Poco hub() {
        return hub;
    }

    @Override
    public TaskLookup task(Bytes32 taskId) {
        return task(questions.task(taskId));
    }

    @Override
    public TaskLookup task(Bytes32 taskId, DealClaim claim) {
        return task(questions.task(taskId, claim.dealId(), claim.index()));
    }

    @Override
    public TaskLookup taskAtHead(Bytes32 taskId) {
        return attempted(() -> reading.atHead().task(questions.task(taskId), head()), TaskLookup.Unavailable::new);
    }

    /**
     * A task at each of some blocks, whatever their age and their place on a branch, in one exchange; at the level of
     * proofs everything known is proven in one more. For one who keeps facts.
     *
     * @param blocks their headers' hashes recomputed and agreed on
     * @return one value for each block: known, unknown or boosted
     */
    public Checked<List<TaskAtBlock>> tasksAt(Bytes32 taskId, List<BlockHeader> blocks) {
        return tasksAt(questions.task(taskId), blocks);
    }

    /** As {@link #tasksAt(Bytes32, List)}, with what the asker says of the deal. */
    public Checked<List<TaskAtBlock>> tasksAt(Bytes32 taskId, DealClaim claim, List<BlockHeader> blocks) {
        return tasksAt(questions.task(taskId, claim.dealId(), claim.index()), blocks);
    }

    private Checked<List<TaskAtBlock>> tasksAt(LensQuestion<TaskAtBlock> question, List<BlockHeader> blocks) {
        return attempted(() -> reading.tasks(question, blocks), Checked.Unavailable::new);
    }

    /** Who owns an asset at a block, and which registries know it, likewise. */
    public Checked<OwnerAtBlock> ownerAt(Address asset, BlockHeader block) {
        return attempted(() -> reading.owner(questions.owner(asset), asset, block), Checked.Unavailable::new);
    }

    /** The two blocks that a decision would read now, whatever their age. */
    public Position position() {
        return positions.now(Purpose.CHECK);
    }

    /** A deal at a block; at the level of proofs what is known is proven, who owns the workerpool now excepted. */
    public Checked<DealAtBlock> dealAt(Bytes32 dealId, BlockHeader block) {
        return attempted(() -> reading.registered().deal(questions.deal(dealId), block), Checked.Unavailable::new);
    }

    /** An application at a block; empty when the hub's registry of applications does not know it there. */
    public Checked<Optional<App>> appAt(Address app, BlockHeader block) {
        return attempted(() -> reading.registered().app(questions, app, block), Checked.Unavailable::new);
    }

    /** A dataset at a block; empty when the hub's registry of datasets does not know it there. */
    public Checked<Optional<Dataset>> datasetAt(Address dataset, BlockHeader block) {
        return attempted(() -> reading.registered().dataset(questions, dataset, block), Checked.Unavailable::new);
    }

    @Override
    public OwnerLookup owner(Address asset) {
        return attempted(
                () -> reading.atHead().owner(questions.owner(asset), asset, head()), OwnerLookup.Unavailable::new);
    }

    @Override
    public WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature) {
        LensQuestion<WalletAtBlock> question = questions.wallet(wallet, hash, signature);
        return attempted(() -> reading.wallet(question, now()), WalletLookup.Unavailable::new);
    }

    @Override
    public WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature) {
        LensQuestion<WalletAtBlock> question = questions.wallet(wallet, hash, signature);
        return attempted(() -> reading.atHead().wallet(question, head()), WalletLookup.Unavailable::new);
    }

    /** The blocks were agreed on when the task was read; a node serves them by their hashes or not at all. */
    @Override
    public DatasetOrdersLookup datasetOrders(Bytes32 dealId, List<DatasetOrder> orders, Provenance at) {
        if (orders.isEmpty() || orders.size() > DatasetOrdersLookup.MOST_ORDERS) {
            throw new IllegalArgumentException("expected 1 to " + DatasetOrdersLookup.MOST_ORDERS + " dataset orders");
        }
        return attempted(
                () -> reading.orders().read(questions, dealId, orders, at), DatasetOrdersLookup.Unavailable::new);
    }

    @Override
    public ChainState state() {
        return attempted(
                () -> {
                    Position.Known at = fresh(positions.now(Purpose.CHECK));
                    return new ChainState.Ready(at.head().ref(), at.settled().ref());
                },
                ChainState.Unavailable::new);
    }

    /** Closes the nodes; lookups that are under way end as unavailable. */
    @Override
    public void close() {
        quorum.close();
    }

    private TaskLookup task(LensQuestion<TaskAtBlock> question) {
        return attempted(() -> reading.task(question, now()), TaskLookup.Unavailable::new);
    }

    private Position.Known now() throws Unread {
        return fresh(positions.now(Purpose.REQUEST));
    }

    private Position.Known head() throws Unread {
        return fresh(positions.head(Purpose.REQUEST));
    }

    private Position.Known fresh(Position position) throws Unread {
        return switch (position) {
            case Position.Known known -> {
                freshness.check(known);
                yield known;
            }
            case Position.Unknown(ChainFailure failure) -> throw new Unread(failure);
        };
    }

    /** One lookup from its blocks on. */
    private interface Attempt<T> {
        T run() throws Unread;
    }

    private static <T> T attempted(Attempt<? extends T> attempt, Function<ChainFailure, ? extends T> unavailable) {
        try {
            try {
                return attempt.run();
            } catch (Unread first) {
                if (!worthAnother(first.failure().kind())) {
                    throw first;
                }
                return attempt.run();
            }
        } catch (Unread e) {
            return unavailable.apply(e.failure());
        }
    }

    private static boolean worthAnother(Kind kind) {
        return switch (kind) {
            // A node may have closed an idle connection just as it was used again; reads can be repeated.
            case HEAD_MOVED, UNREACHABLE -> true;
            case TIMEOUT, MALFORMED_ANSWER, RPC_ERROR, WRONG_CHAIN, STALE_HEAD, INCONSISTENT, DISAGREEMENT, UNPROVEN ->
                false;
        };
    }
}
