package io.attested.sms.chain.rpc;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.chain.ChainRefused;
import io.attested.sms.chain.ChainSettings;
import io.attested.sms.chain.ChainState;
import io.attested.sms.chain.ChainView;
import io.attested.sms.chain.OwnerLookup;
import io.attested.sms.chain.Provenance;
import io.attested.sms.chain.SettlementRule;
import io.attested.sms.chain.TaskLookup;
import io.attested.sms.chain.WalletLookup;
import io.attested.sms.chain.lens.FactsRefused;
import io.attested.sms.chain.lens.LensQuestion;
import io.attested.sms.chain.lens.LensQuestions;
import io.attested.sms.chain.lens.WalletAtBlock;
import io.attested.sms.contracts.PocoCalls;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A second reader of the chain, which shares neither lens nor follower with the first: one node, call by call, nothing
 * remembered. What {@link ChainView}'s other implementations say is compared with what it says.
 *
 * <p>The block is fetched first and its header's hash recomputed; every read is pinned to its block's hash; the task's id is
 * recomputed from deal and index. A lookup whose block is reorganised away, or whose connection breaks, starts once more
 * from a new head.
 */
public final class JsonRpcChain implements ChainView, AutoCloseable {

    private final ChainSettings settings;
    private final Node node;
    private final Blocks blocks;

    private JsonRpcChain(ChainSettings settings, Node node, Blocks blocks) {
        this.settings = settings;
        this.node = node;
        this.blocks = blocks;
    }

    /**
     * Connects and checks the chain id, that the hub has code, and its code's hash when the settings pin it.
     *
     * @throws ChainRefused with what is wrong, when the service must not start on this node or hub
     */
    public static JsonRpcChain open(ChainSettings settings) {
        Node node = Node.open(
                NodeSettings.of("node", settings.node())
                        .withTimeout(settings.timeout())
                        .withMaxAnswerBytes(settings.maxAnswerBytes()),
                RpcMeter.NONE,
                InstantSource.system());
        try {
            Blocks blocks = new Blocks(node, settings.chainId());
            new StartCheck(node, blocks, settings).run();
            return new JsonRpcChain(settings, node, blocks);
        } catch (ChainRefused e) {
            node.close();
            throw e;
        }
    }

    @Override
    public TaskLookup task(Bytes32 taskId) {
        return task(taskId, settings.depth());
    }

    @Override
    public TaskLookup taskAtHead(Bytes32 taskId) {
        return task(taskId, 0);
    }

    @Override
    public OwnerLookup owner(Address asset) {
        return attempted(() -> readOwner(asset), OwnerLookup.Unavailable::new);
    }

    @Override
    public WalletLookup walletApproves(Address wallet, Bytes32 hash, byte[] signature) {
        return wallet(questions().wallet(wallet, hash, signature), settings.depth());
    }

    @Override
    public WalletLookup walletApprovesAtHead(Address wallet, Bytes32 hash, byte[] signature) {
        return wallet(questions().wallet(wallet, hash, signature), 0);
    }

    @Override
    public ChainState state() {
        return attempted(
                () -> {
                    BlockRef head = blocks.head();
                    return new ChainState.Ready(head, blocks.below(head, settings.depth()));
                },
                ChainState.Unavailable::new);
    }

    /** Closes the connections; lookups that are under way end as unavailable. */
    @Override
    public void close() {
        node.close();
    }

    private TaskLookup task(Bytes32 taskId, int depth) {
        TaskReader reader = new TaskReader(node, blocks, settings.hub());
        return attempted(() -> reader.read(taskId, depth), TaskLookup.Unavailable::new);
    }

    private OwnerLookup readOwner(Address asset) throws ReadFailure {
        BlockRef head = blocks.head();
        Batch batch = new Batch(node);
        Batch.Place<String> place = batch.call(asset, PocoCalls.owner(), head, "the owner");
        Batch.Answers answers = batch.send();
        return answers.ifAny(place)
                .flatMap(Address::tryParse)
                .filter(owner -> !owner.isZero())
                .<OwnerLookup>map(owner -> new OwnerLookup.Owner(owner, atHead(head)))
                .orElseGet(() -> new OwnerLookup.NoOwner(atHead(head)));
    }

    private static Provenance atHead(BlockRef head) {
        return Provenance.ofOneNode(new SettlementRule.Depth(0), head, head);
    }

    private WalletLookup wallet(LensQuestion<WalletAtBlock> question, int depth) {
        return attempted(() -> readWallet(question, depth), WalletLookup.Unavailable::new);
    }

    private WalletLookup readWallet(LensQuestion<WalletAtBlock> question, int depth) throws ReadFailure {
        BlockRef head = blocks.head();
        BlockRef settled = blocks.below(head, depth);
        Replies replies = new Replies(node.ask(List.of(Question.lens(question.data(), settled))));
        String answer = "0x" + HexFormat.of().formatHex(replies.data(0, "the wallet"));
        Provenance provenance = Provenance.ofOneNode(new SettlementRule.Depth(depth), settled, head);
        try {
            return switch (question.read(answer, settled)) {
                case WalletAtBlock.Approves ignored -> new WalletLookup.Approves(provenance);
                case WalletAtBlock.Refuses ignored -> new WalletLookup.Refuses(provenance);
                case WalletAtBlock.NoContract ignored -> new WalletLookup.NoContract(provenance);
            };
        } catch (FactsRefused e) {
            throw new ReadFailure(e);
        }
    }

    private LensQuestions questions() {
        return new LensQuestions(settings.chainId(), settings.hub(), settings.hubCodeHash());
    }

    /** One lookup from its head on. */
    private interface Attempt<T> {
        T run() throws ReadFailure;
    }

    private static <T> T attempted(Attempt<? extends T> attempt, Function<ChainFailure, ? extends T> unavailable) {
        try {
            try {
                return attempt.run();
            } catch (ReadFailure first) {
                if (!worthAnother(first.failure().kind())) {
                    throw first;
                }
                return attempt.run();
            }
        } catch (ReadFailure e) {
            return unavailable.apply(e.failure());
        }
    }

    private static boolean worthAnother(Kind kind) {
        return switch (kind) {
            // The node may have closed an idle connection just as it was used again; reads can be repeated.
            case HEAD_MOVED, UNREACHABLE -> true;
            case TIMEOUT, MALFORMED_ANSWER, RPC_ERROR, WRONG_CHAIN, STALE_HEAD, INCONSISTENT, DISAGREEMENT, UNPROVEN ->
                false;
        };
    }
}
